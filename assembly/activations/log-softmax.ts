import { log } from "../elementary";
import { sum } from "../lanes";
import { exponentials, rowMaximum, softmaxForward } from "./softmax";

/**
 * y[i,j] = x[i,j] - max_j x[i,j] - ln Σj e^(x[i,j] - max_j x[i,j]), for i in [0, rows), j in [0, width).
 *
 * x and y share one stride, a multiple of 4. y must not alias x.
 */
export function logSoftmaxForward(y: usize, x: usize, stride: i32, rows: i32, width: i32): void {
  for (; rows > 0; rows--, y += (<usize>stride) << 2, x += (<usize>stride) << 2) {
    const maximum = rowMaximum(x, width);
    const logarithm = log(f32x4.splat(exponentials(y, x, maximum, width)));
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      v128.store(y + at, f32x4.sub(f32x4.sub(v128.load(x + at), f32x4.splat(maximum)), logarithm));
    }
  }
}

/** dX[i,j] = dY[i,j] - softmax(x)[i,j] · Σj dY[i,j]. All share one stride. dX must not alias dY or x. */
export function logSoftmaxBackward(dX: usize, dY: usize, x: usize, stride: i32, rows: i32, width: i32): void {
  const step = (<usize>stride) << 2;
  softmaxForward(dX, x, stride, rows, width);
  for (; rows > 0; rows--, dX += step, dY += step) {
    const total = f32x4.splat(sum(dY, width));
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      v128.store(dX + at, f32x4.sub(v128.load(dY + at), f32x4.mul(v128.load(dX + at), total)));
    }
  }
}
