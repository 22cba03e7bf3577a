/** What `compile` was given, to a file and back. */
import { toSnakeCase } from "../lookup.js";
import { type Loss, losses } from "../losses/index.js";
import { metrics as knownMetrics, type Metric } from "../metrics/index.js";
import { type Optimizer, optimizers } from "../optimizers/index.js";
import type { TrainingConfig } from "./artifacts.js";
import { asList, asObject, asText, blameFile, findMember } from "./checks.js";

export interface Training {
  readonly optimizer: Optimizer;
  readonly loss: Loss;
  readonly metrics: readonly Metric[];
}

/** Undefined when a part is the user's own, so that a name would not bring it back. */
export function describeTraining({ optimizer, loss, metrics }: Training): TrainingConfig | undefined {
  const known =
    findMember<unknown>(optimizers, optimizer.className) !== undefined &&
    findMember<Loss>(losses, loss.name) === loss &&
    metrics.every((metric) => findMember<Metric>(knownMetrics, metric.name) === metric);
  if (!known) return undefined;
  return {
    optimizer_config: describeOptimizer(optimizer),
    loss: toSnakeCase(loss.name),
    metrics: metrics.map(({ name }) => toSnakeCase(name)),
  };
}

/** TensorFlow.js has a class of its own for SGD with momentum. */
function describeOptimizer({ className, config }: Optimizer): TrainingConfig["optimizer_config"] {
  if (className !== "SGD" || config.momentum === 0) return { class_name: className, config: { ...config } };
  const { learningRate, momentum, nesterov } = config;
  return { class_name: "Momentum", config: { learningRate, momentum, useNesterov: nesterov } };
}

/** Undefined when there is none, or when its optimizer, its loss or a metric is not known here. */
export function readTraining(source: unknown, where: string): Training | undefined {
  if (source == null) return undefined;
  const config = asObject(source, where);
  const optimizer = readOptimizer(config.optimizer_config, `${where}.optimizer_config`);
  // TensorFlow.js also has them by the name of the output, which a Sequential model does not need.
  const loss = typeof config.loss === "string" ? findMember<Loss>(losses, config.loss) : undefined;
  const names = Array.isArray(config.metrics ?? []) ? asList(config.metrics ?? [], where) : [undefined];
  const metrics = names.map((name) => (typeof name === "string" ? findMember<Metric>(knownMetrics, name) : undefined));
  const known = metrics.filter((metric) => metric !== undefined);
  return optimizer && loss && known.length === metrics.length ? { optimizer, loss, metrics: known } : undefined;
}

function readOptimizer(source: unknown, where: string): Optimizer | undefined {
  const { class_name: className, config } = asObject(source, where);
  const name = asText(className, `${where}.class_name`);
  const { useNesterov, ...settings } = asObject(config, `${where}.config`);
  const isMomentum = name === "Momentum";
  const make = findMember<(options: never) => Optimizer>(optimizers, isMomentum ? "sgd" : name);
  const given = { ...settings, ...(isMomentum && { nesterov: useNesterov === true }) };
  const options = Object.entries(given).filter(([, value]) => value !== null);
  return make && blameFile(where, () => make(Object.fromEntries(options) as never));
}
