import { checkBoolean, checkInteger } from "../checks.js";
import type { MetricBatch } from "./batch.js";
import { defineMetric } from "./define-metric.js";
import { meanOfRows } from "./means.js";
import { targetClasses } from "./rows.js";

/** The share of rows in which fewer than `k` (default 5) outputs are larger than that of the target's class. Targets: one-hot rows. */
export const topKCategoricalAccuracy = /* @__PURE__ */ defineMetric("topKCategoricalAccuracy", {
  className: "TopKCategoricalAccuracy",
  defaults: { k: 5 },
  check: ({ k }, where) => checkInteger(k, `${where}: k`, 1),
  reading: { targets: "alike", values: "rows" },
  start: ({ k }) => meanOfRows((batch) => isAmongLargest(batch, k)),
});

/**
 * `topKCategoricalAccuracy` of targets given as class numbers, [rows] or [rows, 1]. One-hot rows will do as well.
 *
 * With `fromSortedIds` the predictions are no scores, but in each row the numbers of classes, the likeliest first.
 */
export const sparseTopKCategoricalAccuracy = /* @__PURE__ */ defineMetric("sparseTopKCategoricalAccuracy", {
  className: "SparseTopKCategoricalAccuracy",
  defaults: { k: 5, fromSortedIds: false },
  check({ k, fromSortedIds }, where) {
    checkInteger(k, `${where}: k`, 1);
    checkBoolean(fromSortedIds, `${where}: fromSortedIds`);
  },
  reading: { targets: "classes", values: "rows" },
  start: ({ k, fromSortedIds }) =>
    meanOfRows((batch) => (fromSortedIds ? isListed(batch, k) : isAmongLargest(batch, k))),
});

function isAmongLargest(batch: MetricBatch, k: number): (row: number) => number {
  const { yPred, memory } = batch;
  const { width, stride } = memory;
  const classOf = targetClasses(batch);
  return (row) => {
    const target = classOf(row);
    if (!(target >= 0 && target < width)) return 0;
    const start = row * stride;
    const score = yPred[start + target] as number;
    let larger = 0;
    // In this form NaN is among the largest of none
    for (let j = 0; j < width; j++) if (!((yPred[start + j] as number) <= score)) larger++;
    return larger < k ? 1 : 0;
  };
}

function isListed(batch: MetricBatch, k: number): (row: number) => number {
  const { yPred, memory } = batch;
  const classOf = targetClasses(batch);
  return (row) => {
    const start = row * memory.stride;
    return yPred.subarray(start, start + Math.min(k, memory.width)).includes(classOf(row)) ? 1 : 0;
  };
}
