/** Categorical cross-entropy on logits, fused with the softmax before it. */
import { exponentials, rowMaximum } from "../activations/softmax";
import { log } from "../elementary";
import { firstLanes, sum } from "../lanes";

/**
 * p[i] = softmax(z[i]) and loss[i] = Σj y[i,j] · (ln Σ e^(z - max) - (z[i,j] - max)), for i in [0, rows).
 *
 * z, p: one stride; y: its own. p of a finite row is 0 from `width` to the next multiple of 4. p must not alias z.
 * scratch: f32[width rounded up to 4].
 */
export function softmaxCrossentropyForward(
  loss: usize,
  p: usize,
  z: usize,
  stride: i32,
  y: usize,
  yStride: i32,
  rows: i32,
  width: i32,
  scratch: usize,
): void {
  const step = (<usize>stride) << 2;
  for (; rows > 0; rows--, loss += 4, p += step, z += step, y += (<usize>yStride) << 2) {
    const maximum = rowMaximum(z, width);
    const total = exponentials(p, z, maximum, width);
    const logTotal = log(f32x4.splat(total));
    const shift = f32x4.splat(maximum);
    const divisor = f32x4.splat(total);
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      const term = f32x4.mul(v128.load(y + at), f32x4.sub(logTotal, f32x4.sub(v128.load(z + at), shift)));
      v128.store(scratch + at, term);
      v128.store(p + at, f32x4.div(v128.load(p + at), divisor));
    }
    store<f32>(loss, sum(scratch, width));
  }
}

/** dZ[i,j] = scale · (p[i,j] · Σj y[i,j] - y[i,j]), 0 from `width` to the next multiple of 4. dZ may alias p. */
export function softmaxCrossentropyBackward(
  dZ: usize,
  p: usize,
  stride: i32,
  y: usize,
  yStride: i32,
  scale: f32,
  rows: i32,
  width: i32,
): void {
  const s = f32x4.splat(scale);
  const step = (<usize>stride) << 2;
  for (; rows > 0; rows--, dZ += step, p += step, y += (<usize>yStride) << 2) {
    const total = f32x4.splat(sum(y, width));
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      const difference = f32x4.sub(f32x4.mul(v128.load(p + at), total), v128.load(y + at));
      v128.store(dZ + at, v128.and(f32x4.mul(s, difference), firstLanes(width - j)));
    }
  }
}
