import { describe } from "../arrays.js";
import { lookUpRegistered } from "../registry.js";
import { accuracyByShape } from "./accuracy.js";
import type * as members from "./index.js";
import type { ConfiguredMetric, Metric, NamedOptions } from "./metric.js";

export type MetricName = Exclude<keyof typeof members, "mean" | "sum"> | "acc" | "crossentropy" | "ce";

/** What `compile` takes: a name, a configured metric, a member of `metrics` for its defaults, or a metric of the user's own. */
export type MetricInput = MetricName | (string & {}) | Metric | UnconfiguredMetric;

/** A member of `metrics`, whatever its options. */
interface UnconfiguredMetric {
  (): ConfiguredMetric;
  readonly className: string;
}

/**
 * The metric that is meant; one given by a name has that name in the logs. 'accuracy' and 'acc', in upper or lower case, go
 * by the shape of the output: `binaryAccuracy` of a single one, `categoricalAccuracy` of several.
 *
 * @throws RangeError for a name that is not known; TypeError for what is no metric.
 */
export function getMetric(given: MetricInput): Metric {
  if (typeof given === "string") {
    const name = given.toLowerCase();
    if (name === "accuracy" || name === "acc") return accuracyByShape[name];
    const make = lookUpRegistered<UnconfiguredMetric & ((options: NamedOptions) => ConfiguredMetric)>("metrics", given);
    checkNoReduction(make);
    return make({ name: given });
  }
  if (given !== null && (typeof given === "object" || typeof given === "function")) {
    checkNoReduction(given);
    if ("start" in given && typeof given.start === "function") return given;
    // A loss has a className as well
    const made = "className" in given && !("forward" in given) ? given() : undefined;
    if (made && "start" in made) return made;
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
