/**
 * Bringing values to a common mean and deviation: down the columns of a batch, or along its rows.
 *
 * Strides and n count floats and are multiples of 4; x, y and their gradients share one stride.
 */
import { firstLanes, madd, sum } from "./lanes";

/** mean[j] = Σi x[i,j] / rows; variance[j] = Σi (x[i,j] - mean[j])² / rows; i ascending; 0 behind n, any n. rows ≥ 1. */
export function columnMoments(mean: usize, variance: usize, x: usize, stride: i32, rows: i32, n: i32): void {
  const step = (<usize>stride) << 2;
  const count = f32x4.splat(<f32>rows);
  for (; n > 0; n -= 4, mean += 16, variance += 16, x += 16) {
    let total = f32x4.splat(0);
    let row = x;
    for (let i: i32 = 0; i < rows; i++, row += step) total = f32x4.add(total, v128.load(row));
    const center = f32x4.div(total, count);
    let squares = f32x4.splat(0);
    row = x;
    for (let i: i32 = 0; i < rows; i++, row += step) {
      const difference = f32x4.sub(v128.load(row), center);
      squares = madd(squares, difference, difference);
    }
    const present = firstLanes(n);
    v128.store(mean, v128.and(center, present));
    v128.store(variance, v128.and(f32x4.div(squares, count), present));
  }
}

/** out[j] = 1 / √(variance[j] + epsilon), j in [0, n), n rounded up to a multiple of 4. */
export function inverseDeviations(out: usize, variance: usize, epsilon: f32, n: i32): void {
  const one = f32x4.splat(1);
  const e = f32x4.splat(epsilon);
  for (; n > 0; n -= 4, out += 16, variance += 16) {
    v128.store(out, f32x4.div(one, f32x4.sqrt(f32x4.add(v128.load(variance), e))));
  }
}

/** y[i,j] = (x[i,j] - shift[j]) · scale[j] + offset[j] for i in [0, rows), j in [0, n). y may alias x. */
export function affineColumns(
  y: usize,
  x: usize,
  stride: i32,
  shift: usize,
  scale: usize,
  offset: usize,
  rows: i32,
  n: i32,
): void {
  const step = (<usize>stride) << 2;
  const end = (<usize>n) << 2;
  for (; rows > 0; rows--, y += step, x += step) {
    for (let at: usize = 0; at < end; at += 16) {
      const centered = f32x4.sub(v128.load(x + at), v128.load(shift + at));
      v128.store(y + at, madd(v128.load(offset + at), centered, v128.load(scale + at)));
    }
  }
}

/**
 * dX[i,j] = factor[j] · (dY[i,j] - Σi dY[i,j] / rows - y[i,j] · (Σi dY[i,j] · y[i,j] / rows)), i ascending: the gradient of
 * y = (x - mean) · factor, mean and factor being those of the column. dX may alias dY, not y. rows ≥ 1.
 */
export function columnNormalizationBackward(
  dX: usize,
  dY: usize,
  y: usize,
  stride: i32,
  factor: usize,
  rows: i32,
  n: i32,
): void {
  const step = (<usize>stride) << 2;
  const count = f32x4.splat(<f32>rows);
  for (; n > 0; n -= 4, dX += 16, dY += 16, y += 16, factor += 16) {
    let total = f32x4.splat(0);
    let product = total;
    let at: usize = 0;
    for (let i: i32 = 0; i < rows; i++, at += step) {
      const gradient = v128.load(dY + at);
      total = f32x4.add(total, gradient);
      product = madd(product, gradient, v128.load(y + at));
    }
    const mean = f32x4.div(total, count);
    const slope = f32x4.div(product, count);
    at = 0;
    for (let i: i32 = 0; i < rows; i++, at += step) {
      const rest = f32x4.sub(f32x4.sub(v128.load(dY + at), mean), f32x4.mul(v128.load(y + at), slope));
      v128.store(dX + at, f32x4.mul(v128.load(factor), rest));
    }
  }
}

/**
 * y[i,j] = (x[i,j] - m) · factors[i] with factors[i] = min(1 / √s, most), or 0 for s = 0, s = Σj (x[i,j] - m)² / divisor +
 * epsilon, for i in [0, rows), j in [0, width); m = Σj x[i,j] / width when centered, else 0. factors: f32[rows]. y must not
 * alias x.
 */
export function rowNormalizationForward(
  y: usize,
  factors: usize,
  x: usize,
  stride: i32,
  rows: i32,
  width: i32,
  centered: bool,
  divisor: f32,
  epsilon: f32,
  most: f32,
): void {
  const step = (<usize>stride) << 2;
  const end = (<usize>width) << 2;
  for (; rows > 0; rows--, y += step, x += step, factors += 4) {
    const mean: f32 = centered ? sum(x, width) / <f32>width : 0;
    const shift = f32x4.splat(mean);
    for (let at: usize = 0; at < end; at += 16) {
      const difference = f32x4.sub(v128.load(x + at), shift);
      v128.store(y + at, f32x4.mul(difference, difference));
    }
    const square: f32 = sum(y, width) / divisor + epsilon;
    const factor: f32 = square === 0 ? 0 : min<f32>(1 / sqrt<f32>(square), most);
    store<f32>(factors, factor);
    const scale = f32x4.splat(factor);
    for (let at: usize = 0; at < end; at += 16) {
      v128.store(y + at, f32x4.mul(f32x4.sub(v128.load(x + at), shift), scale));
    }
  }
}

/**
 * dX[i,j] = factors[i] · (dY[i,j] - m - y[i,j] · (Σj dY[i,j] · y[i,j] / divisor)), 0 behind width; m = Σj dY[i,j] / width
 * when centered, else 0. dX must not alias dY or y.
 */
export function rowNormalizationBackward(
  dX: usize,
  dY: usize,
  y: usize,
  stride: i32,
  factors: usize,
  rows: i32,
  width: i32,
  centered: bool,
  divisor: f32,
): void {
  const step = (<usize>stride) << 2;
  const end = (<usize>width) << 2;
  for (; rows > 0; rows--, dX += step, dY += step, y += step, factors += 4) {
    for (let at: usize = 0; at < end; at += 16) {
      v128.store(dX + at, f32x4.mul(v128.load(dY + at), v128.load(y + at)));
    }
    const slope = f32x4.splat(sum(dX, width) / divisor);
    const mean = f32x4.splat(centered ? sum(dY, width) / <f32>width : 0);
    const factor = v128.load32_splat(factors);
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      const rest = f32x4.sub(f32x4.sub(v128.load(dY + at), mean), f32x4.mul(v128.load(y + at), slope));
      v128.store(dX + at, v128.and(f32x4.mul(factor, rest), firstLanes(width - j)));
    }
  }
}
