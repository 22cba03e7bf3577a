/**
 * Losses that are a sum over a row of one formula of each prediction and its target: one loop for all of them.
 *
 * The formulas are numbered as in src/losses/elementwise.ts, with binary cross-entropy behind them.
 */
import { expNegative, log, log1p, power, tanh } from "../elementary";
import { firstLanes, sum } from "../lanes";
import { clip, EPSILON, unclipped } from "./clip";

const PERCENTAGE: i32 = 1;
const SQUARED_LOGARITHMIC: i32 = 2;
const HUBER: i32 = 3;
const LOG_COSH: i32 = 4;
const HINGE: i32 = 5;
const SQUARED_HINGE: i32 = 6;
const POISSON: i32 = 7;
const DIVERGENCE: i32 = 8;
const FOCAL: i32 = 9;
const ENTROPY: i32 = 10;

const LN2: f32 = <f32>Math.LN2;
const LEAST_NORMAL: f32 = 1.17549435e-38;

/**
 * loss[i] = factor · Σj f(p[i,j], y[i,j]), for i in [0, rows). scratch: f32[width rounded up to 4].
 *
 *     0                    |p - y|
 *     PERCENTAGE           |p - y| / max(|y|, ε)
 *     SQUARED_LOGARITHMIC  (ln(1 + max(p, ε)) - ln(1 + max(y, ε)))²
 *     HUBER                |p - y| ≤ a ? ½ (p - y)² : a · (|p - y| - ½ a)
 *     LOG_COSH             ln cosh (p - y) = |p - y| + ln(1 + e^(-2 |p - y|)) - ln 2
 *     HINGE                max(1 - (a · y + b) · p, 0)
 *     SQUARED_HINGE        its square
 *     POISSON              p - y · ln(p + ε)
 *     DIVERGENCE           y · ln(y / p), both kept in [ε, 1]
 *     FOCAL                (b · y + c · (1 - y)) · far^a · entropy, far = 1 - (y · p + (1 - y) · (1 - p))
 *     ENTROPY              -(y · ln q + (1 - y) · ln(1 - q)), q = p kept in [ε, 1 - ε]
 */
export function elementwiseLossForward(
  loss: usize,
  p: usize,
  stride: i32,
  y: usize,
  yStride: i32,
  formula: i32,
  a: f32,
  b: f32,
  c: f32,
  factor: f32,
  rows: i32,
  width: i32,
  scratch: usize,
): void {
  for (; rows > 0; rows--, loss += 4, p += (<usize>stride) << 2, y += (<usize>yStride) << 2) {
    compute(scratch, p, y, formula, false, a, b, c, 1, width);
    store<f32>(loss, sum(scratch, width) * factor);
  }
}

/** dP[i,j] = scale · df/dp, 0 from `width` to the next multiple of 4. dP may alias p. */
export function elementwiseLossBackward(
  dP: usize,
  p: usize,
  stride: i32,
  y: usize,
  yStride: i32,
  formula: i32,
  a: f32,
  b: f32,
  c: f32,
  scale: f32,
  rows: i32,
  width: i32,
): void {
  const step = (<usize>stride) << 2;
  for (; rows > 0; rows--, dP += step, p += step, y += (<usize>yStride) << 2) {
    compute(dP, p, y, formula, true, a, b, c, scale, width);
  }
}

/** loss[i] = 1/width · Σj entropy of p[i,j] and y[i,j], for i in [0, rows). scratch: f32[width rounded up to 4]. */
export function binaryCrossentropyForward(
  loss: usize,
  p: usize,
  stride: i32,
  y: usize,
  yStride: i32,
  rows: i32,
  width: i32,
  scratch: usize,
): void {
  for (; rows > 0; rows--, loss += 4, p += (<usize>stride) << 2, y += (<usize>yStride) << 2) {
    compute(scratch, p, y, ENTROPY, false, 0, 0, 0, 1, width);
    store<f32>(loss, sum(scratch, width) / <f32>width);
  }
}

/** dP[i,j] = scale / width · ((1 - y) / (1 - q) - y / q), 0 where q was clipped. dP may alias p. */
export function binaryCrossentropyBackward(
  dP: usize,
  p: usize,
  stride: i32,
  y: usize,
  yStride: i32,
  scale: f32,
  rows: i32,
  width: i32,
): void {
  elementwiseLossBackward(dP, p, stride, y, yStride, ENTROPY, 0, 0, 0, scale / <f32>width, rows, width);
}

/** scale · f(p, y), or scale · df/dp, of a row; 0 behind width. One loop for both, as they share most of their work. */
function compute(
  out: usize,
  p: usize,
  y: usize,
  formula: i32,
  backward: bool,
  a: f32,
  b: f32,
  c: f32,
  scale: f32,
  width: i32,
): void {
  const av = f32x4.splat(a);
  const s = f32x4.splat(scale);
  // The compiler does not see that these are constants, or it would write them out, in 18 bytes, at each use
  const zero = i32x4.splat(formula >> 31);
  const one = f32x4.splat(<f32>((formula >>> 31) + 1));
  const half = f32x4.mul(one, f32x4.splat(0.5));
  const epsilon = f32x4.mul(one, f32x4.splat(EPSILON));
  for (; width > 0; width -= 4, out += 16, p += 16, y += 16) {
    const value = v128.load(p);
    const target = v128.load(y);
    const error = f32x4.sub(value, target);
    const magnitude = f32x4.abs(error);
    let result = magnitude;
    switch (formula) {
      case SQUARED_LOGARITHMIC: {
        const ofValue = log(f32x4.add(f32x4.pmax(value, epsilon), one));
        const difference = f32x4.sub(ofValue, log(f32x4.add(f32x4.pmax(target, epsilon), one)));
        if (backward) {
          const slope = f32x4.div(f32x4.add(difference, difference), f32x4.add(value, one));
          result = v128.and(slope, f32x4.ge(value, epsilon));
        } else {
          result = f32x4.mul(difference, difference);
        }
        break;
      }
      case HUBER:
        if (backward) {
          result = f32x4.pmin(f32x4.pmax(error, f32x4.neg(av)), av);
        } else {
          const square = f32x4.mul(half, f32x4.mul(error, error));
          const linear = f32x4.mul(av, f32x4.sub(magnitude, f32x4.mul(half, av)));
          result = v128.bitselect(square, linear, f32x4.le(magnitude, av));
        }
        break;
      case LOG_COSH:
        if (backward) {
          result = tanh(error);
        } else {
          const tail = log1p(expNegative(f32x4.neg(f32x4.add(magnitude, magnitude))));
          result = f32x4.sub(f32x4.add(magnitude, tail), f32x4.splat(LN2));
        }
        break;
      case HINGE:
      case SQUARED_HINGE: {
        const sign = f32x4.add(f32x4.mul(av, target), f32x4.splat(b));
        const hinge = f32x4.pmax(f32x4.sub(one, f32x4.mul(sign, value)), zero);
        if (formula === HINGE) {
          result = backward ? v128.and(f32x4.neg(sign), f32x4.gt(hinge, zero)) : hinge;
        } else {
          result = f32x4.mul(backward ? f32x4.neg(f32x4.add(sign, sign)) : hinge, hinge);
        }
        break;
      }
      case POISSON: {
        const shifted = f32x4.add(value, epsilon);
        result = backward
          ? f32x4.sub(one, f32x4.div(target, shifted))
          : f32x4.sub(value, f32x4.mul(target, log(shifted)));
        break;
      }
      case DIVERGENCE: {
        const share = f32x4.pmin(f32x4.pmax(target, epsilon), one);
        const q = f32x4.pmin(f32x4.pmax(value, epsilon), one);
        const ratio = f32x4.div(share, q);
        result = backward
          ? v128.and(f32x4.neg(ratio), v128.and(f32x4.ge(value, epsilon), f32x4.le(value, one)))
          : f32x4.mul(share, log(ratio));
        break;
      }
      case FOCAL:
      case ENTROPY: {
        const q = clip(value);
        const miss = f32x4.sub(one, target);
        const qMiss = f32x4.sub(one, q);
        const ofHit = f32x4.div(target, q);
        const ofMiss = f32x4.div(miss, qMiss);
        const isFree = unclipped(value);
        if (formula === ENTROPY && backward) {
          result = v128.and(f32x4.sub(ofMiss, ofHit), isFree);
          break;
        }
        const entropy = f32x4.add(f32x4.mul(target, log(q)), f32x4.mul(miss, log(qMiss)));
        result = entropy;
        if (formula === FOCAL) {
          const hit = f32x4.add(f32x4.mul(target, value), f32x4.mul(miss, f32x4.sub(one, value)));
          const far = f32x4.sub(one, hit);
          const focus = power(far, av);
          const weight = f32x4.add(f32x4.mul(target, f32x4.splat(b)), f32x4.mul(miss, f32x4.splat(c)));
          if (backward) {
            // d focus / d p, where d far / d p = 1 - 2y
            const direction = f32x4.sub(one, f32x4.add(target, target));
            const dFocus = f32x4.mul(av, f32x4.div(focus, f32x4.pmax(far, f32x4.splat(LEAST_NORMAL))));
            const dEntropy = v128.and(f32x4.sub(ofHit, ofMiss), isFree);
            const slope = f32x4.add(f32x4.mul(f32x4.mul(dFocus, direction), entropy), f32x4.mul(focus, dEntropy));
            result = f32x4.mul(weight, slope);
          } else {
            result = f32x4.mul(f32x4.mul(weight, focus), entropy);
          }
        }
        result = f32x4.neg(result);
        break;
      }
      default:
        if (backward) result = f32x4.sub(v128.and(one, f32x4.gt(error, zero)), v128.and(one, f32x4.lt(error, zero)));
        if (formula === PERCENTAGE) result = f32x4.div(result, f32x4.pmax(f32x4.abs(target), epsilon));
        break;
    }
    v128.store(out, v128.and(f32x4.mul(s, result), firstLanes(width)));
  }
}
