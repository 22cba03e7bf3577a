import { defineMetric } from "./define-metric.js";
import { checkCount } from "./limits.js";
import type { MetricFactory } from "./metric.js";
import { type ConfusionCounts, ThresholdCounts } from "./threshold-counts.js";
import { checkSelection, checkShare, countElements, divideNoNaN, plus, readSelection } from "./thresholds.js";

export interface ThresholdOptions {
  /** The thresholds are so many, from 1 to 100,000, spread evenly from 0 to 1; a single one is 0.5. Default 200. */
  readonly numThresholds: number;
  /** The only class that counts. Default: all. */
  readonly classId: number | null;
}

/** The highest sensitivity at any threshold at which the specificity is at least `specificity`; 0 where there is none. */
export const sensitivityAtSpecificity = /* @__PURE__ */ defineBest(
  "sensitivityAtSpecificity",
  "SensitivityAtSpecificity",
  "specificity",
  specificityOf,
  sensitivityOf,
);

/** The highest specificity at any threshold at which the sensitivity is at least `sensitivity`; 0 where there is none. */
export const specificityAtSensitivity = /* @__PURE__ */ defineBest(
  "specificityAtSensitivity",
  "SpecificityAtSensitivity",
  "sensitivity",
  sensitivityOf,
  specificityOf,
);

/** The highest precision at any threshold at which the recall is at least `recall`; 0 where there is none. */
export const precisionAtRecall = /* @__PURE__ */ defineBest(
  "precisionAtRecall",
  "PrecisionAtRecall",
  "recall",
  sensitivityOf,
  precisionOf,
);

/** The highest recall at any threshold at which the precision is at least `precision`; 0 where there is none. */
export const recallAtPrecision = /* @__PURE__ */ defineBest(
  "recallAtPrecision",
  "RecallAtPrecision",
  "precision",
  precisionOf,
  sensitivityOf,
);

type Share = (counts: ConfusionCounts) => Float64Array;

/** @param bound The option, a number in [0, 1] that must be given, that says how much of `bounded` there must be. */
function defineBest<Bound extends string>(
  name: string,
  className: string,
  bound: Bound,
  bounded: Share,
  wanted: Share,
): MetricFactory<Partial<ThresholdOptions> & Readonly<Record<Bound, number>>> {
  type Options = ThresholdOptions & Readonly<Record<Bound, number | undefined>>;
  const factory = defineMetric<Options>(name, {
    className,
    defaults: { [bound]: undefined, numThresholds: 200, classId: null } as Options,
    check({ [bound]: least, numThresholds, classId }, where) {
      checkShare(least, `${where}: ${bound}`);
      checkCount(numThresholds, `${where}: numThresholds`, 1);
      checkSelection(null, classId, where);
    },
    reading: readSelection,
    start({ [bound]: least, numThresholds, classId }) {
      const counts = new ThresholdCounts(evenThresholds(numThresholds));
      return {
        update: (batch) => countElements(counts, batch, { classId }),
        save: () => counts.save(),
        restore: (numbers) => counts.restore(numbers),
        result() {
          const all = counts.result();
          const figures = wanted(all);
          return bounded(all).reduce(
            (best, share, i) => (share >= (least as number) ? Math.max(best, figures[i] as number) : best),
            0,
          );
        },
      };
    },
  });
  return factory as MetricFactory<Partial<ThresholdOptions> & Readonly<Record<Bound, number>>>;
}

function evenThresholds(count: number): readonly number[] {
  return count === 1 ? [0.5] : Array.from({ length: count }, (_, i) => i / (count - 1));
}

/** Of the true, the share found: the recall. */
function sensitivityOf({ truePositives, falseNegatives }: ConfusionCounts): Float64Array {
  return divideNoNaN(truePositives, plus(truePositives, falseNegatives));
}

/** Of the false, the share passed over. */
function specificityOf({ trueNegatives, falsePositives }: ConfusionCounts): Float64Array {
  return divideNoNaN(trueNegatives, plus(trueNegatives, falsePositives));
}

/** Of the found, the share that is true. */
function precisionOf({ truePositives, falsePositives }: ConfusionCounts): Float64Array {
  return divideNoNaN(truePositives, plus(truePositives, falsePositives));
}
