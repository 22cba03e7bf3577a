/**
 * The dense matrix products: a·b forward, aᵀ·b for the weight gradient, a·bᵀ for the input gradient.
 *
 * All three walk the same way. b is brought, eight columns and at most DEPTH summands at a time, into a panel of
 * contiguous rows that stays in the first-level cache, and a into groups of four rows, so that each summand's four factors
 * lie side by side. Tiles of 4 rows x 8 columns of c run down the panel with their 32 sums in eight registers; what is left
 * at the right, of up to four columns, in four. Sums longer than DEPTH continue from what stands in c, so the order of the
 * summands never changes.
 *
 * Sizes and strides count floats; every stride is a multiple of 4.
 *
 * scratch: DEPTH · 8 floats for the panel, then ROWS · DEPTH for the groups.
 */
import { madd } from "./lanes";

/** Summands of a panel: 256 x 8 floats are 8 KiB. */
const DEPTH: i32 = 256;
/** Rows of a in groups at a time: 128 x 256 floats are 128 KiB, half of a small second-level cache. */
const ROWS: i32 = 128;
/** Bytes of a panel's row, and of a group's column. */
const PANEL: usize = 32;
const GROUP: usize = 16;

/**
 * c[m,n] = bias[n] + Σk a[m,k] · b[k,n], k ascending.
 *
 * bias: f32[n]. n a multiple of 4. c must not alias a or b. Any m, n, k ≥ 0.
 */
export function matmul(
  c: usize,
  cStride: i32,
  a: usize,
  aStride: i32,
  b: usize,
  bStride: i32,
  bias: usize,
  m: i32,
  n: i32,
  k: i32,
  scratch: usize,
): void {
  assert((n & 3) === 0);
  product(c, cStride, a, aStride, false, b, bStride, false, bias, m, n, k, scratch);
}

/**
 * c[m,n] = Σk a[m,k] · b[n,k], k ascending, and 0 in c's columns from n to the next multiple of 4.
 *
 * zeros: +0, f32[n rounded up to a multiple of 4]. c must not alias a or b. Any m, n, k ≥ 0.
 */
export function matmulTransposedB(
  c: usize,
  cStride: i32,
  a: usize,
  aStride: i32,
  b: usize,
  bStride: i32,
  zeros: usize,
  m: i32,
  n: i32,
  k: i32,
  scratch: usize,
): void {
  product(c, cStride, a, aStride, false, b, bStride, true, zeros, m, n, k, scratch);
}

/**
 * c[m,n] = Σk a[k,m] · b[k,n], k ascending.
 *
 * zeros: +0, f32[n]. n a multiple of 4. c must not alias a or b. Any m, n, k ≥ 0.
 */
export function matmulTransposedA(
  c: usize,
  cStride: i32,
  a: usize,
  aStride: i32,
  b: usize,
  bStride: i32,
  zeros: usize,
  m: i32,
  n: i32,
  k: i32,
  scratch: usize,
): void {
  assert((n & 3) === 0);
  product(c, cStride, a, aStride, true, b, bStride, false, zeros, m, n, k, scratch);
}

/** Each of the three, after which of its factors stand transposed in memory. The sums of a row start from start[n]. */
function product(
  c: usize,
  cStride: i32,
  a: usize,
  aStride: i32,
  aTransposed: bool,
  b: usize,
  bStride: i32,
  bTransposed: bool,
  start: usize,
  m: i32,
  n: i32,
  k: i32,
  scratch: usize,
): void {
  assert(((cStride | aStride | bStride) & 3) === 0);
  const cRow = (<usize>cStride) << 2;
  const aRow = (<usize>aStride) << 2;
  const bRow = (<usize>bStride) << 2;
  const groups = scratch + <usize>DEPTH * PANEL;
  for (let row: i32 = 0; row < m; row += ROWS) {
    const rows = min(m - row, ROWS);
    let done: i32 = 0;
    do {
      const depth = min(k - done, DEPTH);
      if (aTransposed) copyGroups(groups, a + <usize>done * aRow + ((<usize>row) << 2), aRow, depth, rows);
      else packGroups(groups, a + <usize>row * aRow + ((<usize>done) << 2), aRow, depth, rows);
      for (let column: i32 = 0; column < n; column += 8) {
        const columns = n - column;
        if (bTransposed)
          packTransposedRows(scratch, b + <usize>column * bRow + ((<usize>done) << 2), bRow, depth, columns);
        else packRows(scratch, b + <usize>done * bRow + ((<usize>column) << 2), bRow, depth, columns);
        const at = (<usize>column) << 2;
        const out = c + <usize>row * cRow + at;
        tiles(out, cRow, groups, scratch, depth, done ? out : start + at, done ? cRow : 0, rows, columns);
      }
      done += depth;
    } while (done < k);
  }
}

/** Copies 8 columns of consecutive rows into the panel; columns from the fifth on are 0 when there are none. */
function packRows(panel: usize, b: usize, bRow: usize, depth: i32, columns: i32): void {
  for (const end = panel + <usize>depth * PANEL; panel < end; panel += PANEL, b += bRow) {
    v128.store(panel, v128.load(b));
    if (columns > 4) v128.store(panel, v128.load(b, 16), 16);
  }
}

/** Brings eight rows into the panel as columns; those from the fifth on only when there are any. */
function packTransposedRows(panel: usize, b: usize, bRow: usize, depth: i32, rows: i32): void {
  packColumns(panel, PANEL, b, bRow, depth, rows);
  if (rows > 4) packColumns(panel + 16, PANEL, b + (bRow << 2), bRow, depth, rows - 4);
}

/** Brings rows four by four into groups, one behind the other; rows that fill up the last group are 0. */
function packGroups(groups: usize, a: usize, aRow: usize, depth: i32, rows: i32): void {
  for (; rows > 0; rows -= 4, a += aRow << 2, groups += GROUP * depth) {
    packColumns(groups, GROUP, a, aRow, depth, rows);
  }
}

/** The same of a transposed: four columns side by side are a group already, up to three of the last one being anything. */
function copyGroups(groups: usize, a: usize, aRow: usize, depth: i32, columns: i32): void {
  for (; columns > 0; columns -= 4, a += 16) {
    let source = a;
    for (const end = groups + GROUP * depth; groups < end; groups += GROUP, source += aRow) {
      v128.store(groups, v128.load(source));
    }
  }
}

/**
 * target[k] = x[0…4, k] for k in [0, depth): up to four rows transposed, those that are not there being 0.
 *
 * Reads up to three floats beyond the depth, and leaves as many columns beyond it unwritten as there are.
 */
function packColumns(target: usize, step: usize, x: usize, xRow: usize, depth: i32, rows: i32): void {
  const zero = f32x4.splat(0);
  for (; depth > 0; depth -= 4, x += 16) {
    const r0 = rows > 0 ? v128.load(x) : zero;
    const r1 = rows > 1 ? v128.load(x + xRow) : zero;
    const r2 = rows > 2 ? v128.load(x + 2 * xRow) : zero;
    const r3 = rows > 3 ? v128.load(x + 3 * xRow) : zero;
    const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    v128.store(target, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
    if (depth > 1) v128.store(target + step, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
    if (depth > 2) v128.store(target + 2 * step, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
    if (depth > 3) v128.store(target + 3 * step, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
    target += step << 2;
  }
}

/**
 * c[0…rows, 0…min(columns, 8)], each continued from `start` by the products of the groups and the panel.
 *
 * The loops are not unrolled: V8 moves every load of a loop's body to its front, and with more than one summand's loads
 * alive it runs out of registers.
 */
function tiles(
  c: usize,
  cRow: usize,
  groups: usize,
  panel: usize,
  depth: i32,
  start: usize,
  startRow: usize,
  rows: i32,
  columns: i32,
): void {
  const zero = f32x4.splat(0);
  const wide = columns > 4;
  const end = panel + <usize>depth * PANEL;
  let factors = groups;
  for (; rows > 0; rows -= 4, c += cRow << 2, start += startRow << 2) {
    let s00 = zero;
    let s01 = zero;
    let s10 = zero;
    let s11 = zero;
    let s20 = zero;
    let s21 = zero;
    let s30 = zero;
    let s31 = zero;
    // bias + 0 is never -0: then no sum is, and a zero that is skipped can't differ from one that is added
    s00 = f32x4.add(v128.load(start), zero);
    if (rows > 1) s10 = f32x4.add(v128.load(start + startRow), zero);
    if (rows > 2) s20 = f32x4.add(v128.load(start + 2 * startRow), zero);
    if (rows > 3) s30 = f32x4.add(v128.load(start + 3 * startRow), zero);
    if (wide) {
      s01 = f32x4.add(v128.load(start, 16), zero);
      if (rows > 1) s11 = f32x4.add(v128.load(start + startRow, 16), zero);
      if (rows > 2) s21 = f32x4.add(v128.load(start + 2 * startRow, 16), zero);
      if (rows > 3) s31 = f32x4.add(v128.load(start + 3 * startRow, 16), zero);
      for (let p = panel; p < end; p += PANEL, factors += GROUP) {
        const b0 = v128.load(p);
        const b1 = v128.load(p, 16);
        const a0 = v128.load32_splat(factors);
        s00 = madd(s00, a0, b0);
        s01 = madd(s01, a0, b1);
        const a1 = v128.load32_splat(factors, 4);
        s10 = madd(s10, a1, b0);
        s11 = madd(s11, a1, b1);
        const a2 = v128.load32_splat(factors, 8);
        s20 = madd(s20, a2, b0);
        s21 = madd(s21, a2, b1);
        const a3 = v128.load32_splat(factors, 12);
        s30 = madd(s30, a3, b0);
        s31 = madd(s31, a3, b1);
      }
    } else {
      for (let p = panel; p < end; p += PANEL, factors += GROUP) {
        const b0 = v128.load(p);
        s00 = madd(s00, v128.load32_splat(factors), b0);
        s10 = madd(s10, v128.load32_splat(factors, 4), b0);
        s20 = madd(s20, v128.load32_splat(factors, 8), b0);
        s30 = madd(s30, v128.load32_splat(factors, 12), b0);
      }
    }
    v128.store(c, s00);
    if (rows > 1) v128.store(c + cRow, s10);
    if (rows > 2) v128.store(c + 2 * cRow, s20);
    if (rows > 3) v128.store(c + 3 * cRow, s30);
    if (wide) {
      v128.store(c, s01, 16);
      if (rows > 1) v128.store(c + cRow, s11, 16);
      if (rows > 2) v128.store(c + 2 * cRow, s21, 16);
      if (rows > 3) v128.store(c + 3 * cRow, s31, 16);
    }
  }
}
