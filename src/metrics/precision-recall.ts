import { oneOrAll } from "./confusion-counts.js";
import { defineMetric } from "./define-metric.js";
import type { MetricFactory, MetricResult } from "./metric.js";
import { ThresholdCounts } from "./threshold-counts.js";
import {
  checkSelection,
  checkThresholds,
  countElements,
  divideNoNaN,
  plus,
  readSelection,
  type Thresholds,
  toList,
} from "./thresholds.js";

export interface PrecisionOptions {
  /** Outputs above it are positive. Default 0.5; with `topK`, no threshold at all. */
  readonly thresholds: Thresholds;
  /** Only the so many largest of each row (the first of equals) can be positive. Default: all. */
  readonly topK: number | null;
  /** The only class that counts. Default: all. */
  readonly classId: number | null;
}

/**
 * True positives / (true positives + false positives): of the positive outputs, the share whose target is not 0; 0 where there
 * are none. With several thresholds, a figure for each.
 */
export const precision = /* @__PURE__ */ defineShare("precision", "Precision", "falsePositives");

/**
 * True positives / (true positives + false negatives): of the outputs whose target is not 0, the share that is positive; 0 where
 * there are none. With several thresholds, a figure for each.
 */
export const recall = /* @__PURE__ */ defineShare("recall", "Recall", "falseNegatives");

function defineShare(
  name: string,
  className: string,
  others: "falsePositives" | "falseNegatives",
): MetricFactory<Partial<PrecisionOptions>, MetricResult> {
  return defineMetric<PrecisionOptions, MetricResult>(name, {
    className,
    defaults: { thresholds: null, topK: null, classId: null },
    check({ thresholds, topK, classId }, where) {
      checkThresholds(thresholds, where);
      checkSelection(topK, classId, where);
    },
    reading: readSelection,
    start({ thresholds, topK, classId }) {
      const counts = new ThresholdCounts(toList(thresholds, topK));
      return {
        update: (batch) => countElements(counts, batch, { topK, classId }),
        save: () => counts.save(),
        restore: (numbers) => counts.restore(numbers),
        result() {
          const { truePositives, [others]: rest } = counts.result();
          return oneOrAll(divideNoNaN(truePositives, plus(truePositives, rest)));
        },
      };
    },
  });
}
