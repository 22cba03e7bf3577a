/** What `compile` was given, to a file and back. */
import type { Loss } from "../losses/loss.js";
import type { Metric } from "../metrics/metric.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import type { TrainingConfig } from "./artifacts.js";
import { asObject } from "./checks.js";
import { describeLoss, readLoss } from "./loss.js";
import { describeMetrics, readMetrics } from "./metrics.js";
import { describeOptimizer, readOptimizer } from "./optimizer.js";

export interface Training {
  readonly optimizer: Optimizer;
  readonly loss: Loss;
  readonly metrics: readonly Metric[];
  readonly weightedMetrics: readonly Metric[];
}

/** Undefined when a part is the user's own, so that a name would not bring it back. */
export function describeTraining({ optimizer, loss, ...measured }: Training): TrainingConfig | undefined {
  const optimizerConfig = describeOptimizer(optimizer);
  const metrics = describeMetrics(measured);
  if (!optimizerConfig || !metrics || loss.className === undefined) return undefined;
  return {
    optimizer_config: optimizerConfig,
    loss: describeLoss(loss),
    ...metrics,
  };
}

/** Undefined when there is none, or when its optimizer, its loss or a metric is not known here. */
export function readTraining(source: unknown, where: string): Training | undefined {
  if (source == null) return undefined;
  const config = asObject(source, where);
  const optimizer = readOptimizer(config.optimizer_config, `${where}.optimizer_config`);
  const loss = readLoss(config.loss, `${where}.loss`);
  const metrics = readMetrics(config, where);
  return optimizer && loss && metrics ? { optimizer, loss, ...metrics } : undefined;
}
