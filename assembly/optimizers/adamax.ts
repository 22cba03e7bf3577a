import { madd, orZero } from "../lanes";

/**
 * m[i] += (g[i] - m[i]) · (1 - beta1); u[i] = max(beta2 · u[i], |g[i]|); w[i] -= rate · m[i] / (u[i] + epsilon),
 * for i in [0, n), n rounded up to a multiple of 4.
 */
export function adamaxUpdate(
  w: usize,
  m: usize,
  u: usize,
  g: usize,
  rate: f32,
  oneMinusBeta1: f32,
  beta2: f32,
  epsilon: f32,
  n: i32,
): void {
  const alpha = f32x4.splat(rate);
  const b1 = f32x4.splat(oneMinusBeta1);
  const b2 = f32x4.splat(beta2);
  const eps = f32x4.splat(epsilon);
  for (; n > 0; n -= 4, w += 16, m += 16, u += 16, g += 16) {
    const gradient = v128.load(g);
    const oldM = v128.load(m);
    const newM = orZero(madd(oldM, f32x4.sub(gradient, oldM), b1));
    const newU = orZero(f32x4.max(f32x4.mul(b2, v128.load(u)), f32x4.abs(gradient)));
    v128.store(m, newM);
    v128.store(u, newU);
    v128.store(w, f32x4.sub(v128.load(w), f32x4.div(f32x4.mul(alpha, newM), f32x4.add(newU, eps))));
  }
}
