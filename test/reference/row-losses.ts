/** Losses of a row as a whole, or of several rows: operation by operation. */
import { log, power } from "./elementary.js";
import {
  add,
  at,
  byRows,
  divide,
  dot,
  type Matrix,
  multiply,
  pairs,
  perRow,
  round,
  row,
  squareRoot,
  subtract,
  sum,
} from "./float.js";
import { clipProbability, EPSILON, type LossGradient } from "./losses.js";

/** max(1 + max (1 - y) · p - Σ y · p, 0). */
export function categoricalHingeForward(p: Matrix, y: Matrix, rows: number, width: number): Float32Array {
  return perRow(rows, (i) => Math.max(hinge(p, y, i, width).miss, 0));
}

export const categoricalHingeBackward: LossGradient = (p, y, scale, rows, width) =>
  byRows(rows, width, (i) => {
    const { miss, wrong, largest } = hinge(p, y, i, width);
    const share = divide(1, sum(wrong.map((value) => (value === largest ? 1 : 0))));
    return wrong.map((value, j) => {
      const target = at(y, i, j);
      const pull = multiply(value === largest ? share : 0, subtract(1, target));
      return multiply(miss > 0 ? round(scale) : 0, subtract(pull, target));
    });
  });

function hinge(p: Matrix, y: Matrix, i: number, width: number) {
  const wrong = pairs(p, y, i, width, (value, target) => multiply(subtract(1, target), value));
  const largest = Math.max(...wrong);
  const right = dot(row(y, i, width), row(p, i, width));
  return { wrong, largest, miss: add(subtract(largest, right), 1) };
}

/** -Σ y · p / (|y| · |p|). */
export function cosineSimilarityForward(p: Matrix, y: Matrix, rows: number, width: number): Float32Array {
  return perRow(rows, (i) => -cosine(p, y, i, width).value);
}

export const cosineSimilarityBackward: LossGradient = (p, y, scale, rows, width) =>
  byRows(rows, width, (i) => {
    const { value, pNorm, norms } = cosine(p, y, i, width);
    const toY = divide(-round(scale), norms);
    const toP = pNorm > EPSILON ? divide(multiply(round(scale), value), multiply(pNorm, pNorm)) : 0;
    return pairs(p, y, i, width, (x, t) => add(multiply(t, toY), multiply(x, toP)));
  });

function cosine(p: Matrix, y: Matrix, i: number, width: number) {
  const [x, t] = [row(p, i, width), row(y, i, width)];
  const norm = (values: Float32Array): number => Math.max(squareRoot(dot(values, values)), EPSILON);
  const [pNorm, norms] = [norm(x), multiply(norm(x), norm(t))];
  return { value: divide(dot(t, x), norms), pNorm, norms };
}

/** q = p / Σ p clipped; -Σ y · ln q. */
export function categoricalCrossentropyForward(p: Matrix, y: Matrix, rows: number, width: number): Float32Array {
  return ofShares(p, y, rows, width, (q, target) => multiply(target, -log(q)));
}

/** scale / Σ p · (g - Σ g · q), g = -y / q, 0 where q was clipped. */
export const categoricalCrossentropyBackward: LossGradient = (p, y, scale, rows, width) =>
  throughShares(p, y, scale, rows, width, (q, target) => -divide(target, q));

/** q = p / Σ p clipped; -Σ y · (1 - q)^gamma · ln q. */
export function categoricalFocalCrossentropyForward(
  gamma: number,
  p: Matrix,
  y: Matrix,
  rows: number,
  width: number,
): Float32Array {
  return ofShares(p, y, rows, width, (q, target) => multiply(power(subtract(1, q), gamma), multiply(target, -log(q))));
}

export function categoricalFocalCrossentropyBackward(
  gamma: number,
  ...[p, y, scale, rows, width]: Parameters<LossGradient>
): Float32Array {
  return throughShares(p, y, scale, rows, width, (q, target) => {
    const rest = subtract(1, q);
    const slope = subtract(divide(multiply(round(gamma), log(q)), rest), divide(1, q));
    return multiply(multiply(target, power(rest, gamma)), slope);
  });
}

/** The sum over each row of a formula of clipped shares and targets. */
function ofShares(
  p: Matrix,
  y: Matrix,
  rows: number,
  width: number,
  formula: (q: number, target: number) => number,
): Float32Array {
  return perRow(rows, (i) => {
    const total = sum(row(p, i, width));
    return sum(pairs(p, y, i, width, (value, target) => formula(clipProbability(divide(value, total)), target)));
  });
}

/** The gradient from that of the clipped shares. */
function throughShares(
  p: Matrix,
  y: Matrix,
  scale: number,
  rows: number,
  width: number,
  slope: (q: number, target: number) => number,
): Float32Array {
  return byRows(rows, width, (i) => {
    const total = sum(row(p, i, width));
    const share = row(p, i, width).map((value) => divide(value, total));
    const q = share.map(clipProbability);
    const g = q.map((value, j) => (share[j] === value ? slope(value, at(y, i, j)) : 0));
    const projection = dot(g, q);
    return g.map((value) => multiply(divide(round(scale), total), subtract(value, projection)));
  });
}

/** (1 - (Σ y · p)^q) / q. */
export function generalizedCrossentropyForward(
  q: number,
  p: Matrix,
  y: Matrix,
  rows: number,
  width: number,
): Float32Array {
  return perRow(rows, (i) => divide(subtract(1, power(dot(row(y, i, width), row(p, i, width)), q)), round(q)));
}

export function generalizedCrossentropyBackward(
  q: number,
  p: Matrix,
  y: Matrix,
  scale: number,
  rows: number,
  width: number,
): Float32Array {
  return byRows(rows, width, (i) => {
    const hit = Math.max(dot(row(y, i, width), row(p, i, width)), EPSILON);
    const slope = multiply(-round(scale), divide(power(hit, q), hit));
    return row(y, i, width).map((target) => multiply(slope, target));
  });
}

/** Numerator's factor, and the divisor's factors of Σ y · p, Σ y and Σ p. */
export type Shares = readonly [number, number, number, number];

/** 1 - share · Σ y · p / (a · Σ y · p + b · Σ y + c · Σ p + ε), over groups of rows. */
export function overlapLossForward(
  shares: Shares,
  groupRows: number,
  p: Matrix,
  y: Matrix,
  rows: number,
  width: number,
): Float32Array {
  return perRow(rows, (i) => {
    const { both, total } = overlap(shares, groupRows, i, p, y, width);
    return subtract(1, divide(multiply(round(shares[0]), both), total));
  });
}

export function overlapLossBackward(
  shares: Shares,
  groupRows: number,
  p: Matrix,
  y: Matrix,
  scale: number,
  rows: number,
  width: number,
): Float32Array {
  const [share, a, , c] = shares.map(round) as unknown as Shares;
  return byRows(rows, width, (i) => {
    const { both, total } = overlap(shares, groupRows, i, p, y, width);
    const s = divide(multiply(round(scale), share), multiply(total, total));
    const toY = multiply(s, subtract(multiply(a, both), total));
    const constant = multiply(multiply(s, c), both);
    return row(y, i, width).map((target) => add(multiply(target, toY), constant));
  });
}

function overlap([, a, b, c]: Shares, groupRows: number, i: number, p: Matrix, y: Matrix, width: number) {
  let [both, ySum, pSum] = [0, 0, 0];
  const first = i - (i % groupRows);
  for (let k = first; k < first + groupRows; k++) {
    both = add(both, dot(row(y, k, width), row(p, k, width)));
    ySum = add(ySum, sum(row(y, k, width)));
    pSum = add(pSum, sum(row(p, k, width)));
  }
  const counted = add(add(multiply(round(a), both), multiply(round(b), ySum)), multiply(round(c), pSum));
  return { both, total: add(counted, EPSILON) };
}
