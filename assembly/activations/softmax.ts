import { expNegative } from "../elementary";
import { firstLanes, sum } from "../lanes";

/**
 * y[i,j] = e^(x[i,j] - max_j x[i,j]) / Σj e^(…), for i in [0, rows), j in [0, width).
 *
 * x and y share one stride, a multiple of 4; y of a finite row is 0 from `width` to the next multiple of 4. y may alias x.
 */
export function softmaxForward(y: usize, x: usize, stride: i32, rows: i32, width: i32): void {
  for (; rows > 0; rows--, y += (<usize>stride) << 2, x += (<usize>stride) << 2) {
    const total = exponentials(y, x, rowMaximum(x, width), width);
    const divisor = f32x4.splat(total);
    for (let j: i32 = 0, p = y; j < width; j += 4, p += 16) v128.store(p, f32x4.div(v128.load(p), divisor));
  }
}

/** dX[i,j] = y[i,j] · (dY[i,j] - Σj dY[i,j] · y[i,j]). All share one stride. dX may alias dY, not y. */
export function softmaxBackward(dX: usize, dY: usize, y: usize, stride: i32, rows: i32, width: i32): void {
  const step = (<usize>stride) << 2;
  for (; rows > 0; rows--, dX += step, dY += step, y += step) {
    // y times dY minus y times the sum, so that one buffer serves for both passes
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      v128.store(dX + at, f32x4.mul(v128.load(dY + at), v128.load(y + at)));
    }
    const total = f32x4.splat(sum(dX, width));
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      v128.store(dX + at, f32x4.sub(v128.load(dX + at), f32x4.mul(v128.load(y + at), total)));
    }
  }
}

/** The largest of x[0…width), or NaN when the row's sum would be NaN anyway. */
export function rowMaximum(x: usize, width: i32): f32 {
  const lowest = f32x4.splat(-Infinity);
  let most = lowest;
  for (; width > 0; width -= 4, x += 16) {
    most = f32x4.max(most, v128.bitselect(v128.load(x), lowest, firstLanes(width)));
  }
  most = f32x4.max(most, v128.shuffle<f32>(most, most, 2, 3, 0, 1));
  most = f32x4.max(most, v128.shuffle<f32>(most, most, 1, 0, 3, 2));
  return f32x4.extract_lane(most, 0);
}

/** y[j] = e^(x[j] - maximum), 0 behind width; returns their sum. */
export function exponentials(y: usize, x: usize, maximum: f32, width: i32): f32 {
  const shift = f32x4.splat(maximum);
  for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
    const e = expNegative(f32x4.sub(v128.load(x + at), shift));
    v128.store(y + at, v128.and(e, firstLanes(width - j)));
  }
  return sum(y, width);
}
