/** What `compile` was given, to a file and back. */
import type { Loss } from "../losses/loss.js";
import type { Metric } from "../metrics/metric.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import type { FullTrainingConfig, TrainingConfig } from "./artifacts.js";
import { asObject } from "./checks.js";
import { describeLoss, isInTensorFlow, readLoss } from "./loss.js";
import { describeMetrics, readMetrics } from "./metrics.js";
import { describeOptimizer, readOptimizer } from "./optimizer.js";

export interface Training {
  readonly optimizer: Optimizer;
  readonly loss: Loss;
  readonly metrics: readonly Metric[];
  readonly weightedMetrics: readonly Metric[];
}

/** Undefined when a part is the user's own, so that a name would not bring it back. */
export function describeTraining(training: Training): FullTrainingConfig | undefined {
  const optimizer = describeOptimizer(training.optimizer);
  const metrics = describeMetrics(training.metrics);
  const weighted = describeMetrics(training.weightedMetrics);
  if (!optimizer || !metrics || !weighted || training.loss.className === undefined) return undefined;
  return { optimizer_config: optimizer, loss: describeLoss(training.loss), metrics, weighted_metrics: weighted };
}

/**
 * What of it TensorFlow.js can do, and the rest under `lanewise`. It has the learning rate of the next step in place of a
 * schedule, and passes options over that it has not, such as `clipnorm`. Undefined when it has no such loss or optimizer.
 */
export function describeForTensorFlow(
  full: FullTrainingConfig,
  { inTensorFlow, learningRate }: Optimizer,
): TrainingConfig | undefined {
  if (!inTensorFlow || !isInTensorFlow(full.loss)) return undefined;
  const { class_name, config } = full.optimizer_config;
  const metrics = full.metrics.filter((metric) => typeof metric === "string");
  const known = { optimizer_config: { class_name, config: { ...config, learningRate } }, loss: full.loss, metrics };
  const said: FullTrainingConfig = { ...known, weighted_metrics: [] };
  const others = (Object.keys(full) as (keyof FullTrainingConfig)[]).filter(
    (key) => JSON.stringify(full[key]) !== JSON.stringify(said[key]),
  );
  if (others.length === 0) return known;
  return { ...known, lanewise: Object.fromEntries(others.map((key) => [key, full[key]])) };
}

/** Undefined when there is none, or when its optimizer, its loss or a metric is not known here. */
export function readTraining(source: unknown, where: string): Training | undefined {
  if (source == null) return undefined;
  const given = asObject(source, where);
  const config = { ...given, ...asObject(given.lanewise ?? {}, `${where}.lanewise`) };
  const optimizer = readOptimizer(config.optimizer_config, `${where}.optimizer_config`);
  const loss = readLoss(config.loss, `${where}.loss`);
  const metrics = readMetrics(config.metrics, `${where}.metrics`);
  const weightedMetrics = readMetrics(config.weighted_metrics, `${where}.weighted_metrics`);
  return optimizer && loss && metrics && weightedMetrics ? { optimizer, loss, metrics, weightedMetrics } : undefined;
}
