/** The elementary functions of assembly/elementary.ts, operation by operation. */
import { add, divide, fromBits, larger, multiply, round, squareRoot, subtract, toBits } from "./float.js";

const LOG2_E = round(Math.LOG2E);
const LN2_HIGH = 0.693359375;
const LN2_LOW = round(-2.1219444e-4);
/** 1.5 · 2^23: adding it rounds to an integer, which is then found in the low bits. */
const ROUND = 12582912;
const SMALLEST_NORMAL = round(1.17549435e-38);
const SQRT_HALF_BITS = 0x3f3504f3;

/** e^x - 1 for x ≤ 0. */
export function expm1Negative(x: number): number {
  const { scale, p } = expParts(x);
  return add(multiply(scale, p), subtract(scale, 1));
}

/** e^x for x ≤ 0, 0 below -87. */
export function expNegative(x: number): number {
  const { scale, p } = expParts(x);
  return x < -87 ? 0 : add(multiply(scale, p), scale);
}

/** e^(x + low) + offset for x ≤ 0 and an offset of 0 or -1, the offset alone below -87. */
export function expNegativeOffset(x: number, low: number, offset: number): number {
  const { scale, p } = expParts(x, low);
  return x < -87 ? offset : add(multiply(scale, p), add(scale, offset));
}

/** ln x; denormals count as 0. */
export function log(x: number): number {
  if (x === Number.POSITIVE_INFINITY) return x;
  if (!(x >= SMALLEST_NORMAL)) return Math.abs(x) < SMALLEST_NORMAL ? Number.NEGATIVE_INFINITY : Number.NaN;
  // x = 2^e · (1 + f) with 1 + f in [√½, √2)
  const bits = toBits(x) - SQRT_HALF_BITS;
  const e = bits >> 23;
  const f = subtract(fromBits((bits & 0x007fffff) + SQRT_HALF_BITS), 1);
  const p = polynomial(
    f,
    [
      7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
      2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
    ],
  );
  const square = multiply(f, f);
  let y = multiply(multiply(p, f), square);
  y = add(y, multiply(e, LN2_LOW));
  y = subtract(y, multiply(square, 0.5));
  return add(add(f, y), multiply(e, LN2_HIGH));
}

/** ln(1 + x) for x in [0, 1]. */
export function log1p(x: number): number {
  const s = divide(x, add(2, x));
  const square = multiply(s, s);
  const twice = add(s, s);
  const p = polynomial(square, [0.140059947, 0.140009024, 0.200107637, 0.333332082]);
  return add(twice, multiply(multiply(twice, square), p));
}

/** x^exponent for x in [0, 1]. */
export function power(x: number, exponent: number): number {
  if (exponent === 0) return 1;
  return exponent === 2 ? multiply(x, x) : expNegative(multiply(round(exponent), log(x)));
}

export function sigmoid(x: number): number {
  const e = expNegative(-Math.abs(x));
  return divide(x < 0 ? e : 1, add(1, e));
}

export function tanh(x: number): number {
  const t = expm1Negative(multiply(Math.abs(x), -2));
  const magnitude = Math.abs(divide(t, add(t, 2)));
  return x < 0 || Object.is(x, -0) ? -magnitude : magnitude;
}

/** √2 · erf⁻¹(x) for |x| ≤ 1 - 2^-24. */
export function normalQuantile(x: number): number {
  const logarithm = log(multiply(subtract(1, x), add(1, x)));
  const p =
    logarithm > -5
      ? polynomial(
          subtract(-2.5, logarithm),
          [
            2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164,
            0.246640727, 1.50140941,
          ],
        )
      : polynomial(
          subtract(squareRoot(-logarithm), 3),
          [
            -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047,
            1.00167406, 2.83297682,
          ],
        );
  return multiply(multiply(p, x), round(Math.SQRT2));
}

/** Φ(x), from e = e^(-x²/2). */
export function normalDistribution(x: number, e: number): number {
  const t = divide(1, add(1, multiply(round(0.34), Math.abs(x))));
  const p = polynomial(
    t,
    [
      -2.64718808e-2, 1.41150062e-1, -2.76414069e-1, 2.05777561e-1, -4.70846265e-2, 1.16314184e-1, 1.14967544e-1,
      1.36142381e-1, 1.35618856e-1,
    ],
  );
  const tail = multiply(e, multiply(p, t));
  return x < 0 ? tail : subtract(1, tail);
}

/** sin(2π · (x + quarters / 4)) for |x| ≤ 1. */
export function sineOfTurns(x: number, quarters: number): number {
  const nearest = multiply(x, 4);
  const floor = Math.floor(nearest);
  // Halves go to the even side
  const up = nearest - floor > 0.5 || (nearest - floor === 0.5 && floor % 2 !== 0);
  const quarter = (up ? floor + 1 : floor) + quarters;
  const r = multiply(subtract(x, (quarter - quarters) / 4), round(2 * Math.PI));
  const square = multiply(r, r);
  const sine = polynomial(square, [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1]);
  const cosine = polynomial(square, [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2, -0.5, 1]);
  const value = quarter & 1 ? cosine : add(r, multiply(multiply(sine, square), r));
  return quarter & 2 ? -value : value;
}

/** e^(x + low) = scale · (1 + p) with scale = 2^n, for the n that brings p next to 0. */
function expParts(x: number, low = 0): { scale: number; p: number } {
  const clamped = larger(x, -87);
  const shifted = add(multiply(clamped, LOG2_E), ROUND);
  const n = subtract(shifted, ROUND);
  const r = add(subtract(subtract(clamped, multiply(n, LN2_HIGH)), multiply(n, LN2_LOW)), low);
  const p = polynomial(r, [1 / 5040, 1 / 720, 1 / 120, 1 / 24, 1 / 6, 0.5]);
  return { scale: fromBits((toBits(shifted) << 23) + 0x3f800000), p: add(r, multiply(p, multiply(r, r))) };
}

/** Horner's scheme, the highest power's coefficient first. */
function polynomial(x: number, coefficients: readonly number[]): number {
  return coefficients.map(round).reduce((p, coefficient) => add(coefficient, multiply(p, x)));
}
