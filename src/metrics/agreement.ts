import { checkChoice } from "./choice.js";
import { ClassPairs, readLabels, sumOf } from "./class-pairs.js";
import { defineMetric } from "./define-metric.js";

const weightings = ["none", "linear", "quadratic"] as const;

export interface KappaOptions {
  /** How much a mistake counts: 'none' (the default): all the same; 'linear' or 'quadratic' in the distance of the classes. */
  readonly weights: (typeof weightings)[number] | (string & {});
}

/**
 * Cohen's kappa, 1 - Σ cost · observed / Σ cost · expected: how much better the predicted classes agree with the true ones than
 * by chance. 1 at best, 0 as by chance; NaN where only one class occurs. As scikit-learn's `cohen_kappa_score`.
 *
 * Both arguments: class numbers, or rows of scores, of which the largest counts.
 */
export const cohenKappa = /* @__PURE__ */ defineMetric<KappaOptions>("cohenKappa", {
  className: "CohenKappa",
  defaults: { weights: "none" },
  check: ({ weights }, where) => checkChoice(weights, weightings, `${where}: weights`),
  reading: readLabels,
  start({ weights }) {
    const pairs = new ClassPairs();
    const costOf = (distance: number): number =>
      weights.toLowerCase() === "none"
        ? Math.sign(distance)
        : weights.toLowerCase() === "linear"
          ? distance
          : distance ** 2;
    return {
      update: (batch) => pairs.addRows(batch),
      save: () => pairs.save(),
      restore: (numbers) => pairs.restore(numbers),
      result() {
        const matrix = pairs.matrix();
        const [truths, predictions] = marginsOf(matrix);
        const all = sumOf(truths);
        let [observed, expected] = [0, 0];
        for (const [i, row] of matrix.entries()) {
          for (const [j, count] of row.entries()) {
            const cost = costOf(Math.abs(i - j));
            observed += cost * count;
            expected += (cost * (truths[i] as number) * (predictions[j] as number)) / all;
          }
        }
        return 1 - observed / expected;
      },
    };
  },
});

/**
 * Matthews's correlation of true and predicted classes, in [-1, 1]; 0 where either are all the same. As scikit-learn's
 * `matthews_corrcoef`. Both arguments as of `cohenKappa`.
 */
export const matthewsCorrelation = /* @__PURE__ */ defineMetric("matthewsCorrelation", {
  className: "MatthewsCorrelation",
  defaults: {},
  reading: readLabels,
  start() {
    const pairs = new ClassPairs();
    return {
      update: (batch) => pairs.addRows(batch),
      save: () => pairs.save(),
      restore: (numbers) => pairs.restore(numbers),
      result() {
        const matrix = pairs.matrix();
        const [truths, predictions] = marginsOf(matrix);
        const all = sumOf(truths);
        const hits = sumOf(matrix.map((row, i) => row[i] as number));
        const product = (a: readonly number[], b: readonly number[]): number =>
          sumOf(a.map((x, i) => x * (b[i] as number)));
        const covariance = hits * all - product(truths, predictions);
        const variances = (all * all - product(truths, truths)) * (all * all - product(predictions, predictions));
        return variances === 0 ? 0 : covariance / Math.sqrt(variances);
      },
    };
  },
});

/** The sums of the rows and of the columns. */
function marginsOf(matrix: readonly (readonly number[])[]): readonly [number[], number[]] {
  return [matrix.map(sumOf), matrix.map((_, j) => sumOf(matrix.map((row) => row[j] as number)))];
}
