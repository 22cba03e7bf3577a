import { madd, orZero } from "../lanes";

/**
 * v[i] = rho · v[i] + (1 - rho) · g[i]²; mean[i] = rho · mean[i] + (1 - rho) · g[i];
 * velocity[i] = momentum · velocity[i] + rate · g[i] / √(v[i] - mean[i]² + epsilon); w[i] -= velocity[i],
 * for i in [0, n), n rounded up to a multiple of 4.
 *
 * mean, velocity: 0 where there is none. A variance that rounding has made negative counts as 0.
 */
export function rmspropUpdate(
  w: usize,
  v: usize,
  mean: usize,
  velocity: usize,
  g: usize,
  rate: f32,
  rho: f32,
  oneMinusRho: f32,
  momentum: f32,
  epsilon: f32,
  n: i32,
): void {
  const alpha = f32x4.splat(rate);
  const keep = f32x4.splat(rho);
  const take = f32x4.splat(oneMinusRho);
  const push = f32x4.splat(momentum);
  const eps = f32x4.splat(epsilon);
  for (let at: usize = 0; n > 0; n -= 4, at += 16) {
    const gradient = v128.load(g + at);
    const square = f32x4.mul(take, f32x4.mul(gradient, gradient));
    const newV = orZero(madd(square, keep, v128.load(v + at)));
    v128.store(v + at, newV);
    let variance = newV;
    if (mean) {
      const newMean = orZero(madd(f32x4.mul(take, gradient), keep, v128.load(mean + at)));
      v128.store(mean + at, newMean);
      variance = f32x4.pmax(f32x4.sub(newV, f32x4.mul(newMean, newMean)), f32x4.splat(0));
    }
    let step = f32x4.div(f32x4.mul(alpha, gradient), f32x4.sqrt(f32x4.add(variance, eps)));
    if (velocity) {
      step = orZero(madd(step, push, v128.load(velocity + at)));
      v128.store(velocity + at, step);
    }
    v128.store(w + at, f32x4.sub(v128.load(w + at), step));
  }
}
