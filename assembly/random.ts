/**
 * Random numbers as a pure function: Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011).
 *
 * Word i of (seed, stream, step, row) is word i & 3 of the block with counter [i >> 2, step, stream, row] under the key
 * [seed mod 2^32, seed >> 32]. No state, so any part of a stream can be made by anyone, in any order.
 */
import { normalQuantile } from "./elementary";

/** Writes the words [0, n) of a row of a stream, n rounded up to a multiple of 4. out: u32. */
export function randomBits(out: usize, seedLow: u32, seedHigh: u32, stream: u32, step: u32, row: u32, n: i32): void {
  const multiplier0 = i32x4.splat(0xd2511f53);
  const multiplier1 = i32x4.splat(0xcd9e8d57);
  for (let block: i32 = 0; n > 0; n -= 16, block += 4, out += 64) {
    // Four blocks at once, one to a lane
    let c0 = i32x4.add(i32x4.splat(block), i32x4(0, 1, 2, 3));
    let c1 = i32x4.splat(step);
    let c2 = i32x4.splat(stream);
    let c3 = i32x4.splat(row);
    let key0 = seedLow;
    let key1 = seedHigh;
    for (let round = 0; round < 10; round++) {
      const low0 = i32x4.mul(c0, multiplier0);
      const low1 = i32x4.mul(c2, multiplier1);
      const high0 = highProduct(c0, multiplier0);
      const high1 = highProduct(c2, multiplier1);
      c0 = v128.xor(v128.xor(high1, c1), i32x4.splat(key0));
      c1 = low1;
      c2 = v128.xor(v128.xor(high0, c3), i32x4.splat(key1));
      c3 = low0;
      key0 += 0x9e3779b9;
      key1 += 0xbb67ae85;
    }
    // From a word to a vector to a block to a vector
    const low01 = v128.shuffle<i32>(c0, c1, 0, 4, 1, 5);
    const high01 = v128.shuffle<i32>(c0, c1, 2, 6, 3, 7);
    const low23 = v128.shuffle<i32>(c2, c3, 0, 4, 1, 5);
    const high23 = v128.shuffle<i32>(c2, c3, 2, 6, 3, 7);
    v128.store(out, v128.shuffle<i32>(low01, low23, 0, 1, 4, 5));
    if (n > 4) v128.store(out, v128.shuffle<i32>(low01, low23, 2, 3, 6, 7), 16);
    if (n > 8) v128.store(out, v128.shuffle<i32>(high01, high23, 0, 1, 4, 5), 32);
    if (n > 12) v128.store(out, v128.shuffle<i32>(high01, high23, 2, 3, 6, 7), 48);
  }
}

/** A uniform number in [0, 1) of 24 bits from a word of 32. */
export function unitInterval(bits: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_u(i32x4.shr_u(bits, 8)), f32x4.splat(<f32>(1.0 / 16777216.0)));
}

/** out[i] uniform in [low, high), high itself only by rounding, i in [0, n), n rounded up to a multiple of 4. */
export function randomUniform(
  out: usize,
  low: f32,
  high: f32,
  seedLow: u32,
  seedHigh: u32,
  stream: u32,
  step: u32,
  n: i32,
): void {
  randomBits(out, seedLow, seedHigh, stream, step, 0, n);
  const range = f32x4.splat(high - low);
  const start = f32x4.splat(low);
  for (; n > 0; n -= 4, out += 16) {
    v128.store(out, f32x4.add(start, f32x4.mul(range, unitInterval(v128.load(out)))));
  }
}

/**
 * out[i,j] uniform in [low[j], high[j]), for rows from `firstRow` on: row i from the stream's row i, whichever come with it.
 *
 * out: f32[rows, columns], columns a multiple of 4. bounds: low f32[columns], then high f32[columns].
 */
export function randomUniformRows(
  out: usize,
  bounds: usize,
  firstRow: i32,
  rows: i32,
  columns: i32,
  seedLow: u32,
  seedHigh: u32,
  stream: u32,
  step: u32,
): void {
  const rowBytes = (<usize>columns) << 2;
  const end = out + <usize>rows * rowBytes;
  for (let to = out; to < end; to += rowBytes) randomBits(to, seedLow, seedHigh, stream, step, firstRow++, columns);
  for (; out < end; out += rowBytes) {
    for (let at: usize = 0; at < rowBytes; at += 16) {
      const low = v128.load(bounds + at);
      const range = f32x4.sub(v128.load(bounds + rowBytes + at), low);
      v128.store(out + at, f32x4.add(low, f32x4.mul(range, unitInterval(v128.load(out + at)))));
    }
  }
}

/**
 * out[i] normal with the given mean and standard deviation, i in [0, n), n rounded up to a multiple of 4: numbers of a row
 * of the stream. Inverts the distribution function, so that one word makes one number; the largest lie 5.4 deviations out.
 */
export function randomNormal(
  out: usize,
  mean: f32,
  deviation: f32,
  seedLow: u32,
  seedHigh: u32,
  stream: u32,
  step: u32,
  row: u32,
  n: i32,
): void {
  randomBits(out, seedLow, seedHigh, stream, step, row, n);
  quantiles(out, mean, deviation, 2, n);
}

/**
 * out[i] normal with the given mean and standard deviation, without what lies beyond two deviations (the deviation is
 * that before the cut). Inverts the distribution function, so that one word makes one number.
 */
export function randomTruncatedNormal(
  out: usize,
  mean: f32,
  deviation: f32,
  seedLow: u32,
  seedHigh: u32,
  stream: u32,
  step: u32,
  n: i32,
): void {
  randomBits(out, seedLow, seedHigh, stream, step, 0, n);
  // 2 Φ(2) - 1: the share of a normal distribution within two deviations
  const share: f32 = 0.954499736;
  quantiles(out, mean, deviation, 2 * share, n);
}

/**
 * Shuffles rowNumbers[0…n) in place (Fisher-Yates from the last down): the t-th draw, of i + 1 places, takes place
 * floor(word t · (i + 1) / 2^32). words: scratch, u32[n rounded up to a multiple of 4].
 */
export function shuffle(
  rowNumbers: usize,
  words: usize,
  seedLow: u32,
  seedHigh: u32,
  stream: u32,
  step: u32,
  n: i32,
): void {
  randomBits(words, seedLow, seedHigh, stream, step, 0, n);
  for (let i: i32 = n - 1; i > 0; i--, words += 4) {
    const j = (<u64>load<u32>(words) * <u64>(i + 1)) >> 32;
    const here = rowNumbers + ((<usize>i) << 2);
    const there = rowNumbers + ((<usize>j) << 2);
    const value = load<u32>(here);
    store<u32>(here, load<u32>(there));
    store<u32>(there, value);
  }
}

/** Turns words into normal numbers: the quantiles of the middle `width` / 2 of the distribution. */
function quantiles(out: usize, mean: f32, deviation: f32, width: f32, n: i32): void {
  // The middle of the word's 2^-24
  const half = f32x4.splat(<f32>(0.5 / 16777216.0) - 0.5);
  for (; n > 0; n -= 4, out += 16) {
    const centered = f32x4.mul(f32x4.add(unitInterval(v128.load(out)), half), f32x4.splat(width));
    const value = f32x4.mul(f32x4.splat(deviation), normalQuantile(centered));
    v128.store(out, f32x4.add(f32x4.splat(mean), value));
  }
}

/** The upper halves of the four unsigned products. */
function highProduct(a: v128, b: v128): v128 {
  const low = i64x2.extmul_low_i32x4_u(a, b);
  const high = i64x2.extmul_high_i32x4_u(a, b);
  return v128.shuffle<i32>(low, high, 1, 3, 5, 7);
}
