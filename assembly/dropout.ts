import { randomBits, unitInterval } from "./random";

/**
 * mask[i] = u[i] ≥ rate ? 1 / (1 - rate) : 0 and y[i] = mask[i] · x[i], for i in [0, n); u is the stream's uniform number i.
 *
 * mask: room to the next multiple of 16. y may alias x. Backward is dX = mask · dY.
 */
export function dropoutForward(
  y: usize,
  mask: usize,
  x: usize,
  rate: f32,
  seedLow: u32,
  seedHigh: u32,
  stream: u32,
  step: u32,
  n: i32,
): void {
  randomBits(mask, seedLow, seedHigh, stream, step, n);
  const threshold = f32x4.splat(rate);
  const kept = f32x4.splat(1 / (1 - rate));
  for (; n > 0; n -= 4, y += 16, mask += 16, x += 16) {
    const factor = v128.and(kept, f32x4.ge(unitInterval(v128.load(mask)), threshold));
    v128.store(mask, factor);
    v128.store(y, f32x4.mul(factor, v128.load(x)));
  }
}

/**
 * y[i] = a · (kept ? x[i] : alphaPrime) + b, mask[i] = kept ? a : 0 (Klambauer et al. 2017), so that mean and variance
 * of SELU's activations stay: alphaPrime = -1.7581, a = ((1 - rate) · (1 + rate · alphaPrime²))^-½, b = -a · alphaPrime · rate.
 */
export function alphaDropoutForward(
  y: usize,
  mask: usize,
  x: usize,
  rate: f32,
  alphaPrime: f32,
  a: f32,
  b: f32,
  seedLow: u32,
  seedHigh: u32,
  stream: u32,
  step: u32,
  n: i32,
): void {
  randomBits(mask, seedLow, seedHigh, stream, step, n);
  const threshold = f32x4.splat(rate);
  const dropped = f32x4.splat(alphaPrime);
  const factor = f32x4.splat(a);
  const offset = f32x4.splat(b);
  for (; n > 0; n -= 4, y += 16, mask += 16, x += 16) {
    const kept = f32x4.ge(unitInterval(v128.load(mask)), threshold);
    v128.store(mask, v128.and(factor, kept));
    const value = v128.bitselect(v128.load(x), dropped, kept);
    v128.store(y, f32x4.add(f32x4.mul(factor, value), offset));
  }
}
