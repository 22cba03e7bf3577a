/** Dice and Tversky: how far predictions and targets, taken as sets, do not overlap. */
import { dot, firstLanes, sum } from "../lanes";
import { EPSILON } from "./clip";

/**
 * loss[i] = 1 - share · both / (a · both + b · Σ y + c · Σ p + ε), both = Σ y · p, the sums over groups of groupRows rows.
 *
 * Every row gets the loss of its group. rows: a multiple of groupRows. scratch: f32[width rounded up to 4].
 */
export function overlapLossForward(
  loss: usize,
  p: usize,
  stride: i32,
  y: usize,
  yStride: i32,
  share: f32,
  a: f32,
  b: f32,
  c: f32,
  groupRows: i32,
  rows: i32,
  width: i32,
  scratch: usize,
): void {
  compute(loss, 0, p, stride, y, yStride, share, a, b, c, 0, groupRows, rows, width, scratch);
}

/**
 * dP[i,j] = scale · share · (both · (a · y[i,j] + c) - total · y[i,j]) / total², total being the forward pass's divisor.
 *
 * dP must not alias p.
 */
export function overlapLossBackward(
  dP: usize,
  p: usize,
  stride: i32,
  y: usize,
  yStride: i32,
  share: f32,
  a: f32,
  b: f32,
  c: f32,
  scale: f32,
  groupRows: i32,
  rows: i32,
  width: i32,
  scratch: usize,
): void {
  compute(0, dP, p, stride, y, yStride, share, a, b, c, scale, groupRows, rows, width, scratch);
}

/** The losses, or the gradient where there is a dP. */
function compute(
  loss: usize,
  dP: usize,
  p: usize,
  stride: i32,
  y: usize,
  yStride: i32,
  share: f32,
  a: f32,
  b: f32,
  c: f32,
  scale: f32,
  groupRows: i32,
  rows: i32,
  width: i32,
  scratch: usize,
): void {
  const step = (<usize>stride) << 2;
  const yStep = (<usize>yStride) << 2;
  for (; rows > 0; rows -= groupRows) {
    let both: f32 = 0;
    let ySum: f32 = 0;
    let pSum: f32 = 0;
    for (let i: i32 = 0, yRow = y; i < groupRows; i++, p += step, yRow += yStep) {
      both += dot(yRow, p, width, scratch);
      ySum += sum(yRow, width);
      pSum += sum(p, width);
    }
    const total = a * both + b * ySum + c * pSum + EPSILON;
    if (dP === 0) {
      const value: f32 = 1 - (share * both) / total;
      for (let i: i32 = 0; i < groupRows; i++, loss += 4, y += yStep) store<f32>(loss, value);
      continue;
    }
    const s = (scale * share) / (total * total);
    const toY = f32x4.splat(s * (a * both - total));
    const constant = f32x4.splat(s * c * both);
    for (let i: i32 = 0; i < groupRows; i++, dP += step, y += yStep) {
      for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
        const slope = f32x4.add(f32x4.mul(v128.load(y + at), toY), constant);
        v128.store(dP + at, v128.and(slope, firstLanes(width - j)));
      }
    }
  }
}
