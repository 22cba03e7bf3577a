/** The activations of assembly/activations/algebraic.ts, each with its slope. */
import { add, divide, larger, multiply, round, smaller, squareRoot, subtract } from "./float.js";

/** Values and slopes at x, a to d being parameters. */
interface Algebraic {
  value(x: number, a: number, b: number, c: number, d: number): number;
  slope(x: number, a: number, b: number, c: number, d: number): number;
}

const hardSigmoid: Algebraic = {
  value: ramp,
  slope: (x, a) => (inside(ramp(x, a), 0, 1) ? divide(1, a) : 0),
};

const inside = (x: number, low: number, high: number): boolean => x > low && x < high;

/** In the order of their numbers. */
export const algebraic = {
  threshold: {
    value: (x, a, b, c, d) => (x <= a ? b : clip(x, c, d)),
    slope: (x, a, _, c, d) => (!(x <= a) && inside(x, c, d) ? 1 : 0),
  },
  leaky: {
    value: (x, a, b, c, d) => (x <= a ? multiply(b, subtract(x, a)) : clip(x, c, d)),
    slope: (x, a, b, c, d) => (x <= a ? b : inside(x, c, d) ? 1 : 0),
  },
  hardSigmoid,
  hardSilu: {
    value: (x) => multiply(x, ramp(x, 6)),
    slope: (x) => add(ramp(x, 6), inside(ramp(x, 6), 0, 1) ? divide(x, 6) : 0),
  },
  hardShrink: {
    value: (x, a) => (Math.abs(x) <= a ? 0 : x),
    slope: (x, a) => (Math.abs(x) <= a ? 0 : 1),
  },
  softShrink: {
    value: (x, a) => (Math.abs(x) <= a ? 0 : subtract(x, clip(x, -a, a))),
    slope: (x, a) => (Math.abs(x) <= a ? 0 : 1),
  },
  softsign: {
    value: (x) => multiply(x, divide(1, add(1, Math.abs(x)))),
    slope: (x) => multiply(divide(1, add(1, Math.abs(x))), divide(1, add(1, Math.abs(x)))),
  },
  squareplus: {
    value: (x, a) => squareplus(x, hypotenuse(x, a), a),
    slope: (x, a) => divide(squareplus(x, hypotenuse(x, a), a), hypotenuse(x, a)),
  },
  sparsePlus: {
    value: (x) => (x >= 1 ? x : multiply(ramp(x, 2), ramp(x, 2))),
    slope: (x) => ramp(x, 2),
  },
} satisfies Record<string, Algebraic>;

export type AlgebraicParameters = readonly [a: number, b: number, c: number, d: number];

export function algebraicForward(x: Float32Array, kind: keyof typeof algebraic, parameters: AlgebraicParameters) {
  const [a, b, c, d] = parameters.map(round) as [number, number, number, number];
  return x.map((value) => algebraic[kind].value(value, a, b, c, d));
}

export function algebraicBackward(
  dY: Float32Array,
  x: Float32Array,
  kind: keyof typeof algebraic,
  parameters: AlgebraicParameters,
): Float32Array {
  const [a, b, c, d] = parameters.map(round) as [number, number, number, number];
  return dY.map((gradient, i) => multiply(gradient, algebraic[kind].slope(x[i] as number, a, b, c, d)));
}

function clip(x: number, low: number, high: number): number {
  return smaller(larger(x, low), high);
}

/** x / width + ½, from 0 to 1. */
function ramp(x: number, width: number): number {
  return clip(add(divide(x, width), 0.5), 0, 1);
}

/** √(x² + a), or |x| where x² is too large. */
function hypotenuse(x: number, a: number): number {
  return larger(smaller(squareRoot(add(multiply(x, x), a)), round(1e18)), Math.abs(x));
}

function squareplus(x: number, root: number, a: number): number {
  return x < 0 ? divide(multiply(0.5, a), subtract(root, x)) : add(multiply(0.5, x), multiply(0.5, root));
}
