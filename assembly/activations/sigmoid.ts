import { sigmoid } from "../elementary";

/** y[i] = 1 / (1 + e^-x[i]) for i in [0, n), n rounded up to a multiple of 4. y may alias x. */
export function sigmoidForward(y: usize, x: usize, n: i32): void {
  for (; n > 0; n -= 4, y += 16, x += 16) v128.store(y, sigmoid(v128.load(x)));
}

/** dX[i] = dY[i] · y[i] · (1 - y[i]). dX may alias dY. */
export function sigmoidBackward(dX: usize, dY: usize, y: usize, n: i32): void {
  const one = f32x4.splat(1);
  for (; n > 0; n -= 4, dX += 16, dY += 16, y += 16) {
    const value = v128.load(y);
    v128.store(dX, f32x4.mul(v128.load(dY), f32x4.mul(value, f32x4.sub(one, value))));
  }
}
