/** Losses of a row as a whole. */
import {
  categoricalFocalCrossentropyBackward,
  categoricalFocalCrossentropyForward,
  categoricalHingeBackward,
  categoricalHingeForward,
  cosineSimilarityBackward,
  cosineSimilarityForward,
  generalizedCrossentropyBackward,
  generalizedCrossentropyForward,
  overlapLossBackward,
  overlapLossForward,
  type Shares,
} from "../../reference.js";
import { distributions, fractions, numbers, withExtremes } from "../samples.js";
import { checkLoss } from "./check.js";

const inRows = { inputs: (rows: number, width: number) => numbers(rows * width, 1) };
const probable = { inputs: (rows: number, width: number) => fractions(rows * width, 1) };
const shared = { targets: (rows: number, width: number) => distributions(rows, width, 2) };
const EPSILON = Math.fround(1e-7);

checkLoss({
  name: "categoricalHinge",
  fused: false,
  backwardInPlace: true,
  backwardScratch: true,
  forward: categoricalHingeForward,
  backward: categoricalHingeBackward,
  exact(p, y) {
    const wrong = Math.max(...p.map((value, j) => (1 - (y[j] as number)) * value));
    return Math.max(1 + wrong - product(y, p), 0);
  },
  inputs: (rows, width) => numbers(rows * width, 1).map((value) => 2 * value),
  ...shared,
});

checkLoss({
  name: "cosineSimilarity",
  fused: false,
  backwardInPlace: true,
  backwardScratch: true,
  forward: cosineSimilarityForward,
  backward: cosineSimilarityBackward,
  exact: (p, y) => -product(y, p) / Math.sqrt(product(p, p) * product(y, y)),
  ...inRows,
  targets: (rows, width) => numbers(rows * width, 2),
});

for (const gamma of [2, 0.7]) {
  checkLoss({
    name: `focal, gamma ${gamma}`,
    kernel: "categoricalFocalCrossentropy",
    parameters: [gamma],
    fused: false,
    backwardInPlace: false,
    forward: (...rest) => categoricalFocalCrossentropyForward(gamma, ...rest),
    backward: (...rest) => categoricalFocalCrossentropyBackward(gamma, ...rest),
    exact(p, y) {
      const total = p.reduce((a, b) => a + b, 0);
      const q = p.map((value) => Math.min(Math.max(value / total, EPSILON), 1 - 2 ** -23));
      return -q.reduce((sum, value, j) => sum + (y[j] as number) * (1 - value) ** gamma * Math.log(value), 0);
    },
    inputs: (rows, width) => withExtremes(rows * width, 1),
    ...shared,
  });
}

checkLoss({
  name: "generalizedCrossentropy",
  parameters: [0.3],
  fused: false,
  backwardInPlace: true,
  backwardScratch: true,
  forward: (...rest) => generalizedCrossentropyForward(0.3, ...rest),
  backward: (...rest) => generalizedCrossentropyBackward(0.3, ...rest),
  exact: (p, y) => (1 - product(y, p) ** 0.3) / 0.3,
  ...probable,
  ...shared,
});

for (const [name, shares] of [
  ["dice", [2, 0, 1, 1]],
  ["tversky", [1, 0.5, 0.2, 0.3]],
] as const) {
  for (const group of [(rows: number) => Math.min(rows, 1), (rows: number) => rows]) {
    checkLoss({
      name: `${name} of groups of ${group(5)}`,
      kernel: "overlapLoss",
      parameters: shares,
      sizes: { forward: (rows) => [group(rows)], backward: (rows) => [group(rows)] },
      fused: false,
      backwardInPlace: true,
      backwardScratch: true,
      forward: (p, y, rows, width) => overlapLossForward(shares as Shares, group(rows), p, y, rows, width),
      backward: (p, y, scale, rows, width) =>
        overlapLossBackward(shares as Shares, group(rows), p, y, scale, rows, width),
      exact(p, y) {
        const [share, a, b, c] = shares;
        const [ySum, pSum] = [y, p].map((values) => values.reduce((sum, value) => sum + value, 0)) as [number, number];
        return 1 - (share * product(y, p)) / (a * product(y, p) + b * ySum + c * pSum + EPSILON);
      },
      ...probable,
      targets: (rows, width) => withExtremes(rows * width, 2),
    });
  }
}

function product(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, j) => sum + value * (b[j] as number), 0);
}
