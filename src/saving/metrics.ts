/** Metrics to a file and back. */
import { findMember, toCamelCase, toSnakeCase } from "../lookup.js";
import { accuracyByShape } from "../metrics/accuracy.js";
import type { ConfiguredMetric, Metric } from "../metrics/metric.js";
import { findRegistered } from "../registry.js";
import type { SavedMember } from "./artifacts.js";
import { asObject, asText, blameFile } from "./checks.js";

/** Of any other name TensorFlow.js would not load the model. */
const knownToTensorFlow: readonly string[] = [
  "acc",
  "accuracy",
  "binary_accuracy",
  "categorical_accuracy",
  "categorical_crossentropy",
  "ce",
  "crossentropy",
  "mae",
  "mape",
  "mse",
  "precision",
  "sparse_categorical_crossentropy",
];

/** Undefined when one is the user's own, so that its name would not bring it back. */
export function describeMetrics(metrics: readonly Metric[]): (string | SavedMember)[] | undefined {
  const described = metrics.map(describeMetric);
  const isKnown = (metric: string | SavedMember | undefined): metric is string | SavedMember => metric !== undefined;
  return described.every(isKnown) ? described : undefined;
}

/** The name alone where TensorFlow.js means the same by it. */
function describeMetric(metric: Metric): string | SavedMember | undefined {
  const { name } = metric;
  if (Object.values(accuracyByShape).includes(metric)) return name;
  const { className, config } = metric as Partial<ConfiguredMetric>;
  const make = className === undefined ? undefined : memberOf(className);
  if (className === undefined || !make) return undefined;
  const snake = toSnakeCase(name);
  const isShort = knownToTensorFlow.includes(snake) && toCamelCase(snake) === name && memberOf(name) === make;
  if (isShort && JSON.stringify(make({}).config) === JSON.stringify(config)) return snake;
  return { class_name: className, config: { ...config, name } };
}

/** Undefined when one of them is not known here. */
export function readMetrics(source: unknown, where: string): Metric[] | undefined {
  // TensorFlow.js also has them by the name of the output, which a Sequential model does not need, and writes {} for none
  const list = isEmpty(source) ? [] : source;
  if (!Array.isArray(list)) return undefined;
  const metrics = list.map((one: unknown) => readMetric(one, where));
  return metrics.every((metric) => metric !== undefined) ? metrics : undefined;
}

function isEmpty(source: unknown): boolean {
  return source == null || (typeof source === "object" && Object.keys(source).length === 0);
}

export function readMetric(source: unknown, where: string): Metric | undefined {
  if (typeof source === "string") {
    const byShape = findMember<Metric>(accuracyByShape, source);
    return byShape ?? memberOf(source)?.({ name: toCamelCase(source) });
  }
  const { class_name: className, config } = asObject(source, where);
  const make = memberOf(asText(className, `${where}.class_name`));
  const settings = Object.entries(asObject(config ?? {}, `${where}.config`)).map(([key, value]) => [
    toCamelCase(key),
    value,
  ]);
  return make && blameFile(where, () => make(Object.fromEntries(settings)));
}

type Member = (options: never) => ConfiguredMetric;

function memberOf(name: string): ((options: object) => ConfiguredMetric) | undefined {
  return findRegistered<Member>("metrics", name) as ((options: object) => ConfiguredMetric) | undefined;
}
