/**
 * The dense matrix products: a·b forward, aᵀ·b for the weight gradient, a·bᵀ for the input gradient.
 *
 * All three walk the same way. b is brought, eight columns and at most DEPTH summands at a time, into a panel of
 * contiguous rows that stays in the first-level cache; tiles of 4 rows x 8 columns of c run down the panel with their 32
 * sums in eight registers. Sums longer than DEPTH continue from what stands in c, so the order of the summands never
 * changes. Sizes and strides count floats; every stride and n is a multiple of 4.
 */
import { madd } from "./lanes";

/** Rows of a panel: 512 x 8 floats are 16 KiB, half of a small first-level cache. */
const DEPTH: i32 = 512;
/** Bytes of a panel's row. */
const PANEL: usize = 32;

/**
 * c[m,n] = bias[n] + Σk a[m,k] · b[k,n], k ascending.
 *
 * bias: f32[n]. panel: scratch of DEPTH x 8 floats. c must not alias a or b. Any m, n, k ≥ 0.
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
  panel: usize,
): void {
  const cRow = (<usize>cStride) << 2;
  const aRow = (<usize>aStride) << 2;
  const bRow = (<usize>bStride) << 2;
  let done: i32 = 0;
  do {
    const depth = min(k - done, DEPTH);
    const end = panel + <usize>depth * PANEL;
    const aBlock = a + ((<usize>done) << 2);
    const bBlock = b + <usize>done * bRow;
    for (let column: i32 = 0; column < n; column += 8) {
      const offset = (<usize>column) << 2;
      const wide = n - column > 4;
      packRows(panel, end, bBlock + offset, bRow, wide);
      rowTiles(c + offset, cRow, aBlock, aRow, panel, end, done ? c + offset : bias + offset, done ? cRow : 0, m, wide);
    }
    done += depth;
  } while (done < k);
}

/**
 * c[m,n] = Σk a[m,k] · b[n,k], k ascending, for n in [0, rows) and zero in c's columns from there to the next multiple of 4.
 *
 * zeros: f32[8] of +0. panel: as above. c must not alias a or b. Any m, rows, k ≥ 0.
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
  rows: i32,
  k: i32,
  panel: usize,
): void {
  const cRow = (<usize>cStride) << 2;
  const aRow = (<usize>aStride) << 2;
  const bRow = (<usize>bStride) << 2;
  let done: i32 = 0;
  do {
    const depth = min(k - done, DEPTH);
    const end = panel + <usize>depth * PANEL;
    const skipped = (<usize>done) << 2;
    for (let column: i32 = 0; column < rows; column += 8) {
      const offset = (<usize>column) << 2;
      packColumns(panel, b + <usize>column * bRow + skipped, bRow, depth, rows - column);
      rowTiles(
        c + offset,
        cRow,
        a + skipped,
        aRow,
        panel,
        end,
        done ? c + offset : zeros,
        done ? cRow : 0,
        m,
        rows - column > 4,
      );
    }
    done += depth;
  } while (done < k);
}

/**
 * c[m,n] = Σk a[k,m] · b[k,n], k ascending.
 *
 * zeros: f32[8] of +0. panel: as above. c must not alias a or b. Any m, n, k ≥ 0.
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
  panel: usize,
): void {
  const cRow = (<usize>cStride) << 2;
  const aRow = (<usize>aStride) << 2;
  const bRow = (<usize>bStride) << 2;
  let done: i32 = 0;
  do {
    const depth = min(k - done, DEPTH);
    const end = panel + <usize>depth * PANEL;
    const aBlock = a + <usize>done * aRow;
    const bBlock = b + <usize>done * bRow;
    for (let column: i32 = 0; column < n; column += 8) {
      const offset = (<usize>column) << 2;
      const wide = n - column > 4;
      packRows(panel, end, bBlock + offset, bRow, wide);
      columnTiles(c + offset, cRow, aBlock, aRow, panel, end, done ? c + offset : zeros, done ? cRow : 0, m, wide);
    }
    done += depth;
  } while (done < k);
}

/** Copies 8 columns (4 and four zeros, when not wide) of consecutive rows into the panel. */
function packRows(panel: usize, end: usize, b: usize, bRow: usize, wide: bool): void {
  for (; panel < end; panel += PANEL, b += bRow) {
    v128.store(panel, v128.load(b));
    v128.store(panel, wide ? v128.load(b, 16) : f32x4.splat(0), 16);
  }
}

/** Transposes up to 8 rows of b into the panel, four by four; rows that are not there become zeros. */
function packColumns(panel: usize, b: usize, bRow: usize, depth: i32, rows: i32): void {
  packFourColumns(panel, b, bRow, depth, rows);
  packFourColumns(panel + 16, b + (bRow << 2), bRow, depth, rows - 4);
}

function packFourColumns(panel: usize, b: usize, bRow: usize, depth: i32, rows: i32): void {
  const zero = f32x4.splat(0);
  let step: i32 = 0;
  for (; step < depth; step += 4, b += 16) {
    const r0 = rows > 0 ? v128.load(b) : zero;
    const r1 = rows > 1 ? v128.load(b + bRow) : zero;
    const r2 = rows > 2 ? v128.load(b + 2 * bRow) : zero;
    const r3 = rows > 3 ? v128.load(b + 3 * bRow) : zero;
    const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    v128.store(panel, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
    v128.store(panel + PANEL, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
    v128.store(panel + 2 * PANEL, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
    v128.store(panel + 3 * PANEL, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
    panel += 4 * PANEL;
  }
}

/**
 * c[0…m, 0…8] continued from `start` by the panel's rows, a read along its rows.
 *
 * Written out four summands at a time: a loop around each would cost as much as the arithmetic.
 */
function rowTiles(
  c: usize,
  cRow: usize,
  a: usize,
  aRow: usize,
  panel: usize,
  end: usize,
  start: usize,
  startRow: usize,
  m: i32,
  wide: bool,
): void {
  const endOfFours = end - ((end - panel) & 127);
  const zero = f32x4.splat(0);
  for (; m >= 4; m -= 4, a += aRow << 2, c += cRow << 2, start += startRow << 2) {
    let s00 = f32x4.add(v128.load(start), zero);
    let s10 = f32x4.add(v128.load(start + startRow), zero);
    let s20 = f32x4.add(v128.load(start + 2 * startRow), zero);
    let s30 = f32x4.add(v128.load(start + 3 * startRow), zero);
    let s01 = zero;
    let s11 = zero;
    let s21 = zero;
    let s31 = zero;
    if (wide) {
      s01 = f32x4.add(v128.load(start, 16), zero);
      s11 = f32x4.add(v128.load(start + startRow, 16), zero);
      s21 = f32x4.add(v128.load(start + 2 * startRow, 16), zero);
      s31 = f32x4.add(v128.load(start + 3 * startRow, 16), zero);
    }
    let a0 = a;
    let a1 = a + aRow;
    let a2 = a + 2 * aRow;
    let a3 = a + 3 * aRow;
    let b0: v128, b1: v128, x: v128;
    let p = panel;
    while (p < endOfFours) {
      b0 = v128.load(p);
      b1 = v128.load(p, 16);
      x = v128.load32_splat(a0);
      s00 = madd(s00, x, b0);
      s01 = madd(s01, x, b1);
      x = v128.load32_splat(a1);
      s10 = madd(s10, x, b0);
      s11 = madd(s11, x, b1);
      x = v128.load32_splat(a2);
      s20 = madd(s20, x, b0);
      s21 = madd(s21, x, b1);
      x = v128.load32_splat(a3);
      s30 = madd(s30, x, b0);
      s31 = madd(s31, x, b1);
      b0 = v128.load(p, 32);
      b1 = v128.load(p, 48);
      x = v128.load32_splat(a0, 4);
      s00 = madd(s00, x, b0);
      s01 = madd(s01, x, b1);
      x = v128.load32_splat(a1, 4);
      s10 = madd(s10, x, b0);
      s11 = madd(s11, x, b1);
      x = v128.load32_splat(a2, 4);
      s20 = madd(s20, x, b0);
      s21 = madd(s21, x, b1);
      x = v128.load32_splat(a3, 4);
      s30 = madd(s30, x, b0);
      s31 = madd(s31, x, b1);
      b0 = v128.load(p, 64);
      b1 = v128.load(p, 80);
      x = v128.load32_splat(a0, 8);
      s00 = madd(s00, x, b0);
      s01 = madd(s01, x, b1);
      x = v128.load32_splat(a1, 8);
      s10 = madd(s10, x, b0);
      s11 = madd(s11, x, b1);
      x = v128.load32_splat(a2, 8);
      s20 = madd(s20, x, b0);
      s21 = madd(s21, x, b1);
      x = v128.load32_splat(a3, 8);
      s30 = madd(s30, x, b0);
      s31 = madd(s31, x, b1);
      b0 = v128.load(p, 96);
      b1 = v128.load(p, 112);
      x = v128.load32_splat(a0, 12);
      s00 = madd(s00, x, b0);
      s01 = madd(s01, x, b1);
      x = v128.load32_splat(a1, 12);
      s10 = madd(s10, x, b0);
      s11 = madd(s11, x, b1);
      x = v128.load32_splat(a2, 12);
      s20 = madd(s20, x, b0);
      s21 = madd(s21, x, b1);
      x = v128.load32_splat(a3, 12);
      s30 = madd(s30, x, b0);
      s31 = madd(s31, x, b1);
      p += 128;
      a0 += 16;
      a1 += 16;
      a2 += 16;
      a3 += 16;
    }
    while (p < end) {
      b0 = v128.load(p);
      b1 = v128.load(p, 16);
      x = v128.load32_splat(a0);
      s00 = madd(s00, x, b0);
      s01 = madd(s01, x, b1);
      x = v128.load32_splat(a1);
      s10 = madd(s10, x, b0);
      s11 = madd(s11, x, b1);
      x = v128.load32_splat(a2);
      s20 = madd(s20, x, b0);
      s21 = madd(s21, x, b1);
      x = v128.load32_splat(a3);
      s30 = madd(s30, x, b0);
      s31 = madd(s31, x, b1);
      p += 32;
      a0 += 4;
      a1 += 4;
      a2 += 4;
      a3 += 4;
    }
    v128.store(c, s00);
    v128.store(c + cRow, s10);
    v128.store(c + 2 * cRow, s20);
    v128.store(c + 3 * cRow, s30);
    if (wide) {
      v128.store(c, s01, 16);
      v128.store(c + cRow, s11, 16);
      v128.store(c + 2 * cRow, s21, 16);
      v128.store(c + 3 * cRow, s31, 16);
    }
  }
  for (; m > 0; m--, a += aRow, c += cRow, start += startRow) singleRow(c, a, 4, panel, end, start, wide);
}

/** The same with a read down its columns: row i of c takes column i of a. */
function columnTiles(
  c: usize,
  cRow: usize,
  a: usize,
  aRow: usize,
  panel: usize,
  end: usize,
  start: usize,
  startRow: usize,
  m: i32,
  wide: bool,
): void {
  const endOfTwos = end - ((end - panel) & 63);
  const zero = f32x4.splat(0);
  for (; m >= 4; m -= 4, a += 16, c += cRow << 2, start += startRow << 2) {
    let s00 = f32x4.add(v128.load(start), zero);
    let s10 = f32x4.add(v128.load(start + startRow), zero);
    let s20 = f32x4.add(v128.load(start + 2 * startRow), zero);
    let s30 = f32x4.add(v128.load(start + 3 * startRow), zero);
    let s01 = zero;
    let s11 = zero;
    let s21 = zero;
    let s31 = zero;
    if (wide) {
      s01 = f32x4.add(v128.load(start, 16), zero);
      s11 = f32x4.add(v128.load(start + startRow, 16), zero);
      s21 = f32x4.add(v128.load(start + 2 * startRow, 16), zero);
      s31 = f32x4.add(v128.load(start + 3 * startRow, 16), zero);
    }
    let b0: v128, b1: v128, x: v128;
    let even = a;
    let odd = a + aRow;
    let p = panel;
    while (p < endOfTwos) {
      b0 = v128.load(p);
      b1 = v128.load(p, 16);
      x = v128.load32_splat(even);
      s00 = madd(s00, x, b0);
      s01 = madd(s01, x, b1);
      x = v128.load32_splat(even, 4);
      s10 = madd(s10, x, b0);
      s11 = madd(s11, x, b1);
      x = v128.load32_splat(even, 8);
      s20 = madd(s20, x, b0);
      s21 = madd(s21, x, b1);
      x = v128.load32_splat(even, 12);
      s30 = madd(s30, x, b0);
      s31 = madd(s31, x, b1);
      b0 = v128.load(p, 32);
      b1 = v128.load(p, 48);
      x = v128.load32_splat(odd);
      s00 = madd(s00, x, b0);
      s01 = madd(s01, x, b1);
      x = v128.load32_splat(odd, 4);
      s10 = madd(s10, x, b0);
      s11 = madd(s11, x, b1);
      x = v128.load32_splat(odd, 8);
      s20 = madd(s20, x, b0);
      s21 = madd(s21, x, b1);
      x = v128.load32_splat(odd, 12);
      s30 = madd(s30, x, b0);
      s31 = madd(s31, x, b1);
      p += 64;
      even += aRow << 1;
      odd += aRow << 1;
    }
    if (p < end) {
      b0 = v128.load(p);
      b1 = v128.load(p, 16);
      x = v128.load32_splat(even);
      s00 = madd(s00, x, b0);
      s01 = madd(s01, x, b1);
      x = v128.load32_splat(even, 4);
      s10 = madd(s10, x, b0);
      s11 = madd(s11, x, b1);
      x = v128.load32_splat(even, 8);
      s20 = madd(s20, x, b0);
      s21 = madd(s21, x, b1);
      x = v128.load32_splat(even, 12);
      s30 = madd(s30, x, b0);
      s31 = madd(s31, x, b1);
    }
    v128.store(c, s00);
    v128.store(c + cRow, s10);
    v128.store(c + 2 * cRow, s20);
    v128.store(c + 3 * cRow, s30);
    if (wide) {
      v128.store(c, s01, 16);
      v128.store(c + cRow, s11, 16);
      v128.store(c + 2 * cRow, s21, 16);
      v128.store(c + 3 * cRow, s31, 16);
    }
  }
  for (; m > 0; m--, a += 4, c += cRow, start += startRow) singleRow(c, a, aRow, panel, end, start, wide);
}

/** One row of c, for the up to three rows that fill no tile. `aStep` is the way from one summand in a to the next. */
function singleRow(c: usize, a: usize, aStep: usize, panel: usize, end: usize, start: usize, wide: bool): void {
  const zero = f32x4.splat(0);
  let s0 = f32x4.add(v128.load(start), zero);
  let s1 = wide ? f32x4.add(v128.load(start, 16), zero) : zero;
  for (; panel < end; panel += PANEL, a += aStep) {
    const x = v128.load32_splat(a);
    s0 = madd(s0, x, v128.load(panel));
    s1 = madd(s1, x, v128.load(panel, 16));
  }
  v128.store(c, s0);
  if (wide) v128.store(c, s1, 16);
}
