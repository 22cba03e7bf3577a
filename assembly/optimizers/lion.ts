import { madd, orZero } from "../lanes";

/**
 * w[i] -= rate · sign(beta1 · m[i] + (1 - beta1) · g[i]); m[i] = beta2 · m[i] + (1 - beta2) · g[i],
 * for i in [0, n), n rounded up to a multiple of 4.
 */
export function lionUpdate(
  w: usize,
  m: usize,
  g: usize,
  rate: f32,
  beta1: f32,
  oneMinusBeta1: f32,
  beta2: f32,
  oneMinusBeta2: f32,
  n: i32,
): void {
  const alpha = f32x4.splat(-rate);
  const keep1 = f32x4.splat(beta1);
  const take1 = f32x4.splat(oneMinusBeta1);
  const keep2 = f32x4.splat(beta2);
  const take2 = f32x4.splat(oneMinusBeta2);
  for (; n > 0; n -= 4, w += 16, m += 16, g += 16) {
    const gradient = v128.load(g);
    const oldM = v128.load(m);
    const direction = madd(f32x4.mul(take1, gradient), keep1, oldM);
    v128.store(m, orZero(madd(f32x4.mul(take2, gradient), keep2, oldM)));
    v128.store(w, madd(v128.load(w), alpha, signOf(direction)));
  }
}

/** 1, -1, or x itself where it is 0 or NaN. */
function signOf(x: v128): v128 {
  const zero = f32x4.splat(0);
  const one = v128.or(f32x4.splat(1), v128.and(x, f32x4.splat(-0.0)));
  return v128.bitselect(one, x, v128.or(f32x4.lt(x, zero), f32x4.gt(x, zero)));
}
