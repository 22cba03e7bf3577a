import { madd } from "../lanes";

/** w[i] -= learningRate · g[i] for i in [0, n), n rounded up to a multiple of 4. */
export function sgdUpdate(w: usize, g: usize, learningRate: f32, n: i32): void {
  const rate = f32x4.splat(-learningRate);
  for (; n > 0; n -= 4, w += 16, g += 16) v128.store(w, madd(v128.load(w), rate, v128.load(g)));
}

/**
 * v[i] = momentum · v[i] - learningRate · g[i]; w[i] += v[i], or with nesterov momentum · v[i] - learningRate · g[i].
 *
 * Keras's form, which differs from v = momentum · v + g when the learning rate changes.
 */
export function sgdMomentumUpdate(
  w: usize,
  v: usize,
  g: usize,
  learningRate: f32,
  momentum: f32,
  nesterov: bool,
  n: i32,
): void {
  const rate = f32x4.splat(-learningRate);
  const m = f32x4.splat(momentum);
  for (; n > 0; n -= 4, w += 16, v += 16, g += 16) {
    const step = f32x4.mul(rate, v128.load(g));
    const velocity = madd(step, m, v128.load(v));
    v128.store(v, velocity);
    v128.store(w, f32x4.add(v128.load(w), nesterov ? madd(step, m, velocity) : velocity));
  }
}
