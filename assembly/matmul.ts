/**
 * The dense matrix products: a·b forward, aᵀ·b for the weight gradient, a·bᵀ for the input gradient.
 *
 * All three walk the same way. b is brought, eight columns and at most DEPTH summands at a time, into a panel of
 * contiguous rows that stays in the first-level cache, and a into groups of four rows, so that each summand's four factors
 * lie side by side (for aᵀ·b they already do). Tiles of 4 rows x 8 columns of c run down the panel with their 32 sums in
 * eight registers. Sums longer than DEPTH continue from what stands in c, so the order of the summands never changes.
 *
 * Sizes and strides count floats; every stride and n is a multiple of 4.
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
 * bias: f32[n]. c must not alias a or b. Any m, n, k ≥ 0.
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
  assert(((cStride | aStride | bStride | n) & 3) === 0);
  const cRow = (<usize>cStride) << 2;
  const aRow = (<usize>aStride) << 2;
  const bRow = (<usize>bStride) << 2;
  const groups = scratch + <usize>DEPTH * PANEL;
  for (; m > 0; m -= ROWS, a += aRow * ROWS, c += cRow * ROWS) {
    const rows = min(m, ROWS);
    let done: i32 = 0;
    do {
      const depth = min(k - done, DEPTH);
      packGroups(groups, a + ((<usize>done) << 2), aRow, depth, rows);
      const block = b + <usize>done * bRow;
      for (let column: i32 = 0; column < n; column += 8) {
        const at = (<usize>column) << 2;
        packRows(scratch, block + at, bRow, depth, n - column);
        const start = done ? c + at : bias + at;
        tiles(c + at, cRow, groups, GROUP, GROUP * depth, scratch, depth, start, done ? cRow : 0, rows, n - column);
      }
      done += depth;
    } while (done < k);
  }
}

/**
 * c[m,n] = Σk a[m,k] · b[n,k], k ascending, and 0 in c's columns from n to the next multiple of 4.
 *
 * zeros: f32[8] of +0. c must not alias a or b. Any m, n, k ≥ 0; here n need be no multiple of 4.
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
  assert(((cStride | aStride | bStride) & 3) === 0);
  const cRow = (<usize>cStride) << 2;
  const aRow = (<usize>aStride) << 2;
  const bRow = (<usize>bStride) << 2;
  const groups = scratch + <usize>DEPTH * PANEL;
  for (; m > 0; m -= ROWS, a += aRow * ROWS, c += cRow * ROWS) {
    const rows = min(m, ROWS);
    let done: i32 = 0;
    do {
      const depth = min(k - done, DEPTH);
      const skipped = (<usize>done) << 2;
      packGroups(groups, a + skipped, aRow, depth, rows);
      for (let column: i32 = 0; column < n; column += 8) {
        const at = (<usize>column) << 2;
        const block = b + <usize>column * bRow + skipped;
        packColumns(scratch, PANEL, block, bRow, depth, n - column);
        packColumns(scratch + 16, PANEL, block + (bRow << 2), bRow, depth, n - column - 4);
        tiles(
          c + at,
          cRow,
          groups,
          GROUP,
          GROUP * depth,
          scratch,
          depth,
          done ? c + at : zeros,
          done ? cRow : 0,
          rows,
          n - column,
        );
      }
      done += depth;
    } while (done < k);
  }
}

/**
 * c[m,n] = Σk a[k,m] · b[k,n], k ascending.
 *
 * zeros: f32[8] of +0. c must not alias a or b. Any m, n, k ≥ 0.
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
  assert(((cStride | aStride | bStride | n) & 3) === 0);
  const cRow = (<usize>cStride) << 2;
  const aRow = (<usize>aStride) << 2;
  const bRow = (<usize>bStride) << 2;
  let done: i32 = 0;
  do {
    const depth = min(k - done, DEPTH);
    const block = b + <usize>done * bRow;
    for (let column: i32 = 0; column < n; column += 8) {
      const at = (<usize>column) << 2;
      packRows(scratch, block + at, bRow, depth, n - column);
      const start = done ? c + at : zeros;
      tiles(c + at, cRow, a + <usize>done * aRow, aRow, GROUP, scratch, depth, start, done ? cRow : 0, m, n - column);
    }
    done += depth;
  } while (done < k);
}

/** Copies 8 columns of consecutive rows into the panel; columns from the fifth on are 0 when there are none. */
function packRows(panel: usize, b: usize, bRow: usize, depth: i32, columns: i32): void {
  for (const end = panel + <usize>depth * PANEL; panel < end; panel += PANEL, b += bRow) {
    v128.store(panel, v128.load(b));
    v128.store(panel, columns > 4 ? v128.load(b, 16) : f32x4.splat(0), 16);
  }
}

/** Brings rows four by four into groups, one behind the other; rows that fill up the last group are 0. */
function packGroups(groups: usize, a: usize, aRow: usize, depth: i32, rows: i32): void {
  for (; rows > 0; rows -= 4, a += aRow << 2, groups += GROUP * depth) {
    packColumns(groups, GROUP, a, aRow, depth, rows);
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
 * c[0…rows, 0…min(columns, 8)], each continued from `start` by the products of a's groups and the panel.
 *
 * Group g begins at a + g · aGroup, its columns are aStep apart. The loop is not unrolled: V8 moves every load of a loop's
 * body to its front, and with more than one summand's loads alive it runs out of registers.
 */
function tiles(
  c: usize,
  cRow: usize,
  a: usize,
  aStep: usize,
  aGroup: usize,
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
  for (; rows > 0; rows -= 4, a += aGroup, c += cRow << 2, start += startRow << 2) {
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
    }
    let factors = a;
    for (let p = panel; p < end; p += PANEL, factors += aStep) {
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
