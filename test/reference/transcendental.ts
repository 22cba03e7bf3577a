/** The activations of assembly/activations/transcendental.ts, each with its slope. */
import { expNegativeOffset, log1p, normalDistribution } from "./elementary.js";
import { add, divide, fromBits, larger, multiply, round, smaller, subtract, toBits } from "./float.js";

/** Values and slopes at x, from the exponential e that the function is made of. */
interface Transcendental {
  /** z ≤ 0, of which e is the exponential, as what it was rounded to and what it was rounded by; and -1 where e is less 1. */
  exponent?(x: number, alpha: number): readonly [z: number, low: number, offset: number];
  value(x: number, e: number, alpha: number): number;
  slope(x: number, e: number, alpha: number): number;
}

const GELU_LINEAR = round(1.5957691216057308);
const GELU_CUBIC = round(0.07135481627260025);
const NORMAL_DENSITY = round(0.3989422804014327);

/** In the order of their numbers. */
export const transcendental: Readonly<Record<string, Transcendental>> = {
  exponential: {
    exponent: (x) => [smaller(x, multiply(x, -0.5)), 0, 0],
    value: exponential,
    slope: exponential,
  },
  softplus: {
    value: (x, e, alpha) => multiply(alpha, add(larger(multiply(alpha, x), 0), log1p(e))),
    slope: (x, e, alpha) => logistic(multiply(alpha, x), e),
  },
  silu: {
    value: (x, e) => multiply(x, logistic(x, e)),
    slope: (x, e) => logisticSlope(x, x, e),
  },
  mish: {
    value: (x, e) => multiply(x, multiply(mishNumerator(x, e), divide(1, mishDenominator(x, e)))),
    slope(x, e) {
      const r = divide(1, mishDenominator(x, e));
      const c = x < 0 ? e : multiply(e, e);
      const slope = multiply(multiply(multiply(4, c), add(1, e)), multiply(r, r));
      return add(multiply(mishNumerator(x, e), r), multiply(x, slope));
    },
  },
  gelu: {
    exponent(x) {
      const high = fromBits(toBits(x) & 0xfffff000);
      const low = multiply(multiply(subtract(x, high), add(x, high)), -0.5);
      return [multiply(multiply(high, high), -0.5), low, 0];
    },
    value: (x, e) => multiply(x, normalDistribution(x, e)),
    slope: (x, e) => add(normalDistribution(x, e), multiply(x, multiply(e, NORMAL_DENSITY))),
  },
  geluTanh: {
    exponent: (x) => [multiply(-Math.abs(x), add(GELU_LINEAR, multiply(GELU_CUBIC, multiply(x, x)))), 0, 0],
    value: (x, e) => multiply(x, logistic(x, e)),
    slope(x, e) {
      const square = smaller(multiply(x, x), 400);
      return logisticSlope(multiply(x, add(GELU_LINEAR, multiply(multiply(3, GELU_CUBIC), square))), x, e);
    },
  },
  tanhShrink: {
    exponent: (x) => [multiply(-2, Math.abs(x)), 0, -1],
    value(x, e) {
      const magnitude = Math.abs(divide(e, add(e, 2)));
      return subtract(x, x < 0 || Object.is(x, -0) ? -magnitude : magnitude);
    },
    slope: (_, e) => multiply(divide(e, add(e, 2)), divide(e, add(e, 2))),
  },
  celu: {
    exponent: (x, alpha) => [divide(smaller(x, 0), alpha), 0, -1],
    value: (x, e, alpha) => add(larger(x, 0), multiply(alpha, e)),
    slope: (_, e) => add(1, e),
  },
};

export function transcendentalForward(x: Float32Array, kind: string, alpha: number): Float32Array {
  const { exponent = plain, value } = transcendental[kind] as Transcendental;
  return x.map((one) => value(one, expNegativeOffset(...exponent(one, round(alpha))), round(alpha)));
}

export function transcendentalBackward(dY: Float32Array, x: Float32Array, kind: string, alpha: number): Float32Array {
  const { exponent = plain, slope } = transcendental[kind] as Transcendental;
  return dY.map((d, i) => {
    const one = x[i] as number;
    return multiply(d, slope(one, expNegativeOffset(...exponent(one, round(alpha))), round(alpha)));
  });
}

function exponential(x: number, e: number): number {
  return x > 0 ? multiply(divide(1, e), divide(1, e)) : e;
}

function plain(x: number): readonly [number, number, number] {
  return [-Math.abs(x), 0, 0];
}

/** 1 / (1 + e^-z), z having the sign of x, from e = e^-|z|. */
function logistic(x: number, e: number): number {
  return multiply(x < 0 ? e : 1, divide(1, add(1, e)));
}

/** σ z + factor · σ'(z). */
function logisticSlope(factor: number, x: number, e: number): number {
  const r = divide(1, add(1, e));
  return add(multiply(x < 0 ? e : 1, r), multiply(factor, multiply(multiply(e, r), r)));
}

function mishNumerator(x: number, e: number): number {
  return add(add(e, e), x < 0 ? multiply(e, e) : 1);
}

function mishDenominator(x: number, e: number): number {
  const c = x < 0 ? 1 : multiply(e, e);
  return add(mishNumerator(x, e), add(c, c));
}
