/** Counting true and false positives at many thresholds at once. */

/** How the elements lie at each threshold, or the sum of their weights. */
export interface ConfusionCounts {
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
  readonly trueNegatives: Float64Array;
  readonly falseNegatives: Float64Array;
}

/**
 * An element is positive where it is above a threshold, both being float32. Each is put into the one bucket of those that
 * are above as many thresholds; the sums over buckets wait for the end.
 */
export class ThresholdCounts {
  readonly #thresholds: readonly number[];
  /** Ascending. */
  readonly #sorted: Float32Array;
  readonly #isEven: boolean;
  /** The least number of thresholds that an element is above. */
  readonly #least: number;
  /** [b]: the weight of what is above b thresholds, in truth and not. */
  readonly #trues: Float64Array;
  readonly #falses: Float64Array;

  constructor(thresholds: readonly number[]) {
    this.#thresholds = thresholds;
    this.#sorted = Float32Array.from(thresholds).sort();
    const [first = 0] = thresholds;
    this.#least = first < 0 ? 1 : 0;
    const last = thresholds.length - 1;
    this.#isEven = last > 1 && thresholds.every((value, i) => Math.abs(value - i / last) <= 1.5e-7 + 1e-5 * (i / last));
    this.#trues = new Float64Array(thresholds.length + 1);
    this.#falses = new Float64Array(thresholds.length + 1);
  }

  add(isTrue: boolean, score: number, weight: number): void {
    const counts = isTrue ? this.#trues : this.#falses;
    const bucket = this.#isEven ? this.#evenBucketOf(score) : this.#bucketOf(score);
    counts[bucket] = (counts[bucket] as number) + weight;
  }

  /** An element that is above no threshold, whatever its score. */
  addNegative(isTrue: boolean, weight: number): void {
    const counts = isTrue ? this.#trues : this.#falses;
    counts[0] = (counts[0] as number) + weight;
  }

  save(): readonly number[] {
    return [...this.#trues, ...this.#falses];
  }

  restore(numbers: readonly number[]): void {
    this.#trues.set(numbers.slice(0, this.#trues.length));
    this.#falses.set(numbers.slice(this.#trues.length));
  }

  /** In the order of the thresholds as they were given. */
  result(): ConfusionCounts {
    const [truePositives, falseNegatives] = this.#around(this.#trues);
    const [falsePositives, trueNegatives] = this.#around(this.#falses);
    return { truePositives, falsePositives, trueNegatives, falseNegatives };
  }

  /** Sums of what is above each threshold, and of what is not. */
  #around(buckets: Float64Array): [Float64Array, Float64Array] {
    const total = buckets.reduce((sum, count) => sum + count, 0);
    const above = new Float64Array(this.#sorted.length);
    let sum = 0;
    for (let i = above.length - 1; i >= 0; i--) {
      sum += buckets[i + 1] as number;
      above[i] = sum;
    }
    const positives = Float64Array.from(
      this.#thresholds,
      (value) => above[this.#bucketOf(Math.fround(value))] as number,
    );
    return [positives, positives.map((count) => total - count)];
  }

  /** As Keras finds it for evenly spread thresholds: by a multiplication, in float32. */
  #evenBucketOf(score: number): number {
    const clipped = score > 0 ? Math.min(score, 1) : 0;
    return Math.max(this.#least, Math.ceil(Math.fround(clipped * (this.#sorted.length - 1))));
  }

  /** The number of thresholds below the score. */
  #bucketOf(score: number): number {
    let [from, to] = [0, this.#sorted.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#sorted[middle] as number) < score) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
