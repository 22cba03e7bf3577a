/** What `fit` and `fitDataset` can both be told. */
import { describe } from "../arrays.js";
import type { Callback } from "../callbacks/callback.js";
import { checkInteger, checkNumber } from "../checks.js";
import { checkSeed } from "../random.js";
import type { TrainSettings } from "./training.js";
import type { YieldEvery } from "./yielding.js";

export interface LoopOptions {
  /** The epoch to stop before. Default 1. */
  readonly epochs?: number;
  /** The epoch to start at, for training that goes on. Default 0. */
  readonly initialEpoch?: number;
  /** Measure after every so many epochs, or after the epochs in a list, which count from 1 (as in Keras). Default 1. */
  readonly validationFreq?: number | readonly number[];
  /** Fixes shuffles and dropout, and the weights if they do not exist yet. Default: the model's seed, or a random one. */
  readonly seed?: number;
  readonly callbacks?: Callback | readonly Callback[];
  /** Stops training after the batch at hand; `fit` then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** 1: a progress bar in a terminal, elsewhere as 2: a line per epoch. Default 0: nothing. */
  readonly verbose?: 0 | 1 | 2;
  /**
   * When others have their turn, such as a page's input: 'auto' (the default), whenever training has had the thread to itself
   * for 16 milliseconds; a number, that many milliseconds; 'batch' or 'epoch', after each; 'never'. While data is brought into
   * memory, every 16 milliseconds, unless 'never'.
   */
  readonly yieldEvery?: YieldEvery;
}

export interface CheckedLoopOptions extends Omit<TrainSettings, "seed" | "seedIsGiven"> {
  readonly seed: number | undefined;
}

/** @throws TypeError, RangeError for options out of range. */
export function checkLoopOptions(options: LoopOptions, where: string): CheckedLoopOptions {
  const { epochs = 1, initialEpoch = 0, validationFreq = 1, seed, callbacks = [], signal } = options;
  const { verbose = 0, yieldEvery = "auto" } = options;
  checkInteger(epochs, `${where}: epochs`, 0);
  checkInteger(initialEpoch, `${where}: initialEpoch`, 0);
  for (const number of [validationFreq].flat()) checkInteger(number, `${where}: validationFreq`, 1);
  if (seed !== undefined) checkSeed(seed, `${where}: seed`);
  if (signal !== undefined && typeof signal?.throwIfAborted !== "function") {
    throw new TypeError(`${where}: signal: expected an AbortSignal, got ${describe(signal)}`);
  }
  if (![0, 1, 2].includes(verbose)) {
    throw new TypeError(`${where}: verbose: expected 0, 1 or 2, got ${describe(verbose)}`);
  }
  checkYieldEvery(yieldEvery, where);
  const list = Array.isArray(callbacks) ? callbacks : [callbacks];
  for (const callback of list) {
    if ((typeof callback !== "object" && typeof callback !== "function") || callback === null) {
      throw new TypeError(`${where}: callbacks: expected objects or functions, got ${describe(callback)}`);
    }
  }
  return {
    epochs,
    initialEpoch,
    validatesAfter: (epoch) =>
      typeof validationFreq === "number" ? (epoch + 1) % validationFreq === 0 : validationFreq.includes(epoch + 1),
    seed,
    callbacks: list,
    signal,
    verbose,
    yieldEvery,
  };
}

function checkYieldEvery(yieldEvery: unknown, where: string): void {
  const range = "'auto', 'batch', 'epoch', 'never' or a number of milliseconds";
  if (typeof yieldEvery === "number") {
    checkNumber(yieldEvery, `${where}: yieldEvery`, range, (milliseconds) => milliseconds >= 0);
  } else if (!["auto", "batch", "epoch", "never"].includes(yieldEvery as string)) {
    throw new TypeError(`${where}: yieldEvery: expected ${range}, got ${describe(yieldEvery)}`);
  }
}
