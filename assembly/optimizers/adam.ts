import { madd, orZero } from "../lanes";

/**
 * m[i] += (g[i] - m[i]) · (1 - beta1); v[i] += (g[i]² - v[i]) · (1 - beta2); w[i] -= rate · m[i] / (√v[i] + epsilon),
 * for i in [0, n), n rounded up to a multiple of 4.
 *
 * Kingma and Ba 2014, in Keras's form (epsilon-hat): rate = learningRate · √(1 - beta2^t) / (1 - beta1^t).
 * oneMinusBeta1, oneMinusBeta2: rounded from the exact difference by the caller.
 */
export function adamUpdate(
  w: usize,
  m: usize,
  v: usize,
  g: usize,
  rate: f32,
  oneMinusBeta1: f32,
  oneMinusBeta2: f32,
  epsilon: f32,
  n: i32,
): void {
  const alpha = f32x4.splat(rate);
  const b1 = f32x4.splat(oneMinusBeta1);
  const b2 = f32x4.splat(oneMinusBeta2);
  const eps = f32x4.splat(epsilon);
  for (; n > 0; n -= 4, w += 16, m += 16, v += 16, g += 16) {
    const gradient = v128.load(g);
    const oldM = v128.load(m);
    const oldV = v128.load(v);
    const newM = orZero(madd(oldM, f32x4.sub(gradient, oldM), b1));
    const newV = orZero(madd(oldV, f32x4.sub(f32x4.mul(gradient, gradient), oldV), b2));
    v128.store(m, newM);
    v128.store(v, newV);
    const step = f32x4.div(f32x4.mul(alpha, newM), f32x4.add(f32x4.sqrt(newV), eps));
    v128.store(w, f32x4.sub(v128.load(w), step));
  }
}
