/** What `evaluate` and the methods for single batches can be told. */
import { checkInteger, checkOptions } from "./checks.js";
import { type ClassWeights, checkClassWeights, type WeightingOptions } from "./sample-weights.js";

export interface BatchOptions {
  /** Default 128. Changes no result but the order of summing a loss. */
  readonly batchSize?: number;
}

export interface EvaluateOptions extends BatchOptions, WeightingOptions {}

export interface EvaluateDatasetOptions {
  /** How many batches to measure, from the first. Default: all. */
  readonly batches?: number;
}

/** Returns the batch size. @throws TypeError, RangeError for options that are unknown or out of range. */
export function checkEvaluateOptions(options: EvaluateOptions): number {
  checkOptions(options, ["batchSize", "sampleWeight"], "evaluate");
  const { batchSize = 128 } = options;
  checkInteger(batchSize, "evaluate: batchSize", 1);
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
