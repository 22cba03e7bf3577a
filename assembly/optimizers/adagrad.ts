import { madd } from "../lanes";

/**
 * sum[i] += g[i]²; w[i] -= rate · g[i] / √(sum[i] + epsilon), for i in [0, n), n rounded up to a multiple of 4.
 */
export function adagradUpdate(w: usize, sum: usize, g: usize, rate: f32, epsilon: f32, n: i32): void {
  const alpha = f32x4.splat(rate);
  const eps = f32x4.splat(epsilon);
  for (; n > 0; n -= 4, w += 16, sum += 16, g += 16) {
    const gradient = v128.load(g);
    const newSum = madd(v128.load(sum), gradient, gradient);
    v128.store(sum, newSum);
    const step = f32x4.div(f32x4.mul(alpha, gradient), f32x4.sqrt(f32x4.add(newSum, eps)));
    v128.store(w, f32x4.sub(v128.load(w), step));
  }
}
