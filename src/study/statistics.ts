/** What a few numbers say about where they come from. */
import { twoSidedP, twoSidedT } from "./student.js";

export interface Summary {
  readonly count: number;
  readonly mean: number;
  /** With n - 1; 0 for a single number. */
  readonly deviation: number;
  /** The 95 % interval of the mean by Student's t; null for a single number, of which nobody knows. */
  readonly interval: readonly [number, number] | null;
}

const CONFIDENCE = 0.95;

/** @param values At least one. */
export function summarize(values: readonly number[]): Summary {
  const count = values.length;
  const mean = meanOf(values);
  const deviation = deviationOf(values);
  if (count < 2) return { count, mean, deviation, interval: null };
  const half = twoSidedT(CONFIDENCE, count - 1) * (deviation / Math.sqrt(count));
  return { count, mean, deviation, interval: [mean - half, mean + half] };
}

export interface PairedTest {
  /** The mean of a - b. */
  readonly difference: number;
  readonly interval: readonly [number, number];
  readonly p: number;
}

/**
 * The paired t-test of a against b, corrected for runs that share training samples (Nadeau and Bengio 2003): the variance of the
 * mean is (1 / n + overlap) times that of the differences rather than 1 / n.
 *
 * @param overlap The size of the validation set over that of the training set; 0 for independent pairs.
 * @returns Undefined for fewer than two pairs.
 */
export function pairedTest(a: readonly number[], b: readonly number[], overlap: number): PairedTest | undefined {
  const count = Math.min(a.length, b.length);
  if (count < 2) return undefined;
  const differences = Array.from({ length: count }, (_, index) => (a[index] as number) - (b[index] as number));
  const difference = meanOf(differences);
  const error = deviationOf(differences) * Math.sqrt(1 / count + overlap);
  const half = twoSidedT(CONFIDENCE, count - 1) * error;
  const p = error === 0 ? Number(difference === 0) : twoSidedP(difference / error, count - 1);
  return { difference, interval: [difference - half, difference + half], p };
}

/**
 * p-values of many comparisons, each multiplied so that the chance of a single false "differs" among them stays below the level
 * that they are held against (Holm 1979).
 */
export function correctForMany(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] as number) - (values[b] as number));
  const corrected = new Array<number>(values.length);
  let largest = 0;
  order.forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, (values[index] as number) * (values.length - rank)));
    corrected[index] = largest;
  });
  return corrected;
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviationOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
