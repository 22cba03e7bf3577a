import { rowMaximum } from "../activations/softmax";
import { dot, firstLanes, sum } from "../lanes";

/**
 * loss[i] = max(1 + maxj (1 - y[i,j]) · p[i,j] - Σj y[i,j] · p[i,j], 0), for i in [0, rows).
 *
 * scratch: f32[width rounded up to 4].
 */
export function categoricalHingeForward(
  loss: usize,
  p: usize,
  stride: i32,
  y: usize,
  yStride: i32,
  rows: i32,
  width: i32,
  scratch: usize,
): void {
  compute(loss, 0, p, stride, y, yStride, 0, rows, width, scratch);
}

/** dP[i,j] = scale · ((1 - y) where (1 - y) · p is largest, shared among equals, - y) where the loss is not 0. */
export function categoricalHingeBackward(
  dP: usize,
  p: usize,
  stride: i32,
  y: usize,
  yStride: i32,
  scale: f32,
  rows: i32,
  width: i32,
  scratch: usize,
): void {
  compute(0, dP, p, stride, y, yStride, scale, rows, width, scratch);
}

/** The losses, or the gradient where there is a dP. */
function compute(
  loss: usize,
  dP: usize,
  p: usize,
  stride: i32,
  y: usize,
  yStride: i32,
  scale: f32,
  rows: i32,
  width: i32,
  scratch: usize,
): void {
  const one = f32x4.splat(1);
  const backward = dP !== 0;
  const step = (<usize>stride) << 2;
  for (; rows > 0; rows--, loss += 4, dP += step, p += step, y += (<usize>yStride) << 2) {
    const right = dot(y, p, width, scratch);
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      v128.store(scratch + at, f32x4.mul(f32x4.sub(one, v128.load(y + at)), v128.load(p + at)));
    }
    const wrong = rowMaximum(scratch, width);
    const value = wrong - right + 1;
    if (!backward) {
      store<f32>(loss, max<f32>(value, 0));
      continue;
    }
    const most = f32x4.splat(wrong);
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      v128.store(scratch + at, v128.and(one, f32x4.eq(v128.load(scratch + at), most)));
    }
    const share = f32x4.splat(1 / sum(scratch, width));
    const s = f32x4.splat(value > 0 ? scale : 0);
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      const target = v128.load(y + at);
      const pull = f32x4.mul(f32x4.mul(v128.load(scratch + at), share), f32x4.sub(one, target));
      v128.store(dP + at, v128.and(f32x4.mul(s, f32x4.sub(pull, target)), firstLanes(width - j)));
    }
  }
}
