/** Binary cross-entropy, on logits (fused with the sigmoid before it) and on probabilities. Mean over a row. */
import { expNegative, log, log1p, sigmoid } from "../elementary";
import { firstLanes, sum } from "../lanes";
import { clip, unclipped } from "./clip";

/**
 * p[i,j] = sigmoid(z[i,j]) and loss[i] = 1/width · Σj (max(z, 0) - z · y + ln(1 + e^-|z|)), for i in [0, rows).
 *
 * z, p: one stride; y: its own. p may alias z. scratch: f32[width rounded up to 4].
 */
export function sigmoidCrossentropyForward(
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
  const zero = f32x4.splat(0);
  const step = (<usize>stride) << 2;
  for (; rows > 0; rows--, loss += 4, p += step, z += step, y += (<usize>yStride) << 2) {
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      const logit = v128.load(z + at);
      const softplus = log1p(expNegative(f32x4.neg(f32x4.abs(logit))));
      const linear = f32x4.sub(f32x4.pmax(logit, zero), f32x4.mul(logit, v128.load(y + at)));
      v128.store(p + at, sigmoid(logit));
      v128.store(scratch + at, f32x4.add(linear, softplus));
    }
    store<f32>(loss, sum(scratch, width) / <f32>width);
  }
}

/** dZ[i,j] = scale · (p[i,j] - y[i,j]) / width, 0 from `width` to the next multiple of 4. dZ may alias p. */
export function sigmoidCrossentropyBackward(
  dZ: usize,
  p: usize,
  stride: i32,
  y: usize,
  yStride: i32,
  scale: f32,
  rows: i32,
  width: i32,
): void {
  const s = f32x4.splat(scale / <f32>width);
  const step = (<usize>stride) << 2;
  for (; rows > 0; rows--, dZ += step, p += step, y += (<usize>yStride) << 2) {
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      const difference = f32x4.sub(v128.load(p + at), v128.load(y + at));
      v128.store(dZ + at, v128.and(f32x4.mul(s, difference), firstLanes(width - j)));
    }
  }
}

/** q = p clipped to [ε, 1 - ε]; loss[i] = -1/width · Σj (y · ln q + (1 - y) · ln(1 - q)). scratch: f32[width rounded up to 4]. */
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
  const one = f32x4.splat(1);
  for (; rows > 0; rows--, loss += 4, p += (<usize>stride) << 2, y += (<usize>yStride) << 2) {
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      const q = clip(v128.load(p + at));
      const target = v128.load(y + at);
      const hit = f32x4.mul(target, log(q));
      const miss = f32x4.mul(f32x4.sub(one, target), log(f32x4.sub(one, q)));
      v128.store(scratch + at, f32x4.neg(f32x4.add(hit, miss)));
    }
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
  const one = f32x4.splat(1);
  const s = f32x4.splat(scale / <f32>width);
  const step = (<usize>stride) << 2;
  for (; rows > 0; rows--, dP += step, p += step, y += (<usize>yStride) << 2) {
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      const value = v128.load(p + at);
      const q = clip(value);
      const target = v128.load(y + at);
      const slope = f32x4.sub(f32x4.div(f32x4.sub(one, target), f32x4.sub(one, q)), f32x4.div(target, q));
      const inside = v128.and(unclipped(value), firstLanes(width - j));
      v128.store(dP + at, v128.and(f32x4.mul(s, slope), inside));
    }
  }
}
