import { ndarray } from "../arrays.js";
import { checkNumber } from "../checks.js";
import { checkChoice } from "./choice.js";
import { defineMetric } from "./define-metric.js";
import type { Reading } from "./host-arrays.js";
import type { MetricResult, MetricState } from "./metric.js";

/** Keras's backend epsilon, which keeps its quotients from 0 / 0. */
const EPSILON = 1e-7;
const averages = ["none", "micro", "macro", "weighted"] as const;

export interface F1Options {
  /**
   * 'none' or null (the default): a figure per class. 'micro': one of all counts together; 'macro': the classes' mean;
   * 'weighted': their mean by the number of samples of each.
   */
  readonly average: (typeof averages)[number] | (string & {}) | null;
  /** In (0, 1]: outputs above it are positive. Default: in each row the largest is, with all its equals, unless it is 0. */
  readonly threshold: number | null;
}

export interface FBetaOptions extends F1Options {
  /** How much more recall counts than precision. Above 0. Default 1. */
  readonly beta: number;
}

const reading: Reading = { targets: "alike", values: "rows", rank: 2 };

/**
 * (1 + β²) · precision · recall / (β² · precision + recall), and 0 where there is nothing to divide by. Targets: 0 and 1, [rows,
 * classes].
 */
export const fBetaScore = /* @__PURE__ */ defineMetric<FBetaOptions, MetricResult>("fBetaScore", {
  className: "FBetaScore",
  defaults: { average: null, beta: 1, threshold: null },
  check: checkScore,
  reading,
  start: runScore,
});

/** 2 · precision · recall / (precision + recall), their harmonic mean: `fBetaScore` with beta 1. Targets: 0 and 1, [rows, classes]. */
export const f1Score = /* @__PURE__ */ defineMetric<F1Options, MetricResult>("f1Score", {
  className: "F1Score",
  defaults: { average: null, threshold: null },
  check: (options, where) => checkScore({ ...options, beta: 1 }, where),
  reading,
  start: (options) => runScore({ ...options, beta: 1 }),
});

function checkScore({ average, beta, threshold }: FBetaOptions, where: string): void {
  if (average !== null) checkChoice(average, averages, `${where}: average`);
  checkNumber(beta, `${where}: beta`, "a number above 0", (value) => value > 0);
  if (threshold !== null) checkNumber(threshold, `${where}: threshold`, "a number in (0, 1]", (t) => t > 0 && t <= 1);
}

/** Of one class, or of all together. */
interface Counts {
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
  /** The weight of the samples in the class. */
  support: number;
}

function runScore({ average: given, beta, threshold }: FBetaOptions): MetricState<MetricResult> {
  const average = given?.toLowerCase() ?? "none";
  const bound = threshold === null ? undefined : Math.fround(threshold);
  const classes: Counts[] = [];
  return {
    update(batch) {
      const { rows, width, stride, targetStride } = batch.memory;
      const { yTrue, yPred } = batch;
      const groups = average === "micro" ? 1 : width;
      while (classes.length < groups)
        classes.push({ truePositives: 0, falsePositives: 0, falseNegatives: 0, support: 0 });
      for (let row = 0; row < rows; row++) {
        const scores = yPred.subarray(row * stride, row * stride + width);
        const largest = bound === undefined ? scores.reduce((a, b) => Math.max(a, b), -Infinity) : 0;
        const weight = batch.weightOf(row);
        for (let column = 0; column < width; column++) {
          const [score, truth] = [scores[column] as number, yTrue[row * targetStride + column] as number];
          const isPositive = bound === undefined ? score >= largest && Math.abs(score) > 1e-9 : score > bound;
          const counts = classes[average === "micro" ? 0 : column] as Counts;
          if (isPositive) counts.truePositives += truth * weight;
          if (isPositive) counts.falsePositives += (1 - truth) * weight;
          else counts.falseNegatives += truth * weight;
          counts.support += truth * weight;
        }
      }
    },
    save: () => classes.flatMap((c) => [c.truePositives, c.falsePositives, c.falseNegatives, c.support]),
    restore(numbers) {
      for (let i = 0; i < numbers.length; i += 4) {
        const [truePositives = 0, falsePositives = 0, falseNegatives = 0, support = 0] = numbers.slice(i, i + 4);
        classes.push({ truePositives, falsePositives, falseNegatives, support });
      }
    },
    result() {
      const scores = classes.map((counts) => scoreOf(counts, beta));
      if (average === "none") return ndarray(Float64Array.from(scores));
      const supports = classes.map(({ support }) => (average === "weighted" ? support : 1));
      const total = supports.reduce((sum, support) => sum + support, 0) + (average === "weighted" ? EPSILON : 0);
      return total === 0 ? 0 : scores.reduce((sum, score, i) => sum + score * ((supports[i] as number) / total), 0);
    },
  };
}

function scoreOf({ truePositives, falsePositives, falseNegatives }: Counts, beta: number): number {
  const precision = truePositives / (truePositives + falsePositives + EPSILON);
  const recall = truePositives / (truePositives + falseNegatives + EPSILON);
  const square = beta * beta;
  return ((1 + square) * precision * recall) / (square * precision + recall + EPSILON);
}
