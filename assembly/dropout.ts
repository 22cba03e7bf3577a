/**
 * Dropping values at random. Which ones depends on seed, stream, step, row and column alone, not on where they lie.
 *
 * x, y and mask share one stride, a multiple of 4. The rows are those from `firstRow` of the batch on. Backward is
 * dX = mask · dY.
 */
import { randomBits, unitInterval } from "./random";

/** mask[i,j] = u[i,j] ≥ rate ? 1 / (1 - rate) : 0 and y[i,j] = mask[i,j] · x[i,j]; u uniform. y may alias x. */
export function dropoutForward(
  y: usize,
  mask: usize,
  x: usize,
  stride: i32,
  firstRow: i32,
  rows: i32,
  width: i32,
  rate: f32,
  seedLow: u32,
  seedHigh: u32,
  stream: u32,
  step: u32,
): void {
  const threshold = f32x4.splat(rate);
  const kept = f32x4.splat(1 / (1 - rate));
  const rowBytes = (<usize>stride) << 2;
  for (let row = firstRow; row < firstRow + rows; row++, y += rowBytes, mask += rowBytes, x += rowBytes) {
    randomBits(mask, seedLow, seedHigh, stream, step, row, width);
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      const factor = v128.and(kept, f32x4.ge(unitInterval(v128.load(mask + at)), threshold));
      v128.store(mask + at, factor);
      v128.store(y + at, f32x4.mul(factor, v128.load(x + at)));
    }
  }
}

/**
 * y[i,j] = a · (kept ? x[i,j] : alphaPrime) + b, mask[i,j] = kept ? a : 0 (Klambauer et al. 2017), so that mean and
 * variance of SELU's activations stay: alphaPrime = -1.7581, a = ((1 - rate) · (1 + rate · alphaPrime²))^-½,
 * b = -a · alphaPrime · rate. y may alias x.
 */
export function alphaDropoutForward(
  y: usize,
  mask: usize,
  x: usize,
  stride: i32,
  firstRow: i32,
  rows: i32,
  width: i32,
  rate: f32,
  alphaPrime: f32,
  a: f32,
  b: f32,
  seedLow: u32,
  seedHigh: u32,
  stream: u32,
  step: u32,
): void {
  const threshold = f32x4.splat(rate);
  const dropped = f32x4.splat(alphaPrime);
  const factor = f32x4.splat(a);
  const offset = f32x4.splat(b);
  const rowBytes = (<usize>stride) << 2;
  for (let row = firstRow; row < firstRow + rows; row++, y += rowBytes, mask += rowBytes, x += rowBytes) {
    randomBits(mask, seedLow, seedHigh, stream, step, row, width);
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      const kept = f32x4.ge(unitInterval(v128.load(mask + at)), threshold);
      v128.store(mask + at, v128.and(factor, kept));
      const value = v128.bitselect(v128.load(x + at), dropped, kept);
      v128.store(y + at, f32x4.add(f32x4.mul(factor, value), offset));
    }
  }
}
