/** Powers, by way of double precision: a logarithm in single precision would be too coarse to be multiplied. */

/** The bits of √½, but for the last 32. */
const SQRT_HALF: i64 = 0x3fe6a09e00000000;
/** 1.5 · 2^52: adding it rounds to an integer, which is then found in the low bits; and its bits. */
const ROUND: f64 = 6755399441055744.0;
const ROUND_BITS: i64 = 0x4338000000000000;

/** x^exponent for finite x ≥ 0 and exponent ≥ 0. Relative error below 6.1e-8, that of rounding it once. */
export function precisePower(x: v128, exponent: f32): v128 {
  const low = powerOfPair(f64x2.promote_low_f32x4(x), exponent);
  const high = powerOfPair(f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3)), exponent);
  const y = v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
  return exponent > 0 ? v128.and(y, f32x4.gt(x, f32x4.splat(0))) : y;
}

/** e^(exponent · ln x). */
function powerOfPair(x: v128, exponent: f64): v128 {
  const one = f64x2.splat(1);
  // x = 2^n · f with f in [√½, √2), and ln f = 2 · artanh s
  const bits = i64x2.sub(x, i64x2.splat(SQRT_HALF));
  const f = i64x2.add(v128.and(bits, i64x2.splat(0x000fffffffffffff)), i64x2.splat(SQRT_HALF));
  const n = f64x2.sub(i64x2.add(i64x2.shr_s(bits, 52), i64x2.splat(ROUND_BITS)), f64x2.splat(ROUND));
  const s = f64x2.div(f64x2.sub(f, one), f64x2.add(f, one));
  const square = f64x2.mul(s, s);
  let p = f64x2.splat(2.0 / 13.0);
  p = f64x2.add(f64x2.splat(2.0 / 11.0), f64x2.mul(p, square));
  p = f64x2.add(f64x2.splat(2.0 / 9.0), f64x2.mul(p, square));
  p = f64x2.add(f64x2.splat(2.0 / 7.0), f64x2.mul(p, square));
  p = f64x2.add(f64x2.splat(2.0 / 5.0), f64x2.mul(p, square));
  p = f64x2.add(f64x2.splat(2.0 / 3.0), f64x2.mul(p, square));
  p = f64x2.add(f64x2.splat(2), f64x2.mul(p, square));
  const logarithm = f64x2.add(f64x2.mul(n, f64x2.splat(Math.LN2)), f64x2.mul(p, s));
  // Far beyond what single precision holds
  const limited = f64x2.max(f64x2.mul(f64x2.splat(exponent), logarithm), f64x2.splat(-200));
  return exponential(f64x2.min(limited, f64x2.splat(200)));
}

/** e^y for |y| ≤ 200: 2^k · e^r, the latter by its Taylor series to r^9. */
function exponential(y: v128): v128 {
  const one = f64x2.splat(1);
  const shifted = f64x2.add(f64x2.mul(y, f64x2.splat(Math.LOG2E)), f64x2.splat(ROUND));
  const k = f64x2.sub(shifted, f64x2.splat(ROUND));
  const r = f64x2.sub(y, f64x2.mul(k, f64x2.splat(Math.LN2)));
  let p = f64x2.splat(1.0 / 362880.0);
  p = f64x2.add(f64x2.splat(1.0 / 40320.0), f64x2.mul(p, r));
  p = f64x2.add(f64x2.splat(1.0 / 5040.0), f64x2.mul(p, r));
  p = f64x2.add(f64x2.splat(1.0 / 720.0), f64x2.mul(p, r));
  p = f64x2.add(f64x2.splat(1.0 / 120.0), f64x2.mul(p, r));
  p = f64x2.add(f64x2.splat(1.0 / 24.0), f64x2.mul(p, r));
  p = f64x2.add(f64x2.splat(1.0 / 6.0), f64x2.mul(p, r));
  p = f64x2.add(f64x2.splat(0.5), f64x2.mul(p, r));
  p = f64x2.add(one, f64x2.mul(p, r));
  p = f64x2.add(one, f64x2.mul(p, r));
  return f64x2.mul(p, i64x2.add(i64x2.shl(shifted, 52), i64x2.splat(0x3ff0000000000000)));
}
