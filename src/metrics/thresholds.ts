/** What the metrics that compare scores with thresholds have in common. */
import { checkInteger, checkNumber } from "../checks.js";
import type { MetricBatch } from "./batch.js";
import type { Reading } from "./host-arrays.js";
import type { ThresholdCounts } from "./threshold-counts.js";

/** One threshold, or several: then there is a figure for each. Each in [0, 1]. */
export type Thresholds = number | readonly number[] | null;

/** Below every score. */
const BELOW_ALL = -1e10;

export const readElements: Reading = { targets: "alike", values: "elements" };

/** The same, of one class if one is given. */
export function readSelection({ classId }: Selection): Reading {
  return { ...readElements, classes: typeof classId === "number" };
}

/** @throws TypeError, RangeError. */
export function checkThresholds(thresholds: Thresholds, where: string): void {
  if (thresholds === null) return;
  if (Array.isArray(thresholds) && thresholds.length === 0) {
    throw new RangeError(`${where}: thresholds: expected at least one, got none`);
  }
  for (const threshold of [thresholds].flat()) checkShare(threshold, `${where}: thresholds`);
}

/** @throws TypeError, RangeError unless the value is in [0, 1]. */
export function checkShare(value: unknown, where: string): asserts value is number {
  checkNumber(value, where, "a number in [0, 1]", (share) => share >= 0 && share <= 1);
}

/** @throws TypeError, RangeError. */
export function checkSelection(topK: number | null, classId: number | null, where: string): void {
  if (topK !== null) checkInteger(topK, `${where}: topK`, 1);
  if (classId !== null) checkInteger(classId, `${where}: classId`, 0);
}

/** The thresholds as a list: 0.5 where none is given; or below every score, where the `topK` largest are to count. */
export function toList(thresholds: Thresholds, topK: number | null = null): readonly number[] {
  return [thresholds ?? (topK === null ? 0.5 : BELOW_ALL)].flat();
}

export interface Selection {
  /** Only the so many largest of each row (the first of equals) can be positive. */
  readonly topK?: number | null;
  /** Only this column counts. */
  readonly classId?: number | null;
}

/** Counts a batch's elements. A target is true unless it is 0. */
export function countElements(counts: ThresholdCounts, batch: MetricBatch, { topK, classId }: Selection): void {
  const { rows, width, stride, targetStride } = batch.memory;
  const { yTrue, yPred } = batch;
  if (typeof classId === "number" && classId >= width) {
    throw new RangeError(`classId: expected a class below ${width}, got ${classId}`);
  }
  const first = classId ?? 0;
  const end = typeof classId === "number" ? classId + 1 : width;
  for (let row = 0; row < rows; row++) {
    const isCandidate = typeof topK === "number" ? amongLargest(yPred, row * stride, width, topK) : undefined;
    for (let column = first; column < end; column++) {
      const isTrue = yTrue[row * targetStride + column] !== 0;
      const weight = batch.weightOf(row, column);
      if (isCandidate && !isCandidate.has(column)) counts.addNegative(isTrue, weight);
      else counts.add(isTrue, yPred[row * stride + column] as number, weight);
    }
  }
}

function amongLargest(scores: Float32Array, start: number, width: number, k: number): ReadonlySet<number> {
  const columns = Array.from({ length: width }, (_, column) => column);
  const scoreOf = (column: number): number => scores[start + column] as number;
  return new Set(columns.sort((a, b) => scoreOf(b) - scoreOf(a) || a - b).slice(0, k));
}

/** a / b element by element, and 0 where b is 0. */
export function divideNoNaN(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => (b[i] === 0 ? 0 : value / (b[i] as number)));
}

/** a + b element by element. */
export function plus(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + (b[i] as number));
}
