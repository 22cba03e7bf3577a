/** The formulas of assembly/losses/elementwise.ts, operation by operation, by their numbers. */
import { expNegative, log, log1p, power, tanh } from "./elementary.js";
import {
  add,
  byRows,
  divide,
  larger,
  type Matrix,
  multiply,
  pairs,
  perRow,
  round,
  smaller,
  subtract,
  sum,
} from "./float.js";
import { clipProbability, EPSILON } from "./losses.js";

/** a, b and c, in single precision. */
type Parameters = readonly [number, number, number];

interface Formula {
  value(p: number, y: number, parameters: Parameters): number;
  derivative(p: number, y: number, parameters: Parameters): number;
}

const LEAST_NORMAL = round(1.17549435e-38);
const LN2 = round(Math.LN2);

const formulas: readonly Formula[] = [
  { value: (p, y) => Math.abs(subtract(p, y)), derivative: sign },
  {
    value: (p, y) => divide(Math.abs(subtract(p, y)), larger(Math.abs(y), EPSILON)),
    derivative: (p, y) => divide(sign(p, y), larger(Math.abs(y), EPSILON)),
  },
  {
    value: (p, y) => square(logarithmicError(p, y)),
    derivative: (p, y) => (p >= EPSILON ? divide(multiply(2, logarithmicError(p, y)), add(p, 1)) : 0),
  },
  {
    value(p, y, [a]) {
      const error = subtract(p, y);
      if (Math.abs(error) <= a) return multiply(0.5, square(error));
      return multiply(a, subtract(Math.abs(error), multiply(0.5, a)));
    },
    derivative: (p, y, [a]) => smaller(larger(subtract(p, y), -a), a),
  },
  {
    value(p, y) {
      const error = Math.abs(subtract(p, y));
      return subtract(add(error, log1p(expNegative(multiply(error, -2)))), LN2);
    },
    derivative: (p, y) => tanh(subtract(p, y)),
  },
  {
    value: (p, y, [a, b]) => larger(margin(p, y, a, b), 0),
    derivative: (p, y, [a, b]) => (margin(p, y, a, b) > 0 ? -add(multiply(a, y), b) : 0),
  },
  {
    value: (p, y, [a, b]) => square(larger(margin(p, y, a, b), 0)),
    derivative: (p, y, [a, b]) => multiply(multiply(-2, add(multiply(a, y), b)), larger(margin(p, y, a, b), 0)),
  },
  {
    value: (p, y) => subtract(p, multiply(y, log(add(p, EPSILON)))),
    derivative: (p, y) => subtract(1, divide(y, add(p, EPSILON))),
  },
  {
    value: (p, y) => multiply(clipShare(y), log(divide(clipShare(y), clipShare(p)))),
    derivative: (p, y) => (p >= EPSILON && p <= 1 ? -divide(clipShare(y), p) : 0),
  },
  {
    value: (p, y, [a, b, c]) => -multiply(multiply(weight(y, b, c), power(distance(p, y), a)), entropy(p, y)),
    derivative(p, y, [a, b, c]) {
      const focus = power(distance(p, y), a);
      const dFocus = multiply(
        multiply(a, divide(focus, larger(distance(p, y), LEAST_NORMAL))),
        subtract(1, multiply(2, y)),
      );
      const q = clipProbability(p);
      const dEntropy = p === q ? subtract(divide(y, q), divide(subtract(1, y), subtract(1, q))) : 0;
      return -multiply(weight(y, b, c), add(multiply(dFocus, entropy(p, y)), multiply(focus, dEntropy)));
    },
  },
];

/** loss[i] = factor · Σj f(p, y). */
export function elementwiseLossForward(
  formula: number,
  p: Matrix,
  y: Matrix,
  parameters: readonly number[],
  factor: number,
  rows: number,
  width: number,
): Float32Array {
  const { value } = formulas[formula] as Formula;
  return perRow(rows, (i) =>
    multiply(sum(pairs(p, y, i, width, (x, t) => value(x, t, rounded(parameters)))), round(factor)),
  );
}

/** dP = scale · df/dp. */
export function elementwiseLossBackward(
  formula: number,
  p: Matrix,
  y: Matrix,
  parameters: readonly number[],
  scale: number,
  rows: number,
  width: number,
): Float32Array {
  const { derivative } = formulas[formula] as Formula;
  return byRows(rows, width, (i) =>
    pairs(p, y, i, width, (x, t) => multiply(round(scale), derivative(x, t, rounded(parameters)))),
  );
}

function rounded([a = 0, b = 0, c = 0]: readonly number[]): Parameters {
  return [round(a), round(b), round(c)];
}

function sign(p: number, y: number): number {
  return p > y ? 1 : p < y ? -1 : 0;
}

function square(x: number): number {
  return multiply(x, x);
}

function logarithmicError(p: number, y: number): number {
  return subtract(log(add(larger(p, EPSILON), 1)), log(add(larger(y, EPSILON), 1)));
}

function margin(p: number, y: number, a: number, b: number): number {
  return subtract(1, multiply(add(multiply(a, y), b), p));
}

function clipShare(x: number): number {
  return smaller(larger(x, EPSILON), 1);
}

function distance(p: number, y: number): number {
  return subtract(1, add(multiply(y, p), multiply(subtract(1, y), subtract(1, p))));
}

function weight(y: number, b: number, c: number): number {
  return add(multiply(y, b), multiply(subtract(1, y), c));
}

function entropy(p: number, y: number): number {
  const q = clipProbability(p);
  return add(multiply(y, log(q)), multiply(subtract(1, y), log(subtract(1, q))));
}
