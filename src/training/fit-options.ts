/** What `fit` can be told: the options, their checks, and the cut between training and validation data. */
import { type ArrayInput, describe, toNDArray } from "../arrays.js";
import { checkBoolean, checkInteger, checkNumber, checkOptions } from "../checks.js";
import type { BatchSettings } from "./batches.js";
import type { LabelledArrays } from "./dataset.js";
import { rowsOf } from "./labelled.js";
import { type CheckedLoopOptions, checkLoopOptions, type LoopOptions } from "./loop-options.js";
import { type ClassWeights, checkClassWeights, toSampleWeights, type WeightingOptions } from "./sample-weights.js";

export interface FitOptions extends LoopOptions, WeightingOptions {
  /** Default 32. */
  readonly batchSize?: number;
  /** What the samples of each class count in the loss, times their own weights. Not in validation. Default: 1 each. */
  readonly classWeight?: ClassWeights | undefined;
  /** [x, y] or [x, y, sampleWeight] to measure after each epoch. */
  readonly validationData?: readonly [ArrayInput, ArrayInput, ArrayInput?];
  /** Instead of validationData: the share of data and weights, taken from their end before shuffling, in [0, 1). Default 0. */
  readonly validationSplit?: number;
  /** Default: batchSize. */
  readonly validationBatchSize?: number;
  /** How many batches of the validation data to measure, from its first. Default: all. */
  readonly validationSteps?: number;
  /**
   * How many batches make an epoch. Default: all. The next epoch goes on with the rows that are left, and the last of a pass
   * over the data may be shorter (as in Keras).
   */
  readonly stepsPerEpoch?: number;
  /** A new order of rows in every pass over them. Default true. */
  readonly shuffle?: boolean;
}

export interface CheckedFitOptions extends CheckedLoopOptions, BatchSettings {
  readonly validationData: FitOptions["validationData"];
  readonly classWeight: ClassWeights | undefined;
  readonly validationSplit: number;
  readonly validationBatchSize: number;
  readonly validationSteps: number | undefined;
}

/** @throws TypeError, RangeError for options that are unknown or out of range. */
export function checkFitOptions(options: FitOptions): CheckedFitOptions {
  const known = ["epochs", "batchSize", "validationData", "validationSplit", "shuffle", "seed", "callbacks"];
  const validationNames = ["validationBatchSize", "validationSteps", "validationFreq"];
  const weightNames = ["sampleWeight", "classWeight"];
  const loopNames = ["signal", "verbose", "initialEpoch", "stepsPerEpoch", "yieldEvery"];
  checkOptions(options, [...known, ...loopNames, ...validationNames, ...weightNames], "fit");
  const loop = checkLoopOptions(options, "fit");
  const { batchSize = 32, validationSplit = 0, shuffle = true, validationData } = options;
  const { validationBatchSize = batchSize, stepsPerEpoch, validationSteps, classWeight } = options;
  checkInteger(batchSize, "fit: batchSize", 1);
  checkInteger(validationBatchSize, "fit: validationBatchSize", 1);
  if (stepsPerEpoch !== undefined) checkInteger(stepsPerEpoch, "fit: stepsPerEpoch", 1);
  if (validationSteps !== undefined) checkInteger(validationSteps, "fit: validationSteps", 1);
  checkNumber(validationSplit, "fit: validationSplit", "a number in [0, 1)", (share) => share >= 0 && share < 1);
  checkBoolean(shuffle, "fit: shuffle");
  if (validationData !== undefined && !(Array.isArray(validationData) && [2, 3].includes(validationData.length))) {
    throw new TypeError(
      `fit: validationData: expected [x, y] or [x, y, sampleWeight], got ${describe(validationData)}`,
    );
  }
  if (classWeight !== undefined) checkClassWeights(classWeight, "fit: classWeight");
  return {
    ...loop,
    batchSize,
    shuffle,
    stepsPerEpoch,
    validationData,
    validationSplit,
    validationBatchSize,
    validationSteps,
    classWeight,
  };
}

/** Validation data as given, or the last rows of the training data. */
export function splitValidation(
  all: LabelledArrays,
  { validationData, validationSplit }: CheckedFitOptions,
): { data: LabelledArrays; validation: LabelledArrays | undefined } {
  if (validationData) {
    const [givenX, givenY, sampleWeight] = validationData;
    const x = toNDArray(givenX, "validationData[0]");
    const weights = toSampleWeights(sampleWeight, x.shape[0] ?? 0, "validationData[2]");
    return { data: all, validation: { x, y: toNDArray(givenY, "validationData[1]"), weights } };
  }
  if (validationSplit === 0) return { data: all, validation: undefined };
  const rows = all.x.shape[0] ?? 0;
  const at = Math.floor(rows * (1 - validationSplit));
  if (at === 0 || at === rows) {
    throw new RangeError(`fit: validationSplit: ${validationSplit} of ${rows} samples leaves a part without any`);
  }
  return { data: rowsOf(all, 0, at), validation: rowsOf(all, at, rows) };
}
