/** Categorical cross-entropy, plain and focal, of anything that is to be normalized: q = p[i] / Σj p[i,j]. */
import { log, power } from "../elementary";
import { firstLanes, sum } from "../lanes";
import { clip, unclipped } from "./clip";

/** loss[i] = -Σj y[i,j] · ln q[j], q kept in [ε, 1 - ε] (Keras, from_logits=False). scratch: f32[width rounded up to 4]. */
export function categoricalCrossentropyForward(
  loss: usize,
  p: usize,
  stride: i32,
  y: usize,
  yStride: i32,
  rows: i32,
  width: i32,
  scratch: usize,
): void {
  forward(loss, p, stride, y, yStride, false, 0, rows, width, scratch);
}

/**
 * dP[i,j] = scale · (g[j] - Σj g[j] · q[j]) / Σj p[i,j], with g[j] = -y[i,j] / q[j], 0 where q was clipped.
 *
 * dP must not alias p. scratch: f32[width rounded up to 4].
 */
export function categoricalCrossentropyBackward(
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
  backward(dP, p, stride, y, yStride, false, 0, scale, rows, width, scratch);
}

/** loss[i] = -Σj y[i,j] · (1 - q[j])^gamma · ln q[j], q kept in [ε, 1 - ε]. scratch: f32[width rounded up to 4]. */
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
  forward(loss, p, stride, y, yStride, true, gamma, rows, width, scratch);
}

/**
 * dP as of the plain one, with g[j] = y[i,j] · (1 - q)^gamma · (gamma · ln q / (1 - q) - 1 / q), 0 where q was clipped.
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
  backward(dP, p, stride, y, yStride, true, gamma, scale, rows, width, scratch);
}

function forward(
  loss: usize,
  p: usize,
  stride: i32,
  y: usize,
  yStride: i32,
  focal: bool,
  gamma: f32,
  rows: i32,
  width: i32,
  scratch: usize,
): void {
  for (; rows > 0; rows--, loss += 4, p += (<usize>stride) << 2, y += (<usize>yStride) << 2) {
    const total = f32x4.splat(sum(p, width));
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      const q = clip(f32x4.div(v128.load(p + at), total));
      let term = f32x4.mul(v128.load(y + at), f32x4.neg(log(q)));
      if (focal) term = f32x4.mul(power(f32x4.sub(f32x4.splat(1), q), f32x4.splat(gamma)), term);
      v128.store(scratch + at, term);
    }
    store<f32>(loss, sum(scratch, width));
  }
}

function backward(
  dP: usize,
  p: usize,
  stride: i32,
  y: usize,
  yStride: i32,
  focal: bool,
  gamma: f32,
  scale: f32,
  rows: i32,
  width: i32,
  scratch: usize,
): void {
  const one = f32x4.splat(1);
  const step = (<usize>stride) << 2;
  for (; rows > 0; rows--, dP += step, p += step, y += (<usize>yStride) << 2) {
    const total = f32x4.splat(sum(p, width));
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      const share = f32x4.div(v128.load(p + at), total);
      const inside = v128.and(unclipped(share), firstLanes(width - j));
      const q = clip(share);
      const target = v128.load(y + at);
      let g = f32x4.neg(f32x4.div(target, q));
      if (focal) {
        const rest = f32x4.sub(one, q);
        const slope = f32x4.div(f32x4.mul(f32x4.splat(gamma), log(q)), rest);
        g = f32x4.mul(f32x4.mul(target, power(rest, f32x4.splat(gamma))), f32x4.sub(slope, f32x4.div(one, q)));
      }
      g = v128.and(g, inside);
      v128.store(dP + at, g);
      v128.store(scratch + at, f32x4.mul(g, q));
    }
    const projection = f32x4.splat(sum(scratch, width));
    const factor = f32x4.div(f32x4.splat(scale), total);
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      const dQ = f32x4.mul(factor, f32x4.sub(v128.load(dP + at), projection));
      v128.store(dP + at, v128.and(dQ, firstLanes(width - j)));
    }
  }
}
