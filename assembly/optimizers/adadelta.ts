import { madd, orZero } from "../lanes";

/**
 * v[i] = rho · v[i] + (1 - rho) · g[i]²; step = √(u[i] + epsilon) · g[i] / √(v[i] + epsilon);
 * u[i] = rho · u[i] + (1 - rho) · step²; w[i] -= rate · step, for i in [0, n), n rounded up to a multiple of 4.
 */
export function adadeltaUpdate(
  w: usize,
  v: usize,
  u: usize,
  g: usize,
  rate: f32,
  rho: f32,
  oneMinusRho: f32,
  epsilon: f32,
  n: i32,
): void {
  const alpha = f32x4.splat(-rate);
  const keep = f32x4.splat(rho);
  const take = f32x4.splat(oneMinusRho);
  const eps = f32x4.splat(epsilon);
  for (; n > 0; n -= 4, w += 16, v += 16, u += 16, g += 16) {
    const gradient = v128.load(g);
    const oldU = v128.load(u);
    const newV = orZero(madd(f32x4.mul(take, f32x4.mul(gradient, gradient)), keep, v128.load(v)));
    v128.store(v, newV);
    const width = f32x4.sqrt(f32x4.add(oldU, eps));
    const step = f32x4.div(f32x4.mul(width, gradient), f32x4.sqrt(f32x4.add(newV, eps)));
    v128.store(u, orZero(madd(f32x4.mul(take, f32x4.mul(step, step)), keep, oldU)));
    v128.store(w, madd(v128.load(w), alpha, step));
  }
}
