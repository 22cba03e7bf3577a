/** What `evaluate` and the methods for single batches can be told. */
import { describe } from "../arrays.js";
import type { TestHooks } from "../callbacks/callback.js";
import { checkInteger, checkOptions } from "../checks.js";
import type { EvaluationSettings } from "./measuring.js";
import { type ClassWeights, checkClassWeights, type WeightingOptions } from "./sample-weights.js";

export interface BatchOptions {
  /** Default 128. Changes no result but the order of summing a loss. */
  readonly batchSize?: number;
}

export interface EvaluateOptions extends BatchOptions, WeightingOptions {
  /** How many batches to measure, from the first. Default: all. */
  readonly steps?: number;
  /** What to call before and behind the measuring. */
  readonly callbacks?: TestHooks | readonly TestHooks[];
}

export interface CheckedEvaluateOptions extends EvaluationSettings {
  readonly hooks: readonly TestHooks[];
}

export interface EvaluateDatasetOptions {
  /** How many batches to measure, from the first. Default: all. */
  readonly batches?: number;
}

/** @throws TypeError, RangeError for options that are unknown or out of range. */
export function checkEvaluateOptions(options: EvaluateOptions): CheckedEvaluateOptions {
  checkOptions(options, ["batchSize", "sampleWeight", "steps", "callbacks"], "evaluate");
  const { batchSize = 128, steps, callbacks = [] } = options;
  checkInteger(batchSize, "evaluate: batchSize", 1);
  if (steps !== undefined) checkInteger(steps, "evaluate: steps", 1);
  const hooks: readonly TestHooks[] = Array.isArray(callbacks) ? callbacks : [callbacks];
  for (const one of hooks) {
    if (typeof one !== "object" || one === null) {
      throw new TypeError(`evaluate: callbacks: expected objects with onTestBegin or onTestEnd, got ${describe(one)}`);
    }
  }
  return { batchSize, steps, hooks };
}

/** Returns the batch size. @throws TypeError, RangeError for options that are unknown or out of range. */
export function checkPredictOptions(options: BatchOptions): number {
  checkOptions(options, ["batchSize"], "predict");
  const { batchSize = 128 } = options;
  checkInteger(batchSize, "predict: batchSize", 1);
  return batchSize;
}

/** Returns the number of batches. @throws TypeError, RangeError for options that are unknown or out of range. */
export function checkEvaluateDatasetOptions(options: EvaluateDatasetOptions): number | undefined {
  checkOptions(options, ["batches"], "evaluateDataset");
  const { batches } = options;
  if (batches !== undefined) checkInteger(batches, "evaluateDataset: batches", 1);
  return batches;
}

export interface TrainOnBatchOptions extends WeightingOptions {
  /** What the samples of each class count in the loss, times their own weights. Default: 1 each. */
  readonly classWeight?: ClassWeights | undefined;
}

/** @throws TypeError, RangeError for options that are unknown or out of range. */
export function checkTrainOnBatchOptions(options: TrainOnBatchOptions): void {
  checkOptions(options, ["sampleWeight", "classWeight"], "trainOnBatch");
  const { classWeight } = options;
  if (classWeight !== undefined) checkClassWeights(classWeight, "trainOnBatch: classWeight");
}
