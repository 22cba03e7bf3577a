/** What `fit` can be told: the options, their checks, and the cut between training and validation data. */
import { type ArrayInput, describe, type NDArray, sizeOf, toNDArray } from "./arrays.js";
import type { Callback } from "./callbacks/callback.js";
import { checkBoolean, checkInteger, checkNumber, checkOptions } from "./checks.js";
import type { LabelledArrays } from "./dataset.js";
import { checkSeed } from "./random.js";
import { type ClassWeights, checkClassWeights, toSampleWeights, type WeightingOptions } from "./sample-weights.js";
import type { FitSettings } from "./training.js";
import type { YieldEvery } from "./yielding.js";

export interface FitOptions extends WeightingOptions {
  /** The epoch to stop before. Default 1. */
  readonly epochs?: number;
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
  /** Measure after every so many epochs, or after the epochs in a list, which count from 1 (as in Keras). Default 1. */
  readonly validationFreq?: number | readonly number[];
  /**
   * How many batches make an epoch. Default: all. The next epoch goes on with the rows that are left, and the last of a pass
   * over the data may be shorter (as in Keras).
   */
  readonly stepsPerEpoch?: number;
  /** A new order of rows in every pass over them. Default true. */
  readonly shuffle?: boolean;
  /** Fixes shuffles and dropout, and the weights if they do not exist yet. Default: the model's seed, or a random one. */
  readonly seed?: number;
  readonly callbacks?: Callback | readonly Callback[];
  /** Stops training after the batch at hand; `fit` then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** 1 or 2: a line per epoch on the console. Default 0. */
  readonly verbose?: 0 | 1 | 2;
  /** The epoch to start at, for training that goes on. Default 0. */
  readonly initialEpoch?: number;
  /**
   * When others have their turn, such as a page's input: 'auto' (the default), whenever training has had the thread to itself
   * for 16 milliseconds; a number, that many milliseconds; 'batch' or 'epoch', after each; 'never'.
   */
  readonly yieldEvery?: YieldEvery;
}

export type CheckedFitOptions = Omit<FitSettings, "seed" | "validation"> &
  Pick<FitOptions, "validationData" | "classWeight"> & {
    readonly seed: number | undefined;
    readonly validationSplit: number;
  };

/** @throws TypeError, RangeError for options that are unknown or out of range. */
export function checkFitOptions(options: FitOptions): CheckedFitOptions {
  const known = ["epochs", "batchSize", "validationData", "validationSplit", "shuffle", "seed", "callbacks"];
  const validationNames = ["validationBatchSize", "validationSteps", "validationFreq"];
  const weightNames = ["sampleWeight", "classWeight"];
  const loopNames = ["signal", "verbose", "initialEpoch", "stepsPerEpoch", "yieldEvery"];
  checkOptions(options, [...known, ...loopNames, ...validationNames, ...weightNames], "fit");
  const { epochs = 1, batchSize = 32, validationSplit = 0, shuffle = true, verbose = 0, initialEpoch = 0 } = options;
  const {
    validationData,
    classWeight,
    seed,
    callbacks = [],
    signal,
    stepsPerEpoch,
    validationSteps,
    yieldEvery = "auto",
  } = options;
  const { validationBatchSize = batchSize, validationFreq = 1 } = options;
  checkInteger(epochs, "fit: epochs", 0);
  checkInteger(batchSize, "fit: batchSize", 1);
  checkInteger(initialEpoch, "fit: initialEpoch", 0);
  checkInteger(validationBatchSize, "fit: validationBatchSize", 1);
  if (stepsPerEpoch !== undefined) checkInteger(stepsPerEpoch, "fit: stepsPerEpoch", 1);
  if (validationSteps !== undefined) checkInteger(validationSteps, "fit: validationSteps", 1);
  for (const number of [validationFreq].flat()) checkInteger(number, "fit: validationFreq", 1);
  checkYieldEvery(yieldEvery);
  checkNumber(validationSplit, "fit: validationSplit", "a number in [0, 1)", (share) => share >= 0 && share < 1);
  checkBoolean(shuffle, "fit: shuffle");
  if (![0, 1, 2].includes(verbose)) throw new TypeError(`fit: verbose: expected 0, 1 or 2, got ${describe(verbose)}`);
  if (seed !== undefined) checkSeed(seed, "fit: seed");
  if (signal !== undefined && typeof signal?.throwIfAborted !== "function") {
    throw new TypeError(`fit: signal: expected an AbortSignal, got ${describe(signal)}`);
  }
  if (validationData !== undefined && !(Array.isArray(validationData) && [2, 3].includes(validationData.length))) {
    throw new TypeError(
      `fit: validationData: expected [x, y] or [x, y, sampleWeight], got ${describe(validationData)}`,
    );
  }
  if (classWeight !== undefined) checkClassWeights(classWeight, "fit: classWeight");
  const list = Array.isArray(callbacks) ? callbacks : [callbacks];
  for (const callback of list) {
    if ((typeof callback !== "object" && typeof callback !== "function") || callback === null) {
      throw new TypeError(`fit: callbacks: expected objects or functions, got ${describe(callback)}`);
    }
  }
  return {
    epochs,
    initialEpoch,
    batchSize,
    shuffle,
    verbose,
    stepsPerEpoch,
    validationSplit,
    validationBatchSize,
    validationSteps,
    validatesAfter: (epoch) =>
      typeof validationFreq === "number" ? (epoch + 1) % validationFreq === 0 : validationFreq.includes(epoch + 1),
    yieldEvery,
    seed,
    callbacks: list,
    signal,
    classWeight,
    ...(validationData && { validationData }),
  };
}

function checkYieldEvery(yieldEvery: unknown): void {
  const range = "'auto', 'batch', 'epoch', 'never' or a number of milliseconds";
  if (typeof yieldEvery === "number") {
    checkNumber(yieldEvery, "fit: yieldEvery", range, (milliseconds) => milliseconds >= 0);
  } else if (!["auto", "batch", "epoch", "never"].includes(yieldEvery as string)) {
    throw new TypeError(`fit: yieldEvery: expected ${range}, got ${describe(yieldEvery)}`);
  }
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
  const part = (start: number, end: number): LabelledArrays => ({
    x: rowsOf(all.x, start, end),
    y: rowsOf(all.y, start, end),
    weights: all.weights?.subarray(start, end),
  });
  return { data: part(0, at), validation: part(at, rows) };
}

/** A view of the rows [start, end). */
function rowsOf({ data, shape, dtype }: NDArray, start: number, end: number): NDArray {
  const sample = shape.slice(1);
  return {
    data: data.subarray(start * sizeOf(sample), end * sizeOf(sample)),
    shape: [end - start, ...sample],
    dtype,
  };
}
