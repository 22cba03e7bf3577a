/** What a model says about each test digit. */
import type { Digits } from "../digits/digits.js";
import { largestIndex } from "../draw/bars.js";
import type { TestResult } from "../worker/protocol.js";

const CLASSES = 10;

export interface Verdict {
  /** Which of the digits. */
  readonly index: number;
  readonly actual: number;
  readonly predicted: number;
  /** The probability of what was predicted. */
  readonly sure: number;
}

export function readVerdicts({ labels }: Digits, { indices, probabilities }: TestResult): Verdict[] {
  return Array.from(indices, (index, row) => {
    const scores = probabilities.subarray(row * CLASSES, (row + 1) * CLASSES);
    const predicted = largestIndex(scores);
    return { index, actual: labels[index] ?? 0, predicted, sure: scores[predicted] ?? 0 };
  });
}

/** The mistakes that the model was surest of come first. */
export function worstMistakes(verdicts: readonly Verdict[]): Verdict[] {
  return verdicts.filter(({ actual, predicted }) => actual !== predicted).sort((a, b) => b.sure - a.sure);
}

/** counts[actual][predicted] */
export function countConfusions(verdicts: readonly Verdict[]): number[][] {
  const counts = Array.from({ length: CLASSES }, () => new Array<number>(CLASSES).fill(0));
  for (const { actual, predicted } of verdicts) {
    const row = counts[actual] as number[];
    row[predicted] = (row[predicted] as number) + 1;
  }
  return counts;
}
