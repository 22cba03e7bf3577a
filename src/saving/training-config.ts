/** What `compile` was given, to a file and back. */
import { toCamelCase, toSnakeCase } from "../lookup.js";
import { getLoss } from "../losses/get-loss.js";
import type { Loss } from "../losses/loss.js";
import type { Metric } from "../metrics/metric.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import { findRegistered } from "../registry.js";
import type { TrainingConfig } from "./artifacts.js";
import { asObject, blameFile, type JsonObject } from "./checks.js";
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

/** The name alone where no setting differs from the default: that is what TensorFlow.js knows. */
function describeLoss({ name, className = name, config }: Loss): TrainingConfig["loss"] {
  const isDefault = JSON.stringify(config) === JSON.stringify(getLoss(name).config);
  return isDefault ? toSnakeCase(name) : { class_name: className, config: { ...config } };
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

/** TensorFlow.js also has them by the name of the output, which a Sequential model does not need. */
function readLoss(source: unknown, where: string): Loss | undefined {
  const find = (name: string) => findRegistered<(options: never) => Loss>("losses", name);
  if (typeof source === "string") return find(source)?.({} as never);
  const { class_name: className, config } = (source ?? {}) as JsonObject;
  if (typeof className !== "string") return undefined;
  const make = find(className);
  const options = Object.entries(asObject(config ?? {}, `${where}.config`))
    .filter(([key]) => key !== "name" && key !== "dtype")
    .map(([key, value]) => [toCamelCase(key), value]);
  return make && blameFile(where, () => make(Object.fromEntries(options) as never));
}
