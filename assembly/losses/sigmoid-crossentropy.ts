/** Binary cross-entropy on logits, fused with the sigmoid before it. Mean over a row. That on probabilities is elementwise. */
import { expNegative, log1p, sigmoid } from "../elementary";
import { sum } from "../lanes";
import { meanSquaredErrorBackward } from "./mean-squared-error";

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
  // The gradient of half the squared error
  meanSquaredErrorBackward(dZ, p, stride, y, yStride, scale / 2, rows, width);
}
