/** What every kernel shares: the multiply-add, the masks of a partly filled vector, and the sum over lanes. */

/** acc + a · b, rounded twice; the relaxed build rounds once where the processor can. The only line that differs between them. */
export function madd(acc: v128, a: v128, b: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, acc) : f32x4.add(acc, f32x4.mul(a, b));
}

/** Below this, what decays counts as 0: it would soon become denormal, which processors handle a hundred times slower. 2^-100. */
const NEGLIGIBLE: f32 = 7.888609052210118e-31;

/** x where it is not negligible, 0 elsewhere. NaN stays NaN. */
export function orZero(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(NEGLIGIBLE)));
}

/** All bits set in the lanes below `count`, none in the others. Any count. */
export function firstLanes(count: i32): v128 {
  return i32x4.gt_s(i32x4.splat(count), i32x4(0, 1, 2, 3));
}

/**
 * Σ x[i] for i in [0, n).
 *
 * 16 chains, chain c summing x[c], x[c + 16], … upward, combined by halves: chain[i] += chain[i + w] for w = 8, 4, 2, 1.
 * x: f32, readable to the next multiple of 4. What lies behind n does not count.
 */
export function sum(x: usize, n: i32): f32 {
  return sumOf<Value>(x, n);
}

/** Σ x[i]² for i in [0, n), in the chains of `sum`. */
export function sumOfSquares(x: usize, n: i32): f32 {
  return sumOf<Square>(x, n);
}

/** Σ |x[i]| for i in [0, n), in the chains of `sum`. */
export function sumOfMagnitudes(x: usize, n: i32): f32 {
  return sumOf<Magnitude>(x, n);
}

class Value {
  addTo(sum: v128, x: v128): v128 {
    return f32x4.add(sum, x);
  }
}

class Magnitude {
  addTo(sum: v128, x: v128): v128 {
    return f32x4.add(sum, f32x4.abs(x));
  }
}

class Square {
  addTo(sum: v128, x: v128): v128 {
    return madd(sum, x, x);
  }
}

/** `Term` says what is summed: a class without fields, of which no object is ever made. */
function sumOf<Term>(x: usize, n: i32): f32 {
  const term = changetype<Term>(0);
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (; n >= 16; n -= 16, x += 64) {
    s0 = term.addTo(s0, v128.load(x));
    s1 = term.addTo(s1, v128.load(x, 16));
    s2 = term.addTo(s2, v128.load(x, 32));
    s3 = term.addTo(s3, v128.load(x, 48));
  }
  if (n > 0) s0 = term.addTo(s0, v128.and(v128.load(x), firstLanes(n)));
  if (n > 4) s1 = term.addTo(s1, v128.and(v128.load(x, 16), firstLanes(n - 4)));
  if (n > 8) s2 = term.addTo(s2, v128.and(v128.load(x, 32), firstLanes(n - 8)));
  if (n > 12) s3 = term.addTo(s3, v128.and(v128.load(x, 48), firstLanes(n - 12)));
  const s = f32x4.add(f32x4.add(s0, s2), f32x4.add(s1, s3));
  return f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 2) + (f32x4.extract_lane(s, 1) + f32x4.extract_lane(s, 3));
}

/** Σ x[i] · y[i] for i in [0, n), the products in scratch and summed as by `sum`. scratch: f32[n rounded up to 4]. */
export function dot(x: usize, y: usize, n: i32, scratch: usize): f32 {
  for (let i: i32 = 0, at: usize = 0; i < n; i += 4, at += 16) {
    v128.store(scratch + at, f32x4.mul(v128.load(x + at), v128.load(y + at)));
  }
  return sum(scratch, n);
}
