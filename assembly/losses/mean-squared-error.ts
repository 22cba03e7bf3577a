import { firstLanes, sum } from "../lanes";

/** loss[i] = 1/width · Σj (p[i,j] - y[i,j])², for i in [0, rows). scratch: f32[width rounded up to 4]. */
export function meanSquaredErrorForward(
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
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      const error = f32x4.sub(v128.load(p + at), v128.load(y + at));
      v128.store(scratch + at, f32x4.mul(error, error));
    }
    store<f32>(loss, sum(scratch, width) / <f32>width);
  }
}

/** dP[i,j] = scale · 2 / width · (p[i,j] - y[i,j]), 0 from `width` to the next multiple of 4. dP may alias p. */
export function meanSquaredErrorBackward(
  dP: usize,
  p: usize,
  stride: i32,
  y: usize,
  yStride: i32,
  scale: f32,
  rows: i32,
  width: i32,
): void {
  const s = f32x4.splat((scale * 2) / <f32>width);
  const step = (<usize>stride) << 2;
  for (; rows > 0; rows--, dP += step, p += step, y += (<usize>yStride) << 2) {
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      const error = f32x4.sub(v128.load(p + at), v128.load(y + at));
      v128.store(dP + at, v128.and(f32x4.mul(s, error), firstLanes(width - j)));
    }
  }
}
