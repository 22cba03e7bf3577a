import type { Metric } from "./metric.js";

/** The share of rows whose largest output is where the target's largest is (the first of equals). */
export const categoricalAccuracy: Metric = {
  name: "categoricalAccuracy",
  measure: (kernels, { predictions, stride, targets, targetStride, rows, width }) => ({
    sum: kernels.categoricalHits(predictions, stride, targets, targetStride, rows, width),
    count: rows,
  }),
};

/** The share of outputs on the right side of 0.5: (p > 0.5) equals y. */
export const binaryAccuracy: Metric = {
  name: "binaryAccuracy",
  measure: (kernels, { predictions, stride, targets, targetStride, rows, width }) => ({
    sum: kernels.binaryHits(predictions, stride, targets, targetStride, 0.5, rows, width),
    count: rows * width,
  }),
};

/** binaryAccuracy for a single output, categoricalAccuracy for several, as Keras resolves the name. */
export const accuracy: Metric = {
  name: "accuracy",
  measure: (kernels, batch) => (batch.width === 1 ? binaryAccuracy : categoricalAccuracy).measure(kernels, batch),
};
