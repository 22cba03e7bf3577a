import { describe } from "../arrays.js";
import { lookUpRegistered } from "../registry.js";
import { accuracyByShape } from "./accuracy.js";
import type * as members from "./index.js";
import type { ConfiguredMetric, Metric, NamedOptions } from "./metric.js";

export type MetricName = Exclude<keyof typeof members, "mean" | "sum"> | "acc";

/** What `compile` takes: a name, a configured metric, a member of `metrics` for its defaults, or a metric of the user's own. */
export type MetricInput = MetricName | (string & {}) | Metric | UnconfiguredMetric;

/** A member of `metrics`, whatever its options. */
interface UnconfiguredMetric {
  (): ConfiguredMetric;
  readonly className: string;
}

/**
 * The metric that is meant; one given by a name has that name in the logs. 'accuracy' and 'acc' go by the shape of the
 * output: `binaryAccuracy` of a single one, `categoricalAccuracy` of several.
 *
 * @throws RangeError for a name that is not known; TypeError for what is no metric.
 */
export function getMetric(given: MetricInput): Metric {
  if (typeof given === "string") {
    if (given === "accuracy" || given === "acc") return accuracyByShape[given as "accuracy" | "acc"];
    const make = lookUpRegistered<UnconfiguredMetric & ((options: NamedOptions) => ConfiguredMetric)>("metrics", given);
    checkNoReduction(make);
    return make({ name: given });
  }
  if (given !== null && (typeof given === "object" || typeof given === "function")) {
    checkNoReduction(given);
    if ("start" in given && typeof given.start === "function") return given;
    if ("className" in given) return given();
  }
  throw new TypeError(`metric: expected a name or an object with the method start, got ${describe(given)}`);
}

/** `mean` and `sum` measure values alone. */
function checkNoReduction(given: object): void {
  if (!("className" in given)) return;
  const { className } = given;
  if (className === "Mean" || className === "Sum") {
    throw new TypeError(
      `metric: ${className.toLowerCase()} measures values, not targets and predictions: a model can't have it`,
    );
  }
}
