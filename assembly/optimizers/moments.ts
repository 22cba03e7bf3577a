import { madd, orZero } from "../lanes";

/**
 * The relatives of Adam: m[i] += (g[i] - m[i]) · (1 - beta1); v[i] += (g[i]² - v[i]) · (1 - beta2);
 * peak[i] = max(peak[i], v[i]); w[i] = keep · w[i] - (mRate · m[i] + gRate · g[i]) / (√peak[i] + epsilon),
 * for i in [0, n), n rounded up to a multiple of 4.
 *
 * peak may be v, and then is. w may be g: with keep = 0 the step itself is left there.
 */
export function momentsUpdate(
  w: usize,
  m: usize,
  v: usize,
  peak: usize,
  g: usize,
  keep: f32,
  mRate: f32,
  gRate: f32,
  oneMinusBeta1: f32,
  oneMinusBeta2: f32,
  epsilon: f32,
  n: i32,
): void {
  const kept = f32x4.splat(keep);
  const ofM = f32x4.splat(mRate);
  const ofG = f32x4.splat(gRate);
  const b1 = f32x4.splat(oneMinusBeta1);
  const b2 = f32x4.splat(oneMinusBeta2);
  const eps = f32x4.splat(epsilon);
  for (; n > 0; n -= 4, w += 16, m += 16, v += 16, peak += 16, g += 16) {
    const gradient = v128.load(g);
    const oldM = v128.load(m);
    const oldV = v128.load(v);
    const newM = orZero(madd(oldM, f32x4.sub(gradient, oldM), b1));
    const newV = orZero(madd(oldV, f32x4.sub(f32x4.mul(gradient, gradient), oldV), b2));
    v128.store(m, newM);
    v128.store(v, newV);
    const highest = f32x4.max(v128.load(peak), newV);
    v128.store(peak, highest);
    const step = f32x4.div(madd(f32x4.mul(ofM, newM), ofG, gradient), f32x4.add(f32x4.sqrt(highest), eps));
    v128.store(w, f32x4.sub(f32x4.mul(kept, v128.load(w)), step));
  }
}
