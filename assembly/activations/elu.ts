import { expm1Negative } from "../elementary";

/**
 * y[i] = scale · (x[i] > 0 ? x[i] : alpha · (e^x[i] - 1)) for i in [0, n), n rounded up to a multiple of 4.
 *
 * ELU with scale = 1 (Clevert et al. 2015), SELU with its own two constants (Klambauer et al. 2017). y may alias x.
 */
export function eluForward(y: usize, x: usize, alpha: f32, scale: f32, n: i32): void {
  const zero = f32x4.splat(0);
  const a = f32x4.splat(alpha);
  const s = f32x4.splat(scale);
  for (; n > 0; n -= 4, y += 16, x += 16) {
    const value = v128.load(x);
    const negative = f32x4.mul(a, expm1Negative(f32x4.pmin(value, zero)));
    v128.store(y, f32x4.mul(s, v128.bitselect(value, negative, f32x4.gt(value, zero))));
  }
}

/** dX[i] = dY[i] · (y[i] > 0 ? scale : y[i] + scale · alpha). dX may alias dY. */
export function eluBackward(dX: usize, dY: usize, y: usize, alpha: f32, scale: f32, n: i32): void {
  const zero = f32x4.splat(0);
  const s = f32x4.splat(scale);
  const scaledAlpha = f32x4.splat(scale * alpha);
  for (; n > 0; n -= 4, dX += 16, dY += 16, y += 16) {
    const value = v128.load(y);
    const slope = v128.bitselect(s, f32x4.add(value, scaledAlpha), f32x4.gt(value, zero));
    v128.store(dX, f32x4.mul(v128.load(dY), slope));
  }
}
