/** The activations that take arithmetic alone: one loop for all of them. src/activations/algebraic.ts has their numbers. */

const THRESHOLD: i32 = 0;
const LEAKY: i32 = 1;
const HARD_SIGMOID: i32 = 2;
const HARD_SILU: i32 = 3;
const HARD_SHRINK: i32 = 4;
const SOFT_SHRINK: i32 = 5;
const SOFTSIGN: i32 = 6;
const SQUAREPLUS: i32 = 7;
const SPARSE_PLUS: i32 = 8;

/**
 * y[i] = f(x[i]) for i in [0, n), n rounded up to a multiple of 4. NaN stays NaN. y may alias x.
 *
 *     THRESHOLD     x > a ? clip(x, c, d) : b
 *     LEAKY         x > a ? clip(x, c, d) : b · (x - a)
 *     HARD_SIGMOID  clip(x / a + ½, 0, 1)
 *     HARD_SILU     x · clip(x / a + ½, 0, 1)
 *     HARD_SHRINK   |x| > a ? x : 0
 *     SOFT_SHRINK   x - clip(x, -a, a)
 *     SOFTSIGN      x / (1 + |x|)
 *     SQUAREPLUS    (x + √(x² + a)) / 2
 *     SPARSE_PLUS   x ≥ 1 ? x : clip(x / a + ½, 0, 1)², a = 2
 */
export function algebraicForward(y: usize, x: usize, kind: i32, a: f32, b: f32, c: f32, d: f32, n: i32): void {
  compute(y, 0, x, kind, a, b, c, d, n);
}

/** dX[i] = dY[i] · f'(x[i]); where f has a kink, the slope to its side of 0. dX may alias dY. */
export function algebraicBackward(
  dX: usize,
  dY: usize,
  x: usize,
  kind: i32,
  a: f32,
  b: f32,
  c: f32,
  d: f32,
  n: i32,
): void {
  compute(dX, dY, x, kind, a, b, c, d, n);
}

/** f(x), or dY · f'(x) where there is a dY. One loop for both, as they share most of their work. */
function compute(out: usize, dY: usize, x: usize, kind: i32, a: f32, b: f32, c: f32, d: f32, n: i32): void {
  const av = f32x4.splat(a);
  const bv = f32x4.splat(b);
  const cv = f32x4.splat(c);
  const dv = f32x4.splat(d);
  // The compiler does not see that these are constants, or it would write them out, in 18 bytes, at each use
  const zero = i32x4.splat(kind >> 31);
  const one = f32x4.splat(<f32>((kind >>> 31) + 1));
  const backward = dY !== 0;
  for (; n > 0; n -= 4, out += 16, dY += 16, x += 16) {
    const value = v128.load(x);
    const magnitude = f32x4.abs(value);
    const ramp = clip(f32x4.add(f32x4.div(value, av), f32x4.splat(0.5)), zero, one);
    const onRamp = within(ramp, zero, one);
    let result = value;
    switch (kind) {
      case THRESHOLD:
      case LEAKY: {
        let below = bv;
        if (backward) {
          if (kind === THRESHOLD) below = zero;
          result = v128.and(one, within(value, cv, dv));
        } else {
          if (kind === LEAKY) below = f32x4.mul(bv, f32x4.sub(value, av));
          result = clip(value, cv, dv);
        }
        result = v128.bitselect(below, result, f32x4.le(value, av));
        break;
      }
      case HARD_SIGMOID:
        result = backward ? v128.and(f32x4.div(one, av), onRamp) : ramp;
        break;
      case HARD_SILU:
        result = backward ? f32x4.add(ramp, v128.and(f32x4.div(value, av), onRamp)) : f32x4.mul(value, ramp);
        break;
      case HARD_SHRINK:
      case SOFT_SHRINK:
        if (backward) result = one;
        else if (kind === SOFT_SHRINK) result = f32x4.sub(value, clip(value, f32x4.neg(av), av));
        result = v128.andnot(result, f32x4.le(magnitude, av));
        break;
      case SOFTSIGN:
        result = f32x4.div(one, f32x4.add(one, magnitude));
        result = f32x4.mul(backward ? result : value, result);
        break;
      case SQUAREPLUS: {
        // √(x² + a), or |x| where x² is too large
        let root = f32x4.sqrt(f32x4.add(f32x4.mul(value, value), av));
        root = f32x4.pmax(f32x4.pmin(root, f32x4.splat(1e18)), magnitude);
        // Below 0 the sum would cancel; ½ a / (root - x) is the same
        const half = f32x4.splat(0.5);
        const sum = f32x4.add(f32x4.mul(half, value), f32x4.mul(half, root));
        const quotient = f32x4.div(f32x4.mul(half, av), f32x4.sub(root, value));
        result = v128.bitselect(quotient, sum, f32x4.lt(value, zero));
        if (backward) result = f32x4.div(result, root);
        break;
      }
      case SPARSE_PLUS:
        result = backward ? ramp : v128.bitselect(value, f32x4.mul(ramp, ramp), f32x4.ge(value, one));
        break;
    }
    if (backward) result = f32x4.mul(v128.load(dY), result);
    v128.store(out, result);
  }
}

/** x, but at least `low` and at most `high`. NaN stays NaN. */
function clip(x: v128, low: v128, high: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, low), high);
}

/** Whether low < x < high. */
function within(x: v128, low: v128, high: v128): v128 {
  return v128.and(f32x4.gt(x, low), f32x4.lt(x, high));
}
