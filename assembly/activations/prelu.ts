/** y[i,j] = x[i,j] > 0 ? x[i,j] : alpha[j] · x[i,j]. x and y share one stride, a multiple of 4. y may alias x. */
export function preluForward(y: usize, x: usize, alpha: usize, stride: i32, rows: i32, width: i32): void {
  const zero = f32x4.splat(0);
  for (; rows > 0; rows--, y += (<usize>stride) << 2, x += (<usize>stride) << 2) {
    for (let j: i32 = 0, at: usize = 0; j < width; j += 4, at += 16) {
      const value = v128.load(x + at);
      const negative = f32x4.mul(v128.load(alpha + at), value);
      v128.store(y + at, v128.bitselect(negative, value, f32x4.le(value, zero)));
    }
  }
}

/**
 * dX[i,j] = x[i,j] > 0 ? dY[i,j] : alpha[j] · dY[i,j], dAlpha[j] = Σi dY[i,j] · min(x[i,j], 0), i ascending.
 *
 * dX, dY and x share one stride, a multiple of 4. dX may alias dY.
 */
export function preluBackward(
  dX: usize,
  dAlpha: usize,
  dY: usize,
  x: usize,
  alpha: usize,
  stride: i32,
  rows: i32,
  width: i32,
): void {
  const zero = f32x4.splat(0);
  const step = (<usize>stride) << 2;
  for (; width > 0; width -= 4, dX += 16, dAlpha += 16, dY += 16, x += 16, alpha += 16) {
    const slope = v128.load(alpha);
    let total = zero;
    for (let i: i32 = 0, at: usize = 0; i < rows; i++, at += step) {
      const value = v128.load(x + at);
      const gradient = v128.load(dY + at);
      total = f32x4.add(total, f32x4.mul(gradient, f32x4.pmin(value, zero)));
      v128.store(dX + at, v128.bitselect(f32x4.mul(slope, gradient), gradient, f32x4.le(value, zero)));
    }
    v128.store(dAlpha, total);
  }
}
