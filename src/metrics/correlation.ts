import { checkInteger } from "../checks.js";
import { defineMetric } from "./define-metric.js";
import { meanOfRows } from "./means.js";
import type { MetricFactory } from "./metric.js";

/** Keras's backend epsilon. */
const EPSILON = 1e-7;

export interface AxisOptions {
  /** On host arrays: the axis along which values are compared. In a model it is always the last. Default -1. */
  readonly axis: number;
}

/**
 * The mean over rows of Σ y p / (|y| |p|): 1 for the same direction, -1 for the opposite one. (The loss of that name has the
 * other sign.)
 */
export const cosineSimilarity = /* @__PURE__ */ defineComparison("cosineSimilarity", "CosineSimilarity", (y, p) => {
  const scale = (x: Float32Array): number => Math.min(1 / Math.sqrt(meanOf(x, (v) => v * v) * x.length), 1 / EPSILON);
  return meanOf(y, (v, i) => v * (p[i] as number)) * y.length * scale(y) * scale(p);
});

/** The mean over rows of Pearson's correlation of y and p: NaN for a row of equal values. */
export const pearsonCorrelation = /* @__PURE__ */ defineComparison(
  "pearsonCorrelation",
  "PearsonCorrelation",
  (y, p) => {
    const [a, b] = [momentsOf(y), momentsOf(p)];
    return (
      meanOf(y, (v, i) => (v - a.mean) * ((p[i] as number) - b.mean)) / Math.sqrt(a.variance) / Math.sqrt(b.variance)
    );
  },
);

/** The mean over rows of Lin's concordance: 2 · covariance / (variance of y + of p + (difference of means)²). */
export const concordanceCorrelation = /* @__PURE__ */ defineComparison(
  "concordanceCorrelation",
  "ConcordanceCorrelation",
  (y, p) => {
    const [a, b] = [momentsOf(y), momentsOf(p)];
    const covariance = meanOf(y, (v, i) => (v - a.mean) * ((p[i] as number) - b.mean));
    return (2 * covariance) / (a.variance + b.variance + (a.mean - b.mean) ** 2 + EPSILON);
  },
);

/** The mean over rows of a comparison of two vectors. */
function defineComparison(
  name: string,
  className: string,
  compare: (y: Float32Array, p: Float32Array) => number,
): MetricFactory<Partial<AxisOptions>> {
  return defineMetric<AxisOptions>(name, {
    className,
    defaults: { axis: -1 },
    check: ({ axis }, where) => checkInteger(axis, `${where}: axis`, Number.MIN_SAFE_INTEGER),
    reading: ({ axis }) => ({ targets: "alike", values: "rows", axis }),
    start: () =>
      meanOfRows(({ yTrue, yPred, memory: { width, stride, targetStride } }) => (row) => {
        const y = yTrue.subarray(row * targetStride, row * targetStride + width);
        return compare(y, yPred.subarray(row * stride, row * stride + width));
      }),
  });
}

function meanOf(x: Float32Array, measure: (value: number, index: number) => number): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += measure(x[i] as number, i);
  return sum / x.length;
}

function momentsOf(x: Float32Array): { readonly mean: number; readonly variance: number } {
  const mean = meanOf(x, (value) => value);
  return { mean, variance: meanOf(x, (value) => (value - mean) * (value - mean)) };
}
