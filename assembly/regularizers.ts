import { firstLanes, madd } from "./lanes";

/** g[i] += l1 · sign x[i] + slope · x[i] for i in [0, n), sign 0 being 0. What lies behind n stays. g must not alias x. */
export function addPenaltyGradient(g: usize, x: usize, l1: f32, slope: f32, n: i32): void {
  const zero = f32x4.splat(0);
  const minus = f32x4.splat(-0.0);
  for (; n > 0; n -= 4, g += 16, x += 16) {
    const value = v128.load(x);
    const signed = v128.or(f32x4.splat(l1), v128.and(value, minus));
    const term = madd(v128.and(signed, f32x4.ne(value, zero)), f32x4.splat(slope), value);
    v128.store(g, f32x4.add(v128.load(g), v128.and(term, firstLanes(n))));
  }
}
