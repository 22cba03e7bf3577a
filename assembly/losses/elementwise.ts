/**
 * Losses that are a sum over a row of one formula of each prediction and its target.
 *
 * The formulas are numbered as in src/losses/elementwise.ts. There a, b and c are named.
 */
import { expNegative, log, log1p, power, tanh } from "../elementary";
import { firstLanes, sum } from "../lanes";
import { clip, EPSILON, unclipped } from "./clip";

const LN2: f32 = <f32>Math.LN2;
const LEAST_NORMAL: f32 = 1.17549435e-38;

/** loss[i] = factor · Σj f(p[i,j], y[i,j]), for i in [0, rows). scratch: f32[width rounded up to 4]. */
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
  const va = f32x4.splat(a);
  const vb = f32x4.splat(b);
  const vc = f32x4.splat(c);
  for (; rows > 0; rows--, loss += 4, p += (<usize>stride) << 2, y += (<usize>yStride) << 2) {
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      v128.store(scratch + at, value(formula, v128.load(p + at), v128.load(y + at), va, vb, vc));
    }
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
  const va = f32x4.splat(a);
  const vb = f32x4.splat(b);
  const vc = f32x4.splat(c);
  const s = f32x4.splat(scale);
  const step = (<usize>stride) << 2;
  for (; rows > 0; rows--, dP += step, p += step, y += (<usize>yStride) << 2) {
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      const slope = derivative(formula, v128.load(p + at), v128.load(y + at), va, vb, vc);
      v128.store(dP + at, v128.and(f32x4.mul(s, slope), firstLanes(width - j)));
    }
  }
}

/** f(p, y). */
function value(formula: i32, p: v128, y: v128, a: v128, b: v128, c: v128): v128 {
  const zero = f32x4.splat(0);
  const half = f32x4.splat(0.5);
  const one = f32x4.splat(1);
  const epsilon = f32x4.splat(EPSILON);
  const error = f32x4.sub(p, y);
  const magnitude = f32x4.abs(error);
  switch (formula) {
    // Absolute error
    case 0:
      return magnitude;
    // Relative to the target
    case 1:
      return f32x4.div(magnitude, f32x4.pmax(f32x4.abs(y), epsilon));
    // Squared difference of ln(1 + x)
    case 2: {
      const difference = logarithmicError(p, y);
      return f32x4.mul(difference, difference);
    }
    // Huber, a = δ
    case 3: {
      const linear = f32x4.mul(a, f32x4.sub(magnitude, f32x4.mul(half, a)));
      return v128.bitselect(f32x4.mul(half, f32x4.mul(error, error)), linear, f32x4.le(magnitude, a));
    }
    // ln cosh, through e^(-2|x|) so that nothing overflows
    case 4: {
      const tail = log1p(expNegative(f32x4.mul(magnitude, f32x4.splat(-2))));
      return f32x4.sub(f32x4.add(magnitude, tail), f32x4.splat(LN2));
    }
    // Hinge, of targets a · y + b
    case 5:
      return f32x4.pmax(margin(p, y, a, b), zero);
    // Its square
    case 6: {
      const hinge = f32x4.pmax(margin(p, y, a, b), zero);
      return f32x4.mul(hinge, hinge);
    }
    // Poisson
    case 7:
      return f32x4.sub(p, f32x4.mul(y, log(f32x4.add(p, epsilon))));
    // Kullback-Leibler
    case 8: {
      const target = clipShare(y);
      return f32x4.mul(target, log(f32x4.div(target, clipShare(p))));
    }
    // Focal: a = γ, b and c the weights of targets of 1 and 0
    default: {
      const q = clip(p);
      const miss = f32x4.sub(one, y);
      const entropy = f32x4.add(f32x4.mul(y, log(q)), f32x4.mul(miss, log(f32x4.sub(one, q))));
      const weight = f32x4.add(f32x4.mul(y, b), f32x4.mul(miss, c));
      return f32x4.neg(f32x4.mul(f32x4.mul(weight, power(distance(p, y), a)), entropy));
    }
  }
}

/** df/dp. */
function derivative(formula: i32, p: v128, y: v128, a: v128, b: v128, c: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const two = f32x4.splat(2);
  const epsilon = f32x4.splat(EPSILON);
  const error = f32x4.sub(p, y);
  const sign = f32x4.sub(v128.and(one, f32x4.gt(error, zero)), v128.and(one, f32x4.lt(error, zero)));
  switch (formula) {
    case 0:
      return sign;
    case 1:
      return f32x4.div(sign, f32x4.pmax(f32x4.abs(y), epsilon));
    case 2: {
      const slope = f32x4.div(f32x4.mul(two, logarithmicError(p, y)), f32x4.add(p, one));
      return v128.and(slope, f32x4.ge(p, epsilon));
    }
    case 3:
      return f32x4.pmin(f32x4.pmax(error, f32x4.neg(a)), a);
    case 4:
      return tanh(error);
    case 5: {
      const target = f32x4.add(f32x4.mul(a, y), b);
      return v128.and(f32x4.neg(target), f32x4.gt(margin(p, y, a, b), zero));
    }
    case 6: {
      const target = f32x4.add(f32x4.mul(a, y), b);
      return f32x4.mul(f32x4.mul(f32x4.splat(-2), target), f32x4.pmax(margin(p, y, a, b), zero));
    }
    case 7:
      return f32x4.sub(one, f32x4.div(y, f32x4.add(p, epsilon)));
    case 8: {
      const inside = v128.and(f32x4.ge(p, epsilon), f32x4.le(p, one));
      return v128.and(f32x4.neg(f32x4.div(clipShare(y), p)), inside);
    }
    default: {
      const q = clip(p);
      const miss = f32x4.sub(one, y);
      const qMiss = f32x4.sub(one, q);
      const entropy = f32x4.add(f32x4.mul(y, log(q)), f32x4.mul(miss, log(qMiss)));
      const far = distance(p, y);
      const focus = power(far, a);
      // d focus / d p, where d far / d p = 1 - 2y
      const dFocus = f32x4.mul(
        f32x4.mul(a, f32x4.div(focus, f32x4.pmax(far, f32x4.splat(LEAST_NORMAL)))),
        f32x4.sub(one, f32x4.mul(two, y)),
      );
      const dEntropy = v128.and(f32x4.sub(f32x4.div(y, q), f32x4.div(miss, qMiss)), unclipped(p));
      const weight = f32x4.add(f32x4.mul(y, b), f32x4.mul(miss, c));
      const slope = f32x4.add(f32x4.mul(dFocus, entropy), f32x4.mul(focus, dEntropy));
      return f32x4.neg(f32x4.mul(weight, slope));
    }
  }
}

/** ln(1 + p) - ln(1 + y), both kept from going below ε. */
function logarithmicError(p: v128, y: v128): v128 {
  const one = f32x4.splat(1);
  const epsilon = f32x4.splat(EPSILON);
  return f32x4.sub(log(f32x4.add(f32x4.pmax(p, epsilon), one)), log(f32x4.add(f32x4.pmax(y, epsilon), one)));
}

/** 1 - (a · y + b) · p. */
function margin(p: v128, y: v128, a: v128, b: v128): v128 {
  return f32x4.sub(f32x4.splat(1), f32x4.mul(f32x4.add(f32x4.mul(a, y), b), p));
}

/** Kept in [ε, 1]. */
function clipShare(x: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, f32x4.splat(EPSILON)), f32x4.splat(1));
}

/** 1 - (y · p + (1 - y) · (1 - p)). */
function distance(p: v128, y: v128): v128 {
  const one = f32x4.splat(1);
  const hit = f32x4.add(f32x4.mul(y, p), f32x4.mul(f32x4.sub(one, y), f32x4.sub(one, p)));
  return f32x4.sub(one, hit);
}
