import { dot, firstLanes, sumOfSquares } from "../lanes";
import { EPSILON } from "./clip";

/**
 * loss[i] = -Σj y[i,j] · p[i,j] / (|y[i]| · |p[i]|), norms kept from going below ε; for i in [0, rows).
 *
 * scratch: f32[width rounded up to 4].
 */
export function cosineSimilarityForward(
  loss: usize,
  p: usize,
  stride: i32,
  y: usize,
  yStride: i32,
  rows: i32,
  width: i32,
  scratch: usize,
): void {
  for (; rows > 0; rows--, loss += 4, p += (<usize>stride) << 2, y += (<usize>yStride) << 2) {
    const norms = norm(p, width) * norm(y, width);
    store<f32>(loss, -dot(y, p, width, scratch) / norms);
  }
}

/** dP[i,j] = -scale / |p| · (y / |y| - p · cos / |p|), without its second term where |p| < ε. dP may alias p. */
export function cosineSimilarityBackward(
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
  const step = (<usize>stride) << 2;
  for (; rows > 0; rows--, dP += step, p += step, y += (<usize>yStride) << 2) {
    const pNorm = norm(p, width);
    const yNorm = norm(y, width);
    const cosine = dot(y, p, width, scratch) / (pNorm * yNorm);
    const toY = f32x4.splat(-scale / (pNorm * yNorm));
    const toP = f32x4.splat(pNorm > EPSILON ? (scale * cosine) / (pNorm * pNorm) : 0);
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      const slope = f32x4.add(f32x4.mul(v128.load(y + at), toY), f32x4.mul(v128.load(p + at), toP));
      v128.store(dP + at, v128.and(slope, firstLanes(width - j)));
    }
  }
}

function norm(x: usize, width: i32): f32 {
  return max<f32>(sqrt<f32>(sumOfSquares(x, width)), EPSILON);
}
