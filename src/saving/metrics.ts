/** Metrics to a file and back. */
import { findMember, toCamelCase, toSnakeCase } from "../lookup.js";
import { accuracyByShape } from "../metrics/accuracy.js";
import type { ConfiguredMetric, Metric } from "../metrics/metric.js";
import { findRegistered } from "../registry.js";
import type { SavedMetric, TrainingConfig } from "./artifacts.js";
import { asList, asObject, asText, blameFile, type JsonObject } from "./checks.js";

interface Measured {
  readonly metrics: readonly Metric[];
  readonly weightedMetrics: readonly Metric[];
}

/** Of any other name TensorFlow.js would not load the model. */
const knownToTensorFlow: readonly string[] = [
  "acc",
  "accuracy",
  "binary_accuracy",
  "categorical_accuracy",
  "categorical_crossentropy",
  "mae",
  "mape",
  "mse",
  "precision",
  "sparse_categorical_crossentropy",
];

/** Undefined when a metric is the user's own, so that its name would not bring it back. */
export function describeMetrics({
  metrics,
  weightedMetrics,
}: Measured): Pick<TrainingConfig, "metrics" | "lanewise"> | undefined {
  const [plain, weighted] = [metrics, weightedMetrics].map((list) => list.map(describeMetric)) as [
    (SavedMetric | undefined)[],
    (SavedMetric | undefined)[],
  ];
  const isKnown = (metric: SavedMetric | undefined): metric is SavedMetric => metric !== undefined;
  if (!plain.every(isKnown) || !weighted.every(isKnown)) return undefined;
  const names = plain.filter((metric) => typeof metric === "string");
  if (names.length === plain.length && weighted.length === 0) return { metrics: names };
  return { metrics: names, lanewise: { metrics: plain, weighted_metrics: weighted } };
}

/** The name alone where TensorFlow.js means the same by it. */
function describeMetric(metric: Metric): SavedMetric | undefined {
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
export function readMetrics(config: JsonObject, where: string): Measured | undefined {
  const own = config.lanewise === undefined ? undefined : asObject(config.lanewise, `${where}.lanewise`);
  const lists = [own ? own.metrics : config.metrics, own?.weighted_metrics].map((list) => {
    // TensorFlow.js also has them by the name of the output, which a Sequential model does not need
    if (!Array.isArray(list ?? [])) return [undefined];
    return asList(list ?? [], where).map((one) => readMetric(one, `${where}.metrics`));
  });
  if (lists.some((list) => list.includes(undefined))) return undefined;
  const [metrics, weightedMetrics] = lists as [Metric[], Metric[]];
  return { metrics, weightedMetrics };
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
