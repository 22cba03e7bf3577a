/** Keras's formulas of the activations, in double precision: what a new one needs a line in. */
import type { activations } from "../../src/index.js";

const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

/** y from x, with the options that are in Keras's arguments. */
export type Formula = (x: number, options: Readonly<Record<string, number>>) => number;
export type RowFormula = (row: readonly number[]) => number[];

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const clip = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const silu = (x: number): number => x * logistic(x);
const hardSilu = (x: number): number => x * clip(x / 6 + 0.5, 0, 1);

/** Value by value. */
export const formulas = {
  celu: (x, { alpha = 1 }) => Math.max(x, 0) + alpha * Math.expm1(Math.min(x, 0) / alpha),
  elu: (x, { alpha = 1 }) => (x > 0 ? x : alpha * Math.expm1(x)),
  exponential: (x) => Math.exp(x),
  gelu: (x, { approximate }) =>
    approximate ? geluTanh(x) : (x * (1 + Math.sign(x) * erf(Math.abs(x) / Math.SQRT2))) / 2,
  hardShrink: (x, { threshold = 0.5 }) => (Math.abs(x) > threshold ? x : 0),
  hardSigmoid: (x) => clip(x / 6 + 0.5, 0, 1),
  hardSilu,
  hardSwish: hardSilu,
  hardTanh: (x) => clip(x, -1, 1),
  leakyRelu: (x, { negativeSlope = 0.2 }) => (x > 0 ? x : negativeSlope * x),
  linear: (x) => x,
  logSigmoid: (x) => -softplus(-x),
  mish: (x) => x * Math.tanh(softplus(x)),
  relu: (x, { negativeSlope = 0, maxValue = Infinity, threshold = 0 }) =>
    x > threshold
      ? maxValue === Infinity
        ? x
        : clip(x, 0, maxValue)
      : negativeSlope && negativeSlope * (x - threshold),
  relu6: (x) => clip(x, 0, 6),
  selu: (x) => SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x)),
  sigmoid: logistic,
  silu,
  softplus,
  softShrink: (x, { threshold = 0.5 }) => x - clip(x, -threshold, threshold),
  softsign: (x) => x / (1 + Math.abs(x)),
  sparsePlus: (x) => (x >= 1 ? x : clip((x + 1) / 2, 0, 1) ** 2),
  sparseSigmoid: (x) => clip((x + 1) / 2, 0, 1),
  squareplus: (x, { b = 4 }) => (x + Math.sqrt(x * x + b)) / 2,
  swish: silu,
  tanh: Math.tanh,
  tanhShrink: (x) => x - Math.tanh(x),
  threshold: (x, { threshold = 0, defaultValue = 0 }) => (x > threshold ? x : defaultValue),
} satisfies Partial<Record<keyof typeof activations, Formula>>;

/** Row by row. */
export const rowFormulas = {
  logSoftmax: (row) => {
    const maximum = Math.max(...row);
    const logarithm = Math.log(row.reduce((total, x) => total + Math.exp(x - maximum), 0));
    return row.map((x) => x - maximum - logarithm);
  },
  softmax: (row) => {
    const exponentials = row.map((x) => Math.exp(x - Math.max(...row)));
    const total = exponentials.reduce((sum, e) => sum + e, 0);
    return exponentials.map((e) => e / total);
  },
  sparsemax: (row) => {
    let total = 0;
    let tau = 0;
    row
      .toSorted((a, b) => b - a)
      .forEach((x, i) => {
        total += x;
        if (x > (total - 1) / (i + 1)) tau = (total - 1) / (i + 1);
      });
    return row.map((x) => Math.max(x - tau, 0));
  },
} satisfies Record<Exclude<keyof typeof activations, keyof typeof formulas>, RowFormula>;

function geluTanh(x: number): number {
  return (x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))) / 2;
}

/** For x ≥ 0, by its series with positive terms: erf x = 2/√π · e^-x² · Σ 2^n x^(2n+1) / (2n+1)!!. */
function erf(x: number): number {
  if (x > 6) return 1;
  let term = x;
  let total = x;
  for (let n = 1; term > 1e-18 * total; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    total += term;
  }
  return Math.min(1, (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total);
}
