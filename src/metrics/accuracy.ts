import { checkNumber } from "../checks.js";
import { defineMetric } from "./define-metric.js";
import { meanOfElements, meanOfRows, WeightedMean } from "./means.js";
import type { Metric, MetricState } from "./metric.js";
import { indexOfLargest, targetClasses } from "./rows.js";

/** The share of elements that are exactly equal: y = p. The text 'accuracy' means another: see `accuracyByShape`. */
export const accuracy = /* @__PURE__ */ defineMetric("accuracy", {
  className: "Accuracy",
  defaults: {},
  reading: { targets: "alike", values: "elements" },
  start: () => meanOfElements((y, p) => (y === p ? 1 : 0)),
});

/** The share of outputs on the right side of `threshold` (default 0.5): p > threshold equals y. Targets: 0 and 1. */
export const binaryAccuracy = /* @__PURE__ */ defineMetric("binaryAccuracy", {
  className: "BinaryAccuracy",
  defaults: { threshold: 0.5 },
  check: ({ threshold }, where) => checkNumber(threshold, `${where}: threshold`),
  reading: { targets: "alike", values: "elements" },
  start: ({ threshold }) => binaryHits(threshold),
});

/** The share of rows whose largest output is where the target's largest is (the first of equals). Targets: one-hot rows. */
export const categoricalAccuracy = /* @__PURE__ */ defineMetric("categoricalAccuracy", {
  className: "CategoricalAccuracy",
  defaults: {},
  reading: { targets: "alike", values: "rows" },
  start: () => categoricalHits(),
});

/** `categoricalAccuracy` of targets given as class numbers, [rows] or [rows, 1]. One-hot rows will do as well. */
export const sparseCategoricalAccuracy = /* @__PURE__ */ defineMetric("sparseCategoricalAccuracy", {
  className: "SparseCategoricalAccuracy",
  defaults: {},
  reading: { targets: "classes", values: "rows" },
  start: () => categoricalHits(),
});

/** What the texts 'accuracy' and 'acc' stand for: `binaryAccuracy` of a single output, of several `categoricalAccuracy`. */
export const accuracyByShape: Readonly<Record<"accuracy" | "acc", Metric>> = {
  accuracy: /* @__PURE__ */ hitsByShape("accuracy"),
  acc: /* @__PURE__ */ hitsByShape("acc"),
};

function hitsByShape(name: string): Metric {
  return {
    name,
    start() {
      const mean = new WeightedMean();
      const [binary, categorical] = [binaryHits(0.5, mean), categoricalHits(mean)];
      return { ...categorical, update: (batch) => (batch.memory.width === 1 ? binary : categorical).update(batch) };
    },
  };
}

function binaryHits(threshold: number, mean = new WeightedMean()): MetricState<number> {
  const bound = Math.fround(threshold);
  return meanOfElements(
    (y, p) => ((p > bound ? 1 : 0) === y ? 1 : 0),
    ({ kernels, memory: { predictions, stride, targets, targetStride, rows, width } }) =>
      kernels.binaryHits(predictions, stride, targets, targetStride, bound, rows, width),
    mean,
  );
}

function categoricalHits(mean = new WeightedMean()): MetricState<number> {
  return meanOfRows(
    (batch) => {
      const { yPred, memory } = batch;
      const classOf = targetClasses(batch);
      return (row) => (indexOfLargest(yPred, row * memory.stride, memory.width) === classOf(row) ? 1 : 0);
    },
    ({ kernels, memory: { predictions, stride, targets, targetWidth, targetStride, rows, width, zeroClass } }) =>
      targetWidth === width && zeroClass === undefined
        ? kernels.categoricalHits(predictions, stride, targets, targetStride, rows, width)
        : undefined,
    mean,
  );
}
