/** What `fitDataset` and `evaluateDataset` can be told. */
import { type ArrayInput, describe } from "../arrays.js";
import type { TestHooks } from "../callbacks/callback.js";
import { checkInteger, checkOptions } from "../checks.js";
import { type CheckedReportOptions, checkReport, type ReportOptions } from "./evaluate-options.js";
import { type CheckedLoopOptions, checkLoopOptions, type LoopOptions } from "./loop-options.js";
import { type ClassWeights, checkClassWeights } from "./sample-weights.js";
import { type Dataset, isDataset } from "./streams.js";

export interface FitDatasetOptions extends LoopOptions {
  /**
   * How many batches make an epoch. Default: all. The batches of a function begin anew in each epoch; those of an object go
   * on from one epoch to the next, and the last epoch of a pass over them may be shorter (as in Keras).
   */
  readonly batchesPerEpoch?: number;
  /** What the samples of each class count in the loss, times their own weights. Not in validation. Default: 1 each. */
  readonly classWeight?: ClassWeights | undefined;
  /** [x, y] or [x, y, sampleWeight], or another data set, to measure after each epoch. */
  readonly validationData?: readonly [ArrayInput, ArrayInput, ArrayInput?] | Dataset;
  /** For arrays: how many samples to measure at a time. Default 32. */
  readonly validationBatchSize?: number;
  /** How many batches of the validation data to measure, from its first. Default: all. */
  readonly validationBatches?: number;
}

export interface CheckedFitDatasetOptions extends CheckedLoopOptions {
  readonly batchesPerEpoch: number | undefined;
  readonly classWeight: ClassWeights | undefined;
  readonly validationData: FitDatasetOptions["validationData"];
  readonly validationBatchSize: number;
  readonly validationBatches: number | undefined;
}

const LOOP_NAMES = ["epochs", "initialEpoch", "seed", "callbacks", "signal", "verbose", "yieldEvery"];
const VALIDATION_NAMES = ["validationData", "validationBatchSize", "validationBatches", "validationFreq"];

/** @throws TypeError, RangeError for options that are unknown or out of range. */
export function checkFitDatasetOptions(options: FitDatasetOptions): CheckedFitDatasetOptions {
  checkOptions(options, [...LOOP_NAMES, "batchesPerEpoch", "classWeight", ...VALIDATION_NAMES], "fitDataset");
  const { batchesPerEpoch, classWeight, validationData, validationBatchSize = 32, validationBatches } = options;
  if (batchesPerEpoch !== undefined) checkInteger(batchesPerEpoch, "fitDataset: batchesPerEpoch", 1);
  checkInteger(validationBatchSize, "fitDataset: validationBatchSize", 1);
  if (validationBatches !== undefined) checkInteger(validationBatches, "fitDataset: validationBatches", 1);
  if (classWeight !== undefined) checkClassWeights(classWeight, "fitDataset: classWeight");
  if (validationData !== undefined && !isDataset(validationData) && !isTuple(validationData)) {
    throw new TypeError(
      `fitDataset: validationData: expected [x, y], [x, y, sampleWeight] or a data set, got ${describe(validationData)}`,
    );
  }
  const loop = checkLoopOptions(options, "fitDataset");
  return { ...loop, batchesPerEpoch, classWeight, validationData, validationBatchSize, validationBatches };
}

function isTuple(value: unknown): boolean {
  return Array.isArray(value) && [2, 3].includes(value.length);
}

export interface EvaluateDatasetOptions extends ReportOptions<TestHooks> {
  /** How many batches to measure, from the first. Default: all. */
  readonly batches?: number;
}

export interface CheckedEvaluateDatasetOptions extends CheckedReportOptions<TestHooks> {
  readonly batches: number | undefined;
}

/** @throws TypeError, RangeError for options that are unknown or out of range. */
export function checkEvaluateDatasetOptions(options: EvaluateDatasetOptions): CheckedEvaluateDatasetOptions {
  checkOptions(options, ["batches", "callbacks", "verbose"], "evaluateDataset");
  const { batches } = options;
  if (batches !== undefined) checkInteger(batches, "evaluateDataset: batches", 1);
  return { batches, ...checkReport<TestHooks>(options, "evaluateDataset") };
}
