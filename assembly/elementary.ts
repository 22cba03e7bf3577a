/**
 * Elementary functions on four lanes: our own polynomials, so that every engine gives the same bits.
 *
 * Error bounds stand in the names of their tests.
 */
import { madd } from "./lanes";

const LOG2_E: f32 = <f32>Math.LOG2E;
/** ln 2 in two parts, the first with so few bits that n · LN2_HIGH is exact (Cephes, expf). */
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.1219444e-4;
/** 1.5 · 2^23: adding it rounds to an integer, which is then found in the low bits. */
const ROUND: f32 = 12582912.0;

/** e^x - 1 for x ≤ 0. Below -87 the result is exactly -1. NaN stays NaN. */
export function expm1Negative(x: v128): v128 {
  const clamped = f32x4.pmax(x, f32x4.splat(-87));
  const shifted = f32x4.add(f32x4.mul(clamped, f32x4.splat(LOG2_E)), f32x4.splat(ROUND));
  const p = expm1Reduced(clamped, f32x4.sub(shifted, f32x4.splat(ROUND)));
  const scale = powerOfTwo(shifted);
  return f32x4.add(f32x4.mul(scale, p), f32x4.sub(scale, f32x4.splat(1)));
}

/** e^x for x ≤ 0. Below -87 the result is exactly 0, so that no denormals arise. NaN stays NaN. */
export function expNegative(x: v128): v128 {
  const clamped = f32x4.pmax(x, f32x4.splat(-87));
  const shifted = f32x4.add(f32x4.mul(clamped, f32x4.splat(LOG2_E)), f32x4.splat(ROUND));
  const p = expm1Reduced(clamped, f32x4.sub(shifted, f32x4.splat(ROUND)));
  const scale = powerOfTwo(shifted);
  return v128.andnot(f32x4.add(f32x4.mul(scale, p), scale), f32x4.lt(x, f32x4.splat(-87)));
}

/**
 * e^(x + low) + offset for x ≤ 0, |low| < 0.1 and an offset of 0 or -1, without loss where the result is near 0.
 *
 * `low` carries what x was rounded by. Below x = -87 the result is exactly the offset. NaN stays NaN.
 */
export function expNegativeOffset(x: v128, low: v128, offset: v128): v128 {
  const clamped = f32x4.pmax(x, f32x4.splat(-87));
  const shifted = f32x4.add(f32x4.mul(clamped, f32x4.splat(LOG2_E)), f32x4.splat(ROUND));
  const r = reduce(clamped, f32x4.sub(shifted, f32x4.splat(ROUND)));
  const p = expm1Series(f32x4.add(r, low));
  const scale = powerOfTwo(shifted);
  const y = f32x4.add(f32x4.mul(scale, p), f32x4.add(scale, offset));
  return v128.bitselect(offset, y, f32x4.lt(x, f32x4.splat(-87)));
}

/** ln x for normal x > 0; -infinity for 0, NaN below. Denormals count as 0. (Cephes, logf) */
export function log(x: v128): v128 {
  const one = f32x4.splat(1);
  // x = 2^e · f with f in [√½, √2)
  const bits = i32x4.sub(x, i32x4.splat(0x3f3504f3));
  const e = f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23));
  const f = f32x4.sub(i32x4.add(v128.and(bits, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3)), one);
  let p = f32x4.splat(7.0376836292e-2);
  p = madd(f32x4.splat(-1.151461031e-1), p, f);
  p = madd(f32x4.splat(1.167699874e-1), p, f);
  p = madd(f32x4.splat(-1.2420140846e-1), p, f);
  p = madd(f32x4.splat(1.4249322787e-1), p, f);
  p = madd(f32x4.splat(-1.6668057665e-1), p, f);
  p = madd(f32x4.splat(2.0000714765e-1), p, f);
  p = madd(f32x4.splat(-2.4999993993e-1), p, f);
  p = madd(f32x4.splat(3.3333331174e-1), p, f);
  const square = f32x4.mul(f, f);
  let y = f32x4.mul(f32x4.mul(p, f), square);
  y = madd(y, e, f32x4.splat(LN2_LOW));
  y = f32x4.sub(y, f32x4.mul(square, f32x4.splat(0.5)));
  y = madd(f32x4.add(f, y), e, f32x4.splat(LN2_HIGH));
  const special = v128.bitselect(
    f32x4.splat(-Infinity),
    f32x4.splat(NaN),
    f32x4.lt(f32x4.abs(x), f32x4.splat(1.17549435e-38)),
  );
  y = v128.bitselect(y, special, f32x4.ge(x, f32x4.splat(1.17549435e-38)));
  return v128.bitselect(x, y, f32x4.eq(x, f32x4.splat(Infinity)));
}

/**
 * ln(1 + x) for x in [0, 1], as 2 · artanh(x / (2 + x)).
 *
 * The coefficients of the series 1 + s²/3 + s⁴/5 + … are moved a little to those of the least largest relative error, 4.5e-9.
 */
export function log1p(x: v128): v128 {
  const s = f32x4.div(x, f32x4.add(f32x4.splat(2), x));
  const square = f32x4.mul(s, s);
  let p = f32x4.splat(0.140059947);
  p = madd(f32x4.splat(0.140009024), p, square);
  p = madd(f32x4.splat(0.200107637), p, square);
  p = madd(f32x4.splat(0.333332082), p, square);
  const twice = f32x4.add(s, s);
  return madd(twice, f32x4.mul(twice, square), p);
}

/** x^exponent for x in [0, 1] and exponent ≥ 0, as e^(exponent · ln x); x² exactly. 0^0 is 1. */
export function power(x: v128, exponent: v128): v128 {
  const y = expNegative(f32x4.mul(exponent, log(x)));
  const square = v128.bitselect(f32x4.mul(x, x), y, f32x4.eq(exponent, f32x4.splat(2)));
  return v128.bitselect(f32x4.splat(1), square, f32x4.eq(exponent, f32x4.splat(0)));
}

/** 1 / (1 + e^-x), through e^-|x| so that nothing overflows. */
export function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  const e = expNegative(f32x4.neg(f32x4.abs(x)));
  const numerator = v128.bitselect(e, one, f32x4.lt(x, f32x4.splat(0)));
  return f32x4.div(numerator, f32x4.add(one, e));
}

/** tanh x = -t / (t + 2) with t = e^(-2|x|) - 1, and the sign of x. */
export function tanh(x: v128): v128 {
  const magnitude = f32x4.abs(x);
  const t = expm1Negative(f32x4.mul(magnitude, f32x4.splat(-2)));
  const y = f32x4.div(t, f32x4.add(t, f32x4.splat(2)));
  const sign = f32x4.splat(-0.0);
  return v128.or(v128.andnot(y, sign), v128.and(x, sign));
}

/**
 * √2 · erf⁻¹(x), the standard normal quantile of (1 + x) / 2, for |x| ≤ 1 - 2^-24, which is 5.4 deviations.
 *
 * M. Giles, "Approximating the erfinv function", GPU Computing Gems 2 (2011), in single precision: one polynomial for the
 * middle, another for the tails beyond |x| = 0.9966.
 */
export function normalQuantile(x: v128): v128 {
  const one = f32x4.splat(1);
  const logarithm = log(f32x4.mul(f32x4.sub(one, x), f32x4.add(one, x)));
  const middle = f32x4.gt(logarithm, f32x4.splat(-5));
  const tail = f32x4.sub(f32x4.sqrt(f32x4.neg(logarithm)), f32x4.splat(3));
  const w = v128.bitselect(f32x4.sub(f32x4.splat(-2.5), logarithm), tail, middle);
  let p = either(2.81022636e-8, -0.000200214257, middle);
  p = madd(either(3.43273939e-7, 0.000100950558, middle), p, w);
  p = madd(either(-3.5233877e-6, 0.00134934322, middle), p, w);
  p = madd(either(-4.39150654e-6, -0.00367342844, middle), p, w);
  p = madd(either(0.00021858087, 0.00573950773, middle), p, w);
  p = madd(either(-0.00125372503, -0.0076224613, middle), p, w);
  p = madd(either(-0.00417768164, 0.00943887047, middle), p, w);
  p = madd(either(0.246640727, 1.00167406, middle), p, w);
  p = madd(either(1.50140941, 2.83297682, middle), p, w);
  return f32x4.mul(f32x4.mul(p, x), f32x4.splat(<f32>Math.SQRT2));
}

/**
 * Φ(x), the distribution function of the standard normal distribution, from x and e = e^(-x²/2).
 *
 * Its tail, 1 - Φ(|x|), is e times a polynomial in t = 1 / (1 + 0.34 |x|) without constant term, as in Abramowitz and
 * Stegun 7.1.26; the coefficients are those of the least largest relative error, 2.5e-8, on [0, 13.3].
 */
export function normalDistribution(x: v128, e: v128): v128 {
  const one = f32x4.splat(1);
  const t = f32x4.div(one, madd(one, f32x4.splat(0.34), f32x4.abs(x)));
  let p = f32x4.splat(-2.64718808e-2);
  p = madd(f32x4.splat(1.41150062e-1), p, t);
  p = madd(f32x4.splat(-2.76414069e-1), p, t);
  p = madd(f32x4.splat(2.05777561e-1), p, t);
  p = madd(f32x4.splat(-4.70846265e-2), p, t);
  p = madd(f32x4.splat(1.16314184e-1), p, t);
  p = madd(f32x4.splat(1.14967544e-1), p, t);
  p = madd(f32x4.splat(1.36142381e-1), p, t);
  p = madd(f32x4.splat(1.35618856e-1), p, t);
  const tail = f32x4.mul(e, f32x4.mul(p, t));
  return v128.bitselect(tail, f32x4.sub(one, tail), f32x4.lt(x, f32x4.splat(0)));
}

/** sin(2π · (x + quarters / 4)) for |x| ≤ 1, exact at the quarters. quarters: i32. */
export function sineOfTurns(x: v128, quarters: v128): v128 {
  const nearest = f32x4.nearest(f32x4.mul(x, f32x4.splat(4)));
  const angle = angleBeyond(nearest, x);
  return atQuarter(sineNear(angle), cosineNear(angle), i32x4.add(i32x4.trunc_sat_f32x4_s(nearest), quarters));
}

/** 2π · (x - quarters / 4), at most π / 4 if these are the nearest quarters. quarters: f32. */
export function angleBeyond(quarters: v128, x: v128): v128 {
  const rest = f32x4.sub(x, f32x4.mul(quarters, f32x4.splat(0.25)));
  return f32x4.mul(rest, f32x4.splat(<f32>(2 * Math.PI)));
}

/** sin x for |x| ≤ π / 4. (Cephes, sinf) */
export function sineNear(x: v128): v128 {
  const square = f32x4.mul(x, x);
  let p = f32x4.splat(-1.9515295891e-4);
  p = madd(f32x4.splat(8.3321608736e-3), p, square);
  p = madd(f32x4.splat(-1.6666654611e-1), p, square);
  return madd(x, f32x4.mul(p, square), x);
}

/** cos x for |x| ≤ π / 4. (Cephes, cosf) */
export function cosineNear(x: v128): v128 {
  const square = f32x4.mul(x, x);
  let p = f32x4.splat(2.443315711809948e-5);
  p = madd(f32x4.splat(-1.388731625493765e-3), p, square);
  p = madd(f32x4.splat(4.166664568298827e-2), p, square);
  p = madd(f32x4.splat(-0.5), p, square);
  return madd(f32x4.splat(1), p, square);
}

/** sin(x + quarter · π / 2) from sin x and cos x. quarter: i32. */
export function atQuarter(sine: v128, cosine: v128, quarter: v128): v128 {
  const odd = i32x4.shr_s(i32x4.shl(quarter, 31), 31);
  return v128.xor(v128.bitselect(cosine, sine, odd), i32x4.shl(i32x4.shr_u(quarter, 1), 31));
}

/** a in the lanes whose bits are set in `which`, b in the others. */
function either(a: f32, b: f32, which: v128): v128 {
  return v128.bitselect(f32x4.splat(a), f32x4.splat(b), which);
}

/** e^r - 1 for r = x - n · ln 2, |r| ≤ ½ ln 2. */
function expm1Reduced(x: v128, n: v128): v128 {
  return expm1Series(reduce(x, n));
}

/** x - n · ln 2. */
function reduce(x: v128, n: v128): v128 {
  const r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  return f32x4.sub(r, f32x4.mul(n, f32x4.splat(LN2_LOW)));
}

/** e^r - 1 for |r| ≤ 0.45, by its Taylor series to r^7. */
function expm1Series(r: v128): v128 {
  let p = f32x4.splat(<f32>(1.0 / 5040.0));
  p = madd(f32x4.splat(<f32>(1.0 / 720.0)), p, r);
  p = madd(f32x4.splat(<f32>(1.0 / 120.0)), p, r);
  p = madd(f32x4.splat(<f32>(1.0 / 24.0)), p, r);
  p = madd(f32x4.splat(<f32>(1.0 / 6.0)), p, r);
  p = madd(f32x4.splat(0.5), p, r);
  return madd(r, p, f32x4.mul(r, r));
}

/** 2^n, n in the low bits of n + ROUND. */
function powerOfTwo(shifted: v128): v128 {
  return i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(0x3f800000));
}
