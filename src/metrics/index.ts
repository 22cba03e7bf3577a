import { lookUp, resolve } from "../lookup.js";
import { accuracy, binaryAccuracy, categoricalAccuracy } from "./accuracy.js";
import type { Metric } from "./metric.js";

/** Every metric by its name. */
export const metrics = { acc: { ...accuracy, name: "acc" }, accuracy, binaryAccuracy, categoricalAccuracy } as const;

export type MetricName = keyof typeof metrics;

/** @throws RangeError for a name that is not in the table; TypeError for what is no metric. */
export function getMetric(metric: MetricName | (string & {}) | Metric): Metric {
  return resolve<Metric>((name) => lookUp<Metric>(metrics, name, "metric"), metric, "measure", "metric");
}

export type { Metric } from "./metric.js";
