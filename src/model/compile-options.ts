/** What `compile` can be told. */
import { describe } from "../arrays.js";
import { checkOptions } from "../checks.js";
import { getModelLoss, type LossInput } from "../losses/get-loss.js";
import { getMetric, type MetricInput } from "../metrics/get-metric.js";
import type { Metric } from "../metrics/metric.js";
import { getOptimizer, type OptimizerName } from "../optimizers/get-optimizer.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import type { Scored } from "../training/batches.js";

export interface CompileOptions {
  readonly optimizer: OptimizerName | (string & {}) | Optimizer;
  readonly loss: LossInput;
  /** What to measure beside the loss. Sample weights do not count here. Default: nothing. */
  readonly metrics?: readonly MetricInput[];
  /** The same with sample weights. One that has the name of a metric without them is logged as `weighted_` and its name. */
  readonly weightedMetrics?: readonly MetricInput[];
}

/** @throws TypeError, RangeError for options that are missing, unknown or out of range. */
export function checkCompileOptions(options: CompileOptions): Scored {
  checkOptions(options, ["optimizer", "loss", "metrics", "weightedMetrics"], "compile");
  const { optimizer, loss, metrics = [], weightedMetrics = [] } = options;
  if (optimizer === undefined) throw new TypeError("compile: an optimizer is needed, such as 'adam'");
  if (loss === undefined) throw new TypeError("compile: a loss is needed, such as 'categoricalCrossentropy'");
  const measured = {
    metrics: toMetrics(metrics, "metrics"),
    weightedMetrics: toMetrics(weightedMetrics, "weightedMetrics"),
  };
  return { optimizer: getOptimizer(optimizer), objective: { loss: getModelLoss(loss), ...measured } };
}

function toMetrics(given: readonly MetricInput[], option: string): Metric[] {
  if (!Array.isArray(given)) throw new TypeError(`compile: ${option}: expected an array, got ${describe(given)}`);
  return given.map(getMetric);
}
