import { log, power } from "../elementary";
import { firstLanes, sum } from "../lanes";
import { clip, unclipped } from "./clip";

/**
 * q = p[i] / Σj p[i,j] clipped to [ε, 1 - ε]; loss[i] = -Σj y[i,j] · (1 - q[j])^gamma · ln q[j].
 *
 * scratch: f32[width rounded up to 4].
 */
export function categoricalFocalCrossentropyForward(
  loss: usize,
  p: usize,
  stride: i32,
  y: usize,
  yStride: i32,
  gamma: f32,
  rows: i32,
  width: i32,
  scratch: usize,
): void {
  const one = f32x4.splat(1);
  const g = f32x4.splat(gamma);
  for (; rows > 0; rows--, loss += 4, p += (<usize>stride) << 2, y += (<usize>yStride) << 2) {
    const total = f32x4.splat(sum(p, width));
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      const q = clip(f32x4.div(v128.load(p + at), total));
      const entropy = f32x4.mul(v128.load(y + at), f32x4.neg(log(q)));
      v128.store(scratch + at, f32x4.mul(power(f32x4.sub(one, q), g), entropy));
    }
    store<f32>(loss, sum(scratch, width));
  }
}

/**
 * dP[i,j] = scale · (g[j] - Σj g[j] · q[j]) / Σj p[i,j], with
 * g[j] = y[i,j] · (1 - q)^gamma · (gamma · ln q / (1 - q) - 1 / q), 0 where q was clipped.
 *
 * dP must not alias p. scratch: f32[width rounded up to 4].
 */
export function categoricalFocalCrossentropyBackward(
  dP: usize,
  p: usize,
  stride: i32,
  y: usize,
  yStride: i32,
  gamma: f32,
  scale: f32,
  rows: i32,
  width: i32,
  scratch: usize,
): void {
  const one = f32x4.splat(1);
  const vGamma = f32x4.splat(gamma);
  const step = (<usize>stride) << 2;
  for (; rows > 0; rows--, dP += step, p += step, y += (<usize>yStride) << 2) {
    const total = f32x4.splat(sum(p, width));
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      const share = f32x4.div(v128.load(p + at), total);
      const inside = v128.and(unclipped(share), firstLanes(width - j));
      const q = clip(share);
      const rest = f32x4.sub(one, q);
      const slope = f32x4.sub(f32x4.div(f32x4.mul(vGamma, log(q)), rest), f32x4.div(one, q));
      const g = v128.and(f32x4.mul(f32x4.mul(v128.load(y + at), power(rest, vGamma)), slope), inside);
      v128.store(dP + at, g);
      v128.store(scratch + at, v128.and(f32x4.mul(g, q), firstLanes(width - j)));
    }
    const projection = f32x4.splat(sum(scratch, width));
    const factor = f32x4.div(f32x4.splat(scale), total);
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      const dQ = f32x4.mul(factor, f32x4.sub(v128.load(dP + at), projection));
      v128.store(dP + at, v128.and(dQ, firstLanes(width - j)));
    }
  }
}
