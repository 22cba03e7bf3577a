/** What `fit` can be told: the options, their checks, and the cut between training and validation data. */
import { type ArrayInput, describe, type NDArray, sizeOf, toNDArray } from "./arrays.js";
import type { Callback } from "./callbacks/callback.js";
import { checkBoolean, checkInteger, checkNumber, checkOptions } from "./checks.js";
import { checkSeed } from "./random.js";
import type { FitSettings, LabelledArrays } from "./training.js";

export interface FitOptions {
  /** The epoch to stop before. Default 1. */
  readonly epochs?: number;
  /** Default 32. */
  readonly batchSize?: number;
  /** [x, y] to measure after each epoch. */
  readonly validationData?: readonly [ArrayInput, ArrayInput];
  /** Instead of validationData: the share of the data, taken from its end before shuffling, in [0, 1). Default 0. */
  readonly validationSplit?: number;
  /** A new order of rows in every epoch. Default true. */
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
}

export type CheckedFitOptions = Omit<FitSettings, "seed" | "validation"> &
  Pick<FitOptions, "validationData"> & { readonly seed: number | undefined; readonly validationSplit: number };

/** @throws TypeError, RangeError for options that are unknown or out of range. */
export function checkFitOptions(options: FitOptions): CheckedFitOptions {
  const known = ["epochs", "batchSize", "validationData", "validationSplit", "shuffle", "seed", "callbacks"];
  checkOptions(options, [...known, "signal", "verbose", "initialEpoch"], "fit");
  const { epochs = 1, batchSize = 32, validationSplit = 0, shuffle = true, verbose = 0, initialEpoch = 0 } = options;
  const { validationData, seed, callbacks = [], signal } = options;
  checkInteger(epochs, "fit: epochs", 0);
  checkInteger(batchSize, "fit: batchSize", 1);
  checkInteger(initialEpoch, "fit: initialEpoch", 0);
  checkNumber(validationSplit, "fit: validationSplit", "a number in [0, 1)", (share) => share >= 0 && share < 1);
  checkBoolean(shuffle, "fit: shuffle");
  if (![0, 1, 2].includes(verbose)) throw new TypeError(`fit: verbose: expected 0, 1 or 2, got ${describe(verbose)}`);
  if (seed !== undefined) checkSeed(seed, "fit: seed");
  if (signal !== undefined && typeof signal?.throwIfAborted !== "function") {
    throw new TypeError(`fit: signal: expected an AbortSignal, got ${describe(signal)}`);
  }
  if (validationData !== undefined && (!Array.isArray(validationData) || validationData.length !== 2)) {
    throw new TypeError(`fit: validationData: expected [x, y], got ${describe(validationData)}`);
  }
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
    validationSplit,
    seed,
    callbacks: list,
    signal,
    ...(validationData && { validationData }),
  };
}

/** Validation data as given, or the last rows of the training data. */
export function splitValidation(
  all: LabelledArrays,
  { validationData, validationSplit }: CheckedFitOptions,
): { data: LabelledArrays; validation: LabelledArrays | undefined } {
  if (validationData) {
    const [x, y] = validationData;
    return { data: all, validation: { x: toNDArray(x, "validationData[0]"), y: toNDArray(y, "validationData[1]") } };
  }
  if (validationSplit === 0) return { data: all, validation: undefined };
  const rows = all.x.shape[0] ?? 0;
  const at = Math.floor(rows * (1 - validationSplit));
  if (at === 0 || at === rows) {
    throw new RangeError(`fit: validationSplit: ${validationSplit} of ${rows} samples leaves a part without any`);
  }
  return {
    data: { x: rowsOf(all.x, 0, at), y: rowsOf(all.y, 0, at) },
    validation: { x: rowsOf(all.x, at, rows), y: rowsOf(all.y, at, rows) },
  };
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
