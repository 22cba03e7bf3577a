import { madd } from "../lanes";
import { precisePower } from "../precise-power";

/**
 * before = sum[i]^exponent, sum[i] += g[i]², after = sum[i]^exponent;
 * linear[i] += g[i] + shrinkage · w[i] - (after - before) / rate · w[i];
 * w[i] = (clip(linear[i], -l1, l1) - linear[i]) / (after / rate + l2), or 0 where the numerator is,
 * for i in [0, n), n rounded up to a multiple of 4. The exponent is at least 0, and fastest when it is ½.
 *
 * McMahan et al., "Ad click prediction: a view from the trenches" (2013).
 */
export function ftrlUpdate(
  w: usize,
  sum: usize,
  linear: usize,
  g: usize,
  rate: f32,
  exponent: f32,
  l1: f32,
  l2: f32,
  shrinkage: f32,
  n: i32,
): void {
  const alpha = f32x4.splat(rate);
  const most = f32x4.splat(l1);
  const least = f32x4.splat(-l1);
  const ridge = f32x4.splat(l2);
  const shrink = f32x4.splat(shrinkage);
  for (; n > 0; n -= 4, w += 16, sum += 16, linear += 16, g += 16) {
    const weight = v128.load(w);
    const gradient = v128.load(g);
    const oldSum = v128.load(sum);
    const newSum = madd(oldSum, gradient, gradient);
    v128.store(sum, newSum);
    const before = exponent === 0.5 ? f32x4.sqrt(oldSum) : precisePower(oldSum, exponent);
    const after = exponent === 0.5 ? f32x4.sqrt(newSum) : precisePower(newSum, exponent);
    const sigma = f32x4.div(f32x4.sub(after, before), alpha);
    const pull = f32x4.sub(madd(gradient, shrink, weight), f32x4.mul(sigma, weight));
    const newLinear = f32x4.add(v128.load(linear), pull);
    v128.store(linear, newLinear);
    const clipped = f32x4.pmin(f32x4.pmax(newLinear, least), most);
    const numerator = f32x4.sub(clipped, newLinear);
    const quotient = f32x4.div(numerator, f32x4.add(f32x4.div(after, alpha), ridge));
    v128.store(w, v128.and(quotient, f32x4.ne(numerator, f32x4.splat(0))));
  }
}
