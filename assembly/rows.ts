/** Moving rows about, and looking at what they hold. */
import { firstLanes, madd, orZero, sum } from "./lanes";

/** out[i] = source[rowNumbers[i]] for i in [0, rows): `width` floats each, strides in floats. */
export function gatherRows(
  out: usize,
  outStride: i32,
  source: usize,
  sourceStride: i32,
  rowNumbers: usize,
  rows: i32,
  width: i32,
): void {
  for (; rows > 0; rows--, out += (<usize>outStride) << 2, rowNumbers += 4) {
    const row = source + ((<usize>load<u32>(rowNumbers) * <usize>sourceStride) << 2);
    memory.copy(out, row, (<usize>width) << 2);
  }
}

/** out[i] = source[i] for i in [0, rows), from one stride to another. What lies behind `width` is left alone. */
export function copyRows(out: usize, outStride: i32, source: usize, sourceStride: i32, rows: i32, width: i32): void {
  for (; rows > 0; rows--, out += (<usize>outStride) << 2, source += (<usize>sourceStride) << 2) {
    memory.copy(out, source, (<usize>width) << 2);
  }
}

/**
 * out[i, labels[rowNumbers[i]]] = 1, every other element of out[rows, width] 0.
 *
 * labels: f32 integers below width; the row of a negative one is all 0.
 */
export function oneHotRows(out: usize, outStride: i32, labels: usize, rowNumbers: usize, rows: i32, width: i32): void {
  for (; rows > 0; rows--, out += (<usize>outStride) << 2, rowNumbers += 4) {
    memory.fill(out, 0, (<usize>width) << 2);
    const label = load<f32>(labels + ((<usize>load<u32>(rowNumbers)) << 2));
    if (label >= 0) store<f32>(out + ((<usize>label) << 2), 1);
  }
}

/** out[j] = Σi x[i,j] for i in [0, rows), i ascending; j in [0, n), n a multiple of 4. */
export function columnSums(out: usize, x: usize, xStride: i32, rows: i32, n: i32): void {
  const step = (<usize>xStride) << 2;
  for (; n > 0; n -= 4, out += 16, x += 16) {
    let s = f32x4.splat(0);
    let row = x;
    for (let i: i32 = 0; i < rows; i++, row += step) s = f32x4.add(s, v128.load(row));
    v128.store(out, s);
  }
}

/** out[i] = Σj x[i,j] for j in [0, width), as 16 chains; i in [0, rows). x: readable to the next multiple of 4. */
export function rowSums(out: usize, x: usize, xStride: i32, rows: i32, width: i32): void {
  for (; rows > 0; rows--, out += 4, x += (<usize>xStride) << 2) store<f32>(out, sum(x, width));
}

/** x[i,j] *= factors[i] for i in [0, rows), j in [0, xStride), a multiple of 4. */
export function scaleRows(x: usize, xStride: i32, factors: usize, rows: i32): void {
  for (; rows > 0; rows--, factors += 4) {
    const factor = v128.load32_splat(factors);
    for (let j: i32 = 0; j < xStride; j += 4, x += 16) v128.store(x, f32x4.mul(v128.load(x), factor));
  }
}

/** How many of x[0…n) are not zero (NaN is not). x: readable to the next multiple of 4. */
export function countNonZeros(x: usize, n: i32): i32 {
  const zero = f32x4.splat(0);
  let counts = i32x4.splat(0);
  for (; n > 0; n -= 4, x += 16) {
    counts = i32x4.sub(counts, v128.and(f32x4.ne(v128.load(x), zero), firstLanes(n)));
  }
  return (
    i32x4.extract_lane(counts, 0) +
    i32x4.extract_lane(counts, 1) +
    i32x4.extract_lane(counts, 2) +
    i32x4.extract_lane(counts, 3)
  );
}

/** The index of the first of x[0…n) that is NaN or infinite, to a multiple of 4 downward, or n when there is none. */
export function findNonFinite(x: usize, n: i32): i32 {
  const zero = f32x4.splat(0);
  let i: i32 = 0;
  // 0 · v is ±0 for finite v and NaN for all others, and so is a sum of them
  for (; i + 16 <= n; i += 16, x += 64) {
    const low = f32x4.add(f32x4.mul(v128.load(x), zero), f32x4.mul(v128.load(x, 16), zero));
    const high = f32x4.add(f32x4.mul(v128.load(x, 32), zero), f32x4.mul(v128.load(x, 48), zero));
    if (!i32x4.all_true(f32x4.eq(f32x4.add(low, high), zero))) break;
  }
  for (; i < n; i += 4, x += 16) {
    const finite = f32x4.eq(f32x4.mul(v128.load(x), zero), zero);
    if (v128.any_true(v128.andnot(firstLanes(n - i), finite))) return i;
  }
  return n;
}

/** Whether every x[i,j] is 0 or 1, for i in [0, rows), j in [0, width). x: readable to the next multiple of 4. */
export function isBinary(x: usize, xStride: i32, rows: i32, width: i32): bool {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  for (; rows > 0; rows--, x += (<usize>xStride) << 2) {
    for (let j: i32 = 0, at = x; j < width; j += 4, at += 16) {
      const value = v128.load(at);
      const fits = v128.or(f32x4.eq(value, zero), f32x4.eq(value, one));
      if (v128.any_true(v128.andnot(firstLanes(width - j), fits))) return false;
    }
  }
  return true;
}

/** x[i] = value for i in [0, n), n rounded up to a multiple of 4. */
export function fill(x: usize, value: f32, n: i32): void {
  const v = f32x4.splat(value);
  for (; n > 0; n -= 4, x += 16) v128.store(x, v);
}

/** y[i] = scale · x[i] + offset for i in [0, n), n rounded up to a multiple of 4. y may alias x. */
export function rescale(y: usize, x: usize, scale: f32, offset: f32, n: i32): void {
  const s = f32x4.splat(scale);
  const o = f32x4.splat(offset);
  for (; n > 0; n -= 4, y += 16, x += 16) v128.store(y, f32x4.add(f32x4.mul(v128.load(x), s), o));
}

/** y[i] = x[i] > 0 ? 1 : 0 for i in [0, n), n rounded up to a multiple of 4. y may alias x. */
export function isPositive(y: usize, x: usize, n: i32): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  for (; n > 0; n -= 4, y += 16, x += 16) v128.store(y, v128.and(one, f32x4.gt(v128.load(x), zero)));
}

/** y[i] = a[i] · b[i] for i in [0, n), n rounded up to a multiple of 4. y may alias a or b. */
export function multiply(y: usize, a: usize, b: usize, n: i32): void {
  for (; n > 0; n -= 4, y += 16, a += 16, b += 16) v128.store(y, f32x4.mul(v128.load(a), v128.load(b)));
}

/** y[i] = a · y[i] + b · x[i] for i in [0, n), n rounded up to a multiple of 4; what is negligible becomes 0. */
export function blend(y: usize, x: usize, a: f32, b: f32, n: i32): void {
  const yShare = f32x4.splat(a);
  const xShare = f32x4.splat(b);
  for (; n > 0; n -= 4, y += 16, x += 16) {
    v128.store(y, orZero(madd(f32x4.mul(v128.load(y), yShare), v128.load(x), xShare)));
  }
}

/** y[i] = min(max(x[i], low), high) for i in [0, n), n rounded up to a multiple of 4. NaN stays NaN. y may alias x. */
export function clip(y: usize, x: usize, low: f32, high: f32, n: i32): void {
  const least = f32x4.splat(low);
  const most = f32x4.splat(high);
  for (; n > 0; n -= 4, y += 16, x += 16) v128.store(y, f32x4.pmin(f32x4.pmax(v128.load(x), least), most));
}

/** out[i,places[j]] = x[i,j] for i in [0, rows), j in [0, n). places: u32[n]. */
export function scatterColumns(
  out: usize,
  outStride: i32,
  x: usize,
  xStride: i32,
  places: usize,
  rows: i32,
  n: i32,
): void {
  for (; rows > 0; rows--, out += (<usize>outStride) << 2, x += (<usize>xStride) << 2) {
    for (let at: usize = 0, end = (<usize>n) << 2; at < end; at += 4) {
      store<f32>(out + ((<usize>load<u32>(places + at)) << 2), load<f32>(x + at));
    }
  }
}

/** out[i,j] = x[i,places[j]] for i in [0, rows), j in [0, n). places: u32[n]. */
export function gatherColumns(
  out: usize,
  outStride: i32,
  x: usize,
  xStride: i32,
  places: usize,
  rows: i32,
  n: i32,
): void {
  for (; rows > 0; rows--, out += (<usize>outStride) << 2, x += (<usize>xStride) << 2) {
    for (let at: usize = 0, end = (<usize>n) << 2; at < end; at += 4) {
      store<f32>(out + at, load<f32>(x + ((<usize>load<u32>(places + at)) << 2)));
    }
  }
}

/**
 * out[i, j / size · tokens + x[i,j]] becomes 1, or with `counting` one more, for j in [0, width); every other element of
 * out's rows, to their stride, 0. Returns the index i · width + j of the first x that is no whole number in [0, tokens), or
 * -1.
 */
export function encodeCategories(
  out: usize,
  outStride: i32,
  x: usize,
  xStride: i32,
  rows: i32,
  width: i32,
  size: i32,
  tokens: i32,
  counting: bool,
): i32 {
  for (let i: i32 = 0; i < rows; i++, out += (<usize>outStride) << 2, x += (<usize>xStride) << 2) {
    memory.fill(out, 0, (<usize>outStride) << 2);
    for (let j: i32 = 0; j < width; j++) {
      const value = load<f32>(x + ((<usize>j) << 2));
      if (!(value >= 0 && value < <f32>tokens) || trunc<f32>(value) !== value) return i * width + j;
      const at = out + ((<usize>((j / size) * tokens + <i32>value)) << 2);
      store<f32>(at, counting ? load<f32>(at) + 1 : 1);
    }
  }
  return -1;
}
