/** Counting which class is taken for which. */
import type { MetricBatch } from "./batch.js";
import type { Reading } from "./host-arrays.js";
import { indexOfLargest, targetClasses } from "./rows.js";

/** Class numbers, or rows with a score for each class. */
export const readLabels: Reading = { targets: "labels", values: "rows" };

/** Weighted counts of pairs of classes, which may be any integers. */
export class ClassPairs {
  /** By true class, then by predicted class. */
  readonly #counts = new Map<number, Map<number, number>>();

  add(truth: number, prediction: number, weight: number): void {
    const row = this.#counts.get(truth) ?? new Map<number, number>();
    this.#counts.set(truth, row.set(prediction, (row.get(prediction) ?? 0) + weight));
  }

  /** All rows of a batch: the class of a single number is itself, rounded; of several, where the largest is. */
  addRows(batch: MetricBatch): void {
    const { rows, width, stride, targetWidth, targetStride } = batch.memory;
    const { yTrue, yPred } = batch;
    const classOf = targetClasses(batch);
    for (let row = 0; row < rows; row++) {
      this.add(
        targetWidth === 1 ? classAt(yTrue, row * targetStride, 1) : classOf(row),
        classAt(yPred, row * stride, width),
        batch.weightOf(row),
      );
    }
  }

  /** Of each pair true class, predicted class and count. */
  save(): readonly number[] {
    return [...this.#counts].flatMap(([truth, row]) =>
      [...row].flatMap(([prediction, count]) => [truth, prediction, count]),
    );
  }

  restore(numbers: readonly number[]): void {
    for (let i = 0; i < numbers.length; i += 3) {
      const [truth = 0, prediction = 0, count = 0] = numbers.slice(i, i + 3);
      this.add(truth, prediction, count);
    }
  }

  /** Counts by true class (row) and predicted class (column), the classes that occur being in ascending order. */
  matrix(): readonly (readonly number[])[] {
    const classes = new Set(this.#counts.keys());
    for (const row of this.#counts.values()) for (const prediction of row.keys()) classes.add(prediction);
    const ascending = [...classes].sort((a, b) => a - b);
    return ascending.map((truth) => ascending.map((prediction) => this.count(truth, prediction)));
  }

  count(truth: number, prediction: number): number {
    return this.#counts.get(truth)?.get(prediction) ?? 0;
  }
}

/** 0.5 is rounded down, so that a probability is of class 1 above 0.5, as elsewhere. */
function classAt(values: Float32Array, start: number, width: number): number {
  return width === 1 ? Math.ceil((values[start] as number) - 0.5) : indexOfLargest(values, start, width);
}

export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
