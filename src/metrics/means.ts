/** Metrics that are the mean of a value of each row or element. */
import type { MetricBatch } from "./batch.js";
import type { MetricState } from "./metric.js";

/**
 * Σ weight · value / Σ weight, and 0 of nothing. Each is one sum in double precision, in the order of the values: where
 * the data is cut into batches does not show.
 */
export class WeightedMean {
  #total = 0;
  #weight = 0;

  add(value: number, weight: number): void {
    this.#total += value * weight;
    this.#weight += weight;
  }

  /** Some values that each are 0 or 1: of whole numbers the order of summing can't matter. */
  addHits(hits: number, count: number): void {
    this.#total += hits;
    this.#weight += count;
  }

  save(): readonly number[] {
    return [this.#total, this.#weight];
  }

  restore(numbers: readonly number[]): void {
    [this.#total = 0, this.#weight = 0] = numbers;
  }

  result(): number {
    return this.#weight === 0 ? 0 : this.#total / this.#weight;
  }
}

/** What the state of a metric shows of its mean. */
export function stateOf(mean: WeightedMean): Required<Pick<MetricState<number>, "result" | "save" | "restore">> {
  return { result: () => mean.result(), save: () => mean.save(), restore: (numbers) => mean.restore(numbers) };
}

/** How many hits an unweighted batch has, counted by a kernel; undefined for a batch that none can count. */
type CountHits = (batch: MetricBatch) => number | undefined;

/** The mean over rows; `prepare` is asked once per batch for the value of a row. */
export function meanOfRows(
  prepare: (batch: MetricBatch) => (row: number) => number,
  countHits?: CountHits,
  mean = new WeightedMean(),
): MetricState<number> {
  return {
    update(batch) {
      const { rows } = batch.memory;
      const hits = batch.weights ? undefined : countHits?.(batch);
      if (hits !== undefined) return mean.addHits(hits, rows);
      const measure = prepare(batch);
      for (let row = 0; row < rows; row++) mean.add(measure(row), batch.weightOf(row));
    },
    ...stateOf(mean),
  };
}

/** The mean over elements. */
export function meanOfElements(
  measure: (yTrue: number, yPred: number) => number,
  countHits?: CountHits,
  mean = new WeightedMean(),
): MetricState<number> {
  return {
    update(batch) {
      const { rows, width, stride, targetStride } = batch.memory;
      const hits = batch.weights ? undefined : countHits?.(batch);
      if (hits !== undefined) return mean.addHits(hits, rows * width);
      const { yTrue, yPred } = batch;
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < width; column++) {
          const value = measure(yTrue[row * targetStride + column] as number, yPred[row * stride + column] as number);
          mean.add(value, batch.weightOf(row, column));
        }
      }
    },
    ...stateOf(mean),
  };
}
