import { ndarray } from "../arrays.js";
import { checkInteger } from "../checks.js";
import { checkChoice } from "./choice.js";
import { defineMetric } from "./define-metric.js";
import type { MetricResult } from "./metric.js";

const aggregations = ["uniform_average", "variance_weighted_average", "none"] as const;

export interface R2Options {
  /**
   * 'uniform_average' (the default): the mean over columns; 'variance_weighted_average': their mean by the variance of the
   * targets; 'none' or null: a figure per column. camelCase will do as well.
   */
  readonly classAggregation: (typeof aggregations)[number] | (string & {}) | null;
  /** The number of independent variables, for the adjusted score. Default 0: no adjustment. */
  readonly numRegressors: number;
}

/** What a column of outputs comes to. */
interface Sums {
  weight: number;
  sum: number;
  squares: number;
  residuals: number;
}

/**
 * 1 - Σ (y - p)² / Σ (y - ȳ)² of each column of [rows, columns]: 1 at best, 0 of outputs that are all the mean. Where all of a
 * column's targets are equal it is 0, or NaN if its outputs are equal to them, as in Keras.
 */
export const r2Score = /* @__PURE__ */ defineMetric<R2Options, MetricResult>("r2Score", {
  className: "R2Score",
  defaults: { classAggregation: "uniform_average", numRegressors: 0 },
  check({ classAggregation, numRegressors }, where) {
    checkChoice(toPlain(classAggregation), aggregations.map(toPlain), `${where}: classAggregation`);
    checkInteger(numRegressors, `${where}: numRegressors`, 0);
  },
  reading: { targets: "alike", values: "elements", rank: 2 },
  start({ classAggregation, numRegressors }) {
    const columns: Sums[] = [];
    let samples = 0;
    return {
      update(batch) {
        const { rows, width, stride, targetStride } = batch.memory;
        const { yTrue, yPred } = batch;
        while (columns.length < width) columns.push({ weight: 0, sum: 0, squares: 0, residuals: 0 });
        samples += rows;
        for (let row = 0; row < rows; row++) {
          for (let column = 0; column < width; column++) {
            const [y, p] = [yTrue[row * targetStride + column] as number, yPred[row * stride + column] as number];
            const weight = batch.weightOf(row, column);
            const sums = columns[column] as Sums;
            sums.weight += weight;
            sums.sum += y * weight;
            sums.squares += y * y * weight;
            sums.residuals += (y - p) * (y - p) * weight;
          }
        }
      },
      save: () => [samples, ...columns.flatMap((c) => [c.weight, c.sum, c.squares, c.residuals])],
      restore([seen = 0, ...numbers]) {
        samples = seen;
        for (let i = 0; i < numbers.length; i += 4) {
          const [weight = 0, sum = 0, squares = 0, residuals = 0] = numbers.slice(i, i + 4);
          columns.push({ weight, sum, squares, residuals });
        }
      },
      result() {
        const totals = columns.map(({ weight, sum, squares }) => squares - sum * (sum / weight));
        const scores = columns.map(({ residuals }, i) => finite(1 - residuals / (totals[i] as number)));
        const adjust = (score: number): number =>
          numRegressors > 0 && numRegressors < samples - 1
            ? 1 - ((1 - score) * (samples - 1)) / (samples - numRegressors - 1)
            : score;
        const kind = toPlain(classAggregation);
        if (kind === "none") return ndarray(Float64Array.from(scores, adjust));
        const weights = kind === "uniformaverage" ? scores.map(() => 1) : totals;
        const weight = weights.reduce((sum, one) => sum + one, 0);
        return adjust(scores.reduce((sum, score, i) => sum + score * (weights[i] as number), 0) / weight);
      },
    };
  },
});

function toPlain(text: string | null): string {
  return `${text ?? "none"}`.replaceAll("_", "").toLowerCase();
}

function finite(score: number): number {
  return Math.abs(score) === Infinity ? 0 : score;
}
