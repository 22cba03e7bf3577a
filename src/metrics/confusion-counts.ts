import { ndarray } from "../arrays.js";
import { defineMetric } from "./define-metric.js";
import type { MetricFactory, MetricResult } from "./metric.js";
import { type ConfusionCounts, ThresholdCounts } from "./threshold-counts.js";
import { checkThresholds, countElements, readElements, type Thresholds, toList } from "./thresholds.js";

/** How many outputs above a threshold (0.5) have a target other than 0, or the sum of their weights. */
export const truePositives = /* @__PURE__ */ defineCount("truePositives", "TruePositives");

/** How many outputs not above a threshold (0.5) have the target 0, or the sum of their weights. */
export const trueNegatives = /* @__PURE__ */ defineCount("trueNegatives", "TrueNegatives");

/** How many outputs above a threshold (0.5) have the target 0, or the sum of their weights. */
export const falsePositives = /* @__PURE__ */ defineCount("falsePositives", "FalsePositives");

/** How many outputs not above a threshold (0.5) have a target other than 0, or the sum of their weights. */
export const falseNegatives = /* @__PURE__ */ defineCount("falseNegatives", "FalseNegatives");

export interface CountOptions {
  /** Outputs above it are positive; with several, there is a figure for each. Default 0.5. */
  readonly thresholds: Thresholds;
}

function defineCount(
  name: keyof ConfusionCounts,
  className: string,
): MetricFactory<Partial<CountOptions>, MetricResult> {
  return defineMetric<CountOptions, MetricResult>(name, {
    className,
    defaults: { thresholds: null },
    check: ({ thresholds }, where) => checkThresholds(thresholds, where),
    reading: readElements,
    start({ thresholds }) {
      const counts = new ThresholdCounts(toList(thresholds));
      return {
        update: (batch) => countElements(counts, batch, {}),
        save: () => counts.save(),
        restore: (numbers) => counts.restore(numbers),
        result: () => oneOrAll(counts.result()[name]),
      };
    },
  });
}

/** The figure of a single threshold, or those of all. */
export function oneOrAll(figures: Float64Array): MetricResult {
  return figures.length === 1 ? (figures[0] as number) : ndarray(figures);
}
