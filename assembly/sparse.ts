/**
 * Products with sparse rows: what is zero is not multiplied, which changes no bit while b is finite, since a sum that starts from +0 or
 * bias + 0 is never -0, and adding ±0 to anything else leaves it as it is.
 *
 * A matrix of sparse rows is
 *
 *     ranges:  per row two u32, the addresses of its first entry and of the end of its last
 *     entries: { u32 column; f32 value }, columns ascending, no value zero
 */
import { firstLanes, madd } from "./lanes";

/** Bytes of an entry. */
const ENTRY: usize = 8;

/**
 * c[m,n] = bias[n] + Σ over row m's entries value · b[column,n], in the entries' order.
 *
 * Row-major, strides in floats. n a multiple of 4. c must not alias b. Any m, n ≥ 0.
 */
export function sparseMatmul(
  c: usize,
  cStride: i32,
  ranges: usize,
  b: usize,
  bStride: i32,
  bias: usize,
  m: i32,
  n: i32,
): void {
  assert(((cStride | bStride | n) & 3) === 0);
  const cRow = (<usize>cStride) << 2;
  const bRow = (<usize>bStride) << 2;
  const rangesEnd = ranges + ((<usize>m) << 3);
  let column: i32 = 0;
  // In pairs, so that what is left of a common width is a multiple of 16
  for (const pairs = n - (n % 48); column < pairs; column += 24) {
    const at = (<usize>column) << 2;
    for (let range = ranges, out = c + at; range < rangesEnd; range += 8, out += cRow) {
      sixVectors(out, load<u32>(range), load<u32>(range, 4), b + at, bRow, bias + at);
    }
  }
  for (; column + 16 <= n; column += 16) {
    const at = (<usize>column) << 2;
    for (let range = ranges, out = c + at; range < rangesEnd; range += 8, out += cRow) {
      fourVectors(out, load<u32>(range), load<u32>(range, 4), b + at, bRow, bias + at);
    }
  }
  for (; column < n; column += 4) {
    const at = (<usize>column) << 2;
    for (let range = ranges, out = c + at; range < rangesEnd; range += 8, out += cRow) {
      oneVector(out, load<u32>(range), load<u32>(range, 4), b + at, bRow, bias + at);
    }
  }
}

/**
 * Writes the entries of dense rows, skipping zeros, from `entries` on. Returns the address after the last entry written.
 *
 * x[rows, width], stride in floats, a multiple of 4. entries: room for one more than there will be.
 */
export function compressRows(ranges: usize, entries: usize, x: usize, xStride: i32, rows: i32, width: i32): usize {
  assert((xStride & 3) === 0);
  const zero = f32x4.splat(0);
  for (; rows > 0; rows--, ranges += 8, x += (<usize>xStride) << 2) {
    store<u32>(ranges, <u32>entries);
    for (let column: i32 = 0, at = x; column < width; column += 4, at += 16) {
      const present = v128.and(f32x4.ne(v128.load(at), zero), firstLanes(width - column));
      if (!v128.any_true(present)) continue;
      // Every lane is written, and the address goes on only behind those that are present
      const lanes = i32x4.bitmask(present);
      entries = writeEntry(entries, column, at, lanes & 1);
      entries = writeEntry(entries, column + 1, at + 4, (lanes >> 1) & 1);
      entries = writeEntry(entries, column + 2, at + 8, (lanes >> 2) & 1);
      entries = writeEntry(entries, column + 3, at + 12, lanes >> 3);
    }
    store<u32>(ranges, <u32>entries, 4);
  }
  return entries;
}

/** Writes an entry, and returns the address behind it if it is to stay. */
function writeEntry(entries: usize, column: i32, value: usize, stays: i32): usize {
  store<u32>(entries, column);
  store<f32>(entries, load<f32>(value), 4);
  return entries + ENTRY * stays;
}

/**
 * The transpose: entries of each column, row numbers ascending, by counting.
 *
 * columnRanges: 2 x u32[columns]. columnEntries: room for as many entries as the rows have.
 */
export function transposeRows(columnRanges: usize, columnEntries: usize, ranges: usize, rows: i32, columns: i32): void {
  memory.fill(columnRanges, 0, (<usize>columns) << 3);
  for (let row: i32 = 0; row < rows; row++) {
    const range = ranges + ((<usize>row) << 3);
    const end = <usize>load<u32>(range, 4);
    for (let entry = <usize>load<u32>(range); entry < end; entry += ENTRY) {
      const column = columnRanges + ((<usize>load<u32>(entry)) << 3);
      store<u32>(column, load<u32>(column, 4) + <u32>ENTRY, 4);
    }
  }
  let next = <u32>columnEntries;
  for (let column: i32 = 0; column < columns; column++) {
    const range = columnRanges + ((<usize>column) << 3);
    const bytes = load<u32>(range, 4);
    store<u32>(range, next);
    store<u32>(range, next, 4);
    next += bytes;
  }
  for (let row: i32 = 0; row < rows; row++) {
    const range = ranges + ((<usize>row) << 3);
    const end = <usize>load<u32>(range, 4);
    for (let entry = <usize>load<u32>(range); entry < end; entry += ENTRY) {
      const column = columnRanges + ((<usize>load<u32>(entry)) << 3);
      const target = <usize>load<u32>(column, 4);
      store<u32>(target, row);
      store<f32>(target, load<f32>(entry, 4), 4);
      store<u32>(column, <u32>(target + ENTRY), 4);
    }
  }
}

/** ranges[i] = source[rowNumbers[i]], for i in [0, rows): a batch of sparse rows without moving an entry. */
export function gatherRanges(ranges: usize, source: usize, rowNumbers: usize, rows: i32): void {
  for (; rows > 0; rows--, ranges += 8, rowNumbers += 4) {
    store<u64>(ranges, load<u64>(source + ((<usize>load<u32>(rowNumbers)) << 3)));
  }
}

/**
 * 24 columns of one row of c: six independent chains hide the latency of an addition. With eight, V8, which moves every
 * load of a loop's body to its front, runs out of registers, and one chain goes through memory.
 */
function sixVectors(c: usize, entry: usize, end: usize, b: usize, bRow: usize, bias: usize): void {
  const zero = f32x4.splat(0);
  let s0 = f32x4.add(v128.load(bias), zero);
  let s1 = f32x4.add(v128.load(bias, 16), zero);
  let s2 = f32x4.add(v128.load(bias, 32), zero);
  let s3 = f32x4.add(v128.load(bias, 48), zero);
  let s4 = f32x4.add(v128.load(bias, 64), zero);
  let s5 = f32x4.add(v128.load(bias, 80), zero);
  for (; entry < end; entry += ENTRY) {
    const value = v128.load32_splat(entry, 4);
    const row = b + <usize>load<u32>(entry) * bRow;
    s0 = madd(s0, value, v128.load(row));
    s1 = madd(s1, value, v128.load(row, 16));
    s2 = madd(s2, value, v128.load(row, 32));
    s3 = madd(s3, value, v128.load(row, 48));
    s4 = madd(s4, value, v128.load(row, 64));
    s5 = madd(s5, value, v128.load(row, 80));
  }
  v128.store(c, s0);
  v128.store(c, s1, 16);
  v128.store(c, s2, 32);
  v128.store(c, s3, 48);
  v128.store(c, s4, 64);
  v128.store(c, s5, 80);
}

function fourVectors(c: usize, entry: usize, end: usize, b: usize, bRow: usize, bias: usize): void {
  const zero = f32x4.splat(0);
  let s0 = f32x4.add(v128.load(bias), zero);
  let s1 = f32x4.add(v128.load(bias, 16), zero);
  let s2 = f32x4.add(v128.load(bias, 32), zero);
  let s3 = f32x4.add(v128.load(bias, 48), zero);
  for (; entry < end; entry += ENTRY) {
    const value = v128.load32_splat(entry, 4);
    const row = b + <usize>load<u32>(entry) * bRow;
    s0 = madd(s0, value, v128.load(row));
    s1 = madd(s1, value, v128.load(row, 16));
    s2 = madd(s2, value, v128.load(row, 32));
    s3 = madd(s3, value, v128.load(row, 48));
  }
  v128.store(c, s0);
  v128.store(c, s1, 16);
  v128.store(c, s2, 32);
  v128.store(c, s3, 48);
}

function oneVector(c: usize, entry: usize, end: usize, b: usize, bRow: usize, bias: usize): void {
  let s0 = f32x4.add(v128.load(bias), f32x4.splat(0));
  for (; entry < end; entry += ENTRY) {
    s0 = madd(s0, v128.load32_splat(entry, 4), v128.load(b + <usize>load<u32>(entry) * bRow));
  }
  v128.store(c, s0);
}
