import { power } from "../elementary";
import { dot, firstLanes } from "../lanes";
import { EPSILON } from "./clip";

/** loss[i] = (1 - (Σj y[i,j] · p[i,j])^q) / q, for i in [0, rows). scratch: f32[width rounded up to 4]. */
export function generalizedCrossentropyForward(
  loss: usize,
  p: usize,
  stride: i32,
  y: usize,
  yStride: i32,
  q: f32,
  rows: i32,
  width: i32,
  scratch: usize,
): void {
  for (; rows > 0; rows--, loss += 4, p += (<usize>stride) << 2, y += (<usize>yStride) << 2) {
    const hit = power(f32x4.splat(dot(y, p, width, scratch)), f32x4.splat(q));
    store<f32>(loss, (1 - f32x4.extract_lane(hit, 0)) / q);
  }
}

/** dP[i,j] = -scale · y[i,j] · hit^(q - 1), hit = Σj y · p, there not below ε so that it stays finite. dP may alias p. */
export function generalizedCrossentropyBackward(
  dP: usize,
  p: usize,
  stride: i32,
  y: usize,
  yStride: i32,
  q: f32,
  scale: f32,
  rows: i32,
  width: i32,
  scratch: usize,
): void {
  const step = (<usize>stride) << 2;
  for (; rows > 0; rows--, dP += step, p += step, y += (<usize>yStride) << 2) {
    const hit = f32x4.splat(max<f32>(dot(y, p, width, scratch), EPSILON));
    const slope = f32x4.mul(f32x4.splat(-scale), f32x4.div(power(hit, f32x4.splat(q)), hit));
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      v128.store(dP + at, v128.and(f32x4.mul(slope, v128.load(y + at)), firstLanes(width - j)));
    }
  }
}
