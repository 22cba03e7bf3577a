/**
 * The activations that take an exponential: one loop, and in it one e^z, for all of them.
 * src/activations/transcendental.ts has their numbers.
 */
import { expNegativeOffset, log1p, normalDistribution } from "../elementary";

const EXPONENTIAL: i32 = 0;
export const SOFTPLUS: i32 = 1;
const SILU: i32 = 2;
const MISH: i32 = 3;
const GELU: i32 = 4;
const GELU_TANH: i32 = 5;
const TANH_SHRINK: i32 = 6;
const CELU: i32 = 7;

/** 2 · √(2/π), and that times 0.044715. */
const GELU_LINEAR: f32 = 1.5957691216057308;
const GELU_CUBIC: f32 = 0.07135481627260025;
/** 1 / √(2π), the density of the standard normal distribution at 0. */
const NORMAL_DENSITY: f32 = 0.3989422804014327;

/**
 * y[i] = f(x[i]) for i in [0, n), n rounded up to a multiple of 4. NaN stays NaN. y may alias x. σ x = 1 / (1 + e^-x).
 *
 *     EXPONENTIAL  e^x, for x > 0 as the square of 1 / e^(-x/2)
 *     SOFTPLUS     alpha · ln(1 + e^(alpha · x)) = alpha · (max(alpha · x, 0) + ln(1 + e^-|x|)), alpha = 1 or -1
 *     SILU         x · σ x
 *     MISH         x · tanh ln(1 + e^x)
 *     GELU         x · Φ(x), Φ the standard normal distribution function
 *     GELU_TANH    x · σ(2 · √(2/π) · (x + 0.044715 x³)) = x · (1 + tanh …) / 2
 *     TANH_SHRINK  x - tanh x
 *     CELU         max(x, 0) + alpha · (e^(min(x, 0) / alpha) - 1), alpha > 0
 */
export function transcendentalForward(y: usize, x: usize, kind: i32, alpha: f32, n: i32): void {
  compute(y, 0, x, kind, alpha, n);
}

/** dX[i] = dY[i] · f'(x[i]). dX may alias dY. */
export function transcendentalBackward(dX: usize, dY: usize, x: usize, kind: i32, alpha: f32, n: i32): void {
  compute(dX, dY, x, kind, alpha, n);
}

/** f(x), or dY · f'(x) where there is a dY. One loop for both, as they share most of their work. */
function compute(out: usize, dY: usize, x: usize, kind: i32, alpha: f32, n: i32): void {
  // The compiler does not see that these are constants, or it would write them out, in 18 bytes, at each use
  const zero = i32x4.splat(kind >> 31);
  const one = f32x4.splat(<f32>((kind >>> 31) + 1));
  const scale = f32x4.splat(alpha);
  const offset = f32x4.splat(kind >= TANH_SHRINK ? -1 : 0);
  const backward = dY !== 0;
  for (; n > 0; n -= 4, out += 16, dY += 16, x += 16) {
    const value = v128.load(x);
    const signed = f32x4.mul(scale, value);
    const negative = f32x4.lt(signed, zero);
    const e = exponential(value, kind, scale, offset);
    // σ of the number whose exponential e is
    const inverse = f32x4.div(one, f32x4.add(one, e));
    const logistic = f32x4.mul(v128.bitselect(e, one, negative), inverse);
    let result = value;
    switch (kind) {
      case EXPONENTIAL:
        result = f32x4.div(one, e);
        result = v128.bitselect(f32x4.mul(result, result), e, f32x4.gt(value, zero));
        break;
      case SOFTPLUS:
        result = backward ? logistic : f32x4.mul(scale, f32x4.add(f32x4.pmax(signed, zero), log1p(e)));
        break;
      case SILU:
      case GELU_TANH:
        // σ z and, of z = g(x), σ z + x · g'(x) · σ'(z)
        if (backward) {
          let factor = value;
          if (kind === GELU_TANH) {
            const square = f32x4.pmin(f32x4.mul(value, value), f32x4.splat(400));
            factor = f32x4.mul(value, cubicFactor(square, 3 * GELU_CUBIC));
          }
          result = f32x4.add(logistic, f32x4.mul(factor, f32x4.mul(f32x4.mul(e, inverse), inverse)));
        } else {
          result = f32x4.mul(value, logistic);
        }
        break;
      case MISH: {
        // w = tanh ln(1 + e^x) = m / (m + 2c) with, in e = e^-|x|, m = 1 + 2e and c = e² above 0; m = e² + 2e and c = 1 below.
        // w' = (1 - w²) · σ x = 4c · (1 + e) · (x ≥ 0 ? 1 : e) / (m + 2c)²
        const square = f32x4.mul(e, e);
        const m = f32x4.add(f32x4.add(e, e), v128.bitselect(square, one, negative));
        const c = v128.bitselect(one, square, negative);
        const r = f32x4.div(one, f32x4.add(m, f32x4.add(c, c)));
        const w = f32x4.mul(m, r);
        if (backward) {
          const fourfold = f32x4.mul(f32x4.splat(4), v128.bitselect(e, square, negative));
          const slope = f32x4.mul(f32x4.mul(fourfold, f32x4.add(one, e)), f32x4.mul(r, r));
          result = f32x4.add(w, f32x4.mul(value, slope));
        } else {
          result = f32x4.mul(value, w);
        }
        break;
      }
      case GELU: {
        const share = normalDistribution(value, e);
        result = backward
          ? f32x4.add(share, f32x4.mul(value, f32x4.mul(e, f32x4.splat(NORMAL_DENSITY))))
          : f32x4.mul(value, share);
        break;
      }
      case TANH_SHRINK: {
        const tanh = f32x4.div(e, f32x4.add(e, f32x4.splat(2)));
        result = backward ? f32x4.mul(tanh, tanh) : f32x4.sub(value, withSign(tanh, value));
        break;
      }
      case CELU:
        result = backward ? f32x4.add(one, e) : f32x4.add(f32x4.pmax(value, zero), f32x4.mul(scale, e));
        break;
    }
    if (backward) result = f32x4.mul(v128.load(dY), result);
    v128.store(out, result);
  }
}

/** The exponential that f is made of: e^z of a z ≤ 0, less 1 where the offset is -1. */
function exponential(x: v128, kind: i32, alpha: v128, offset: v128): v128 {
  let z = f32x4.neg(f32x4.abs(x));
  let low = f32x4.splat(0);
  switch (kind) {
    case EXPONENTIAL:
      z = f32x4.pmin(x, f32x4.mul(x, f32x4.splat(-0.5)));
      break;
    case GELU: {
      // -x²/2, the square of x's first 12 bits being exact
      const high = v128.and(x, i32x4.splat(0xfffff000));
      z = f32x4.mul(f32x4.mul(high, high), f32x4.splat(-0.5));
      low = f32x4.mul(f32x4.mul(f32x4.sub(x, high), f32x4.add(x, high)), f32x4.splat(-0.5));
      break;
    }
    case GELU_TANH: {
      z = f32x4.mul(z, cubicFactor(f32x4.mul(x, x), GELU_CUBIC));
      break;
    }
    case TANH_SHRINK:
      z = f32x4.add(z, z);
      break;
    case CELU:
      z = f32x4.div(f32x4.pmin(x, low), alpha);
      break;
  }
  return expNegativeOffset(z, low, offset);
}

/** GELU_LINEAR + cubic · square. */
function cubicFactor(square: v128, cubic: f32): v128 {
  return f32x4.add(f32x4.splat(GELU_LINEAR), f32x4.mul(f32x4.splat(cubic), square));
}

/** |y| with the sign of x. */
function withSign(y: v128, x: v128): v128 {
  const sign = f32x4.splat(-0.0);
  return v128.or(v128.andnot(y, sign), v128.and(x, sign));
}
