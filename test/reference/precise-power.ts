/** Powers as in assembly/precise-power.ts, operation by operation in double precision. */
import { round } from "./float.js";

const SQRT_HALF = 0x3fe6a09e00000000n;
const ROUND = 1.5 * 2 ** 52;

const double = new Float64Array(1);
const bits = new BigInt64Array(double.buffer);

/** x^exponent for finite x ≥ 0 and exponent ≥ 0. */
export function precisePower(x: number, exponent: number): number {
  if (x === 0 && exponent > 0) return 0;
  const y = Math.min(Math.max(exponent * logarithm(x), -200), 200);
  const shifted = y * Math.LOG2E + ROUND;
  const k = shifted - ROUND;
  const r = y - k * Math.LN2;
  const taylor = [362880, 40320, 5040, 720, 120, 24, 6, 2, 1, 1].map((factorial) => 1 / factorial);
  return round(taylor.reduce((p, coefficient) => coefficient + p * r) * 2 ** k);
}

function logarithm(x: number): number {
  double[0] = x;
  const distance = (bits[0] as bigint) - SQRT_HALF;
  const n = Number(distance >> 52n);
  bits[0] = (distance & 0x000fffffffffffffn) + SQRT_HALF;
  const f = double[0] as number;
  const s = (f - 1) / (f + 1);
  const series = [13, 11, 9, 7, 5, 3, 1].map((odd) => 2 / odd).reduce((p, coefficient) => coefficient + p * s * s);
  return n * Math.LN2 + series * s;
}
