/** y[i] = max(x[i], 0) for i in [0, n), n rounded up to a multiple of 4. NaN stays NaN. y may alias x. */
export function reluForward(y: usize, x: usize, n: i32): void {
  const zero = f32x4.splat(0);
  for (; n > 0; n -= 4, y += 16, x += 16) v128.store(y, f32x4.pmax(v128.load(x), zero));
}

/** dX[i] = y[i] > 0 ? dY[i] : 0. dX may alias dY. */
export function reluBackward(dX: usize, dY: usize, y: usize, n: i32): void {
  const zero = f32x4.splat(0);
  for (; n > 0; n -= 4, dX += 16, dY += 16, y += 16) {
    v128.store(dX, v128.and(v128.load(dY), f32x4.gt(v128.load(y), zero)));
  }
}
