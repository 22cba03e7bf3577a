import { defineMetric } from "./define-metric.js";
import { checkCount } from "./limits.js";
import { indexOfLargest, targetClasses } from "./rows.js";

export interface CalibrationOptions {
  /** The number of bins of equal width in [0, 1]: from 1 to 100,000. Default 15, as in the paper. */
  readonly bins: number;
}

/**
 * How far the confidence of predictions is from the share of them that is right: the mean over bins of confidence of
 * |share of hits - mean confidence|, each bin by its number of samples (Guo, Pleiss, Sun, Weinberger 2017).
 *
 * The confidence is a row's largest probability, and it is a hit when the target's class has it. Of a single output p the
 * confidence is p itself, and a hit is a target of 1.
 */
export const expectedCalibrationError = /* @__PURE__ */ defineMetric<CalibrationOptions>("expectedCalibrationError", {
  className: "ExpectedCalibrationError",
  defaults: { bins: 15 },
  check: ({ bins }, where) => checkCount(bins, `${where}: bins`, 1),
  reading: { targets: "classes", values: "rows" },
  start({ bins }) {
    const [weights, confidences, hits] = [0, 1, 2].map(() => new Float64Array(bins)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    return {
      update(batch) {
        const { rows, width, stride, targetStride } = batch.memory;
        const { yTrue, yPred } = batch;
        const classOf = targetClasses(batch);
        for (let row = 0; row < rows; row++) {
          const best = indexOfLargest(yPred, row * stride, width);
          const confidence = yPred[row * stride + best] as number;
          const isHit = width === 1 ? yTrue[row * targetStride] === 1 : best === classOf(row);
          const weight = batch.weightOf(row);
          // A bin is open below and closed above
          const bin = Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1));
          weights[bin] = (weights[bin] as number) + weight;
          confidences[bin] = (confidences[bin] as number) + confidence * weight;
          if (isHit) hits[bin] = (hits[bin] as number) + weight;
        }
      },
      save: () => [...weights, ...confidences, ...hits],
      restore(numbers) {
        [weights, confidences, hits].forEach((sums, i) => {
          sums.set(numbers.slice(i * bins, (i + 1) * bins));
        });
      },
      result() {
        const all = weights.reduce((sum, weight) => sum + weight, 0);
        const gaps = hits.map((sum, bin) => Math.abs(sum - (confidences[bin] as number)));
        return all === 0 ? 0 : gaps.reduce((sum, gap) => sum + gap, 0) / all;
      },
    };
  },
});
