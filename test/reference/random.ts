/** Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011) as the paper writes it, and what the kernels make of its words. */
import { normalQuantile } from "./elementary.js";
import { add, multiply, round, subtract } from "./float.js";

export type Words = readonly [number, number, number, number];

/** What names a sequence of random words. */
export interface Stream {
  readonly seedLow: number;
  readonly seedHigh: number;
  readonly stream: number;
  readonly step: number;
  /** Default 0. */
  readonly row?: number;
}

const MULTIPLIERS = [0xd2511f53, 0xcd9e8d57] as const;
const WEYL = [0x9e3779b9, 0xbb67ae85] as const;

/** The block of a counter under a key. */
export function philox(counter: Words, key: readonly [number, number]): Words {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let i = 0; i < 10; i++) {
    const [high0, low0] = wideProduct(MULTIPLIERS[0], c0);
    const [high1, low1] = wideProduct(MULTIPLIERS[1], c2);
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1, (high0 ^ c3 ^ k1) >>> 0, low0];
    k0 = (k0 + WEYL[0]) >>> 0;
    k1 = (k1 + WEYL[1]) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** Words [0, n) of a row of a stream: word i is word i & 3 of block i >> 2. */
export function randomBits({ seedLow, seedHigh, stream, step, row = 0 }: Stream, n: number): Uint32Array {
  const words = new Uint32Array(Math.ceil(n / 4) * 4);
  for (let i = 0; i < n; i += 4) words.set(philox([i / 4, step, stream, row], [seedLow, seedHigh]), i);
  return words.subarray(0, n);
}

/** A uniform number in [0, 1) from the upper 24 bits of a word. */
export function unitInterval(word: number): number {
  return (word >>> 8) / 2 ** 24;
}

export function randomUniform(low: number, high: number, stream: Stream, n: number): Float32Array {
  const start = round(low);
  const range = subtract(round(high), start);
  return Float32Array.from(randomBits(stream, n), (word) => add(start, multiply(range, unitInterval(word))));
}

/** Normal, by the quantile of a uniform number's middle. */
export function randomNormal(mean: number, deviation: number, stream: Stream, n: number): Float32Array {
  return Float32Array.from(randomBits(stream, n), (word) => normal(mean, deviation, 1, word));
}

/** For each row of the stream, numbers in the given ranges. */
export function randomUniformRows(
  low: ArrayLike<number>,
  high: ArrayLike<number>,
  stream: Stream,
  firstRow: number,
  rows: number,
): Float32Array {
  const out = new Float32Array(rows * low.length);
  for (let i = 0; i < rows; i++) {
    randomBits({ ...stream, row: firstRow + i }, low.length).forEach((word, j) => {
      const start = round(low[j] as number);
      const range = subtract(round(high[j] as number), start);
      out[i * low.length + j] = add(start, multiply(range, unitInterval(word)));
    });
  }
  return out;
}

/** Normal within two deviations. */
export function randomTruncatedNormal(mean: number, deviation: number, stream: Stream, n: number): Float32Array {
  return Float32Array.from(randomBits(stream, n), (word) => truncatedNormal(mean, deviation, word));
}

/** The number that one word makes. */
export function truncatedNormal(mean: number, deviation: number, word: number): number {
  // 2 Φ(2) - 1, the share of a normal distribution within two deviations, in single precision
  return normal(mean, deviation, round(0.954499736), word);
}

/** A number of the middle `share` of a normal distribution. */
function normal(mean: number, deviation: number, share: number, word: number): number {
  const centered = multiply(add(unitInterval(word), subtract(0.5 / 2 ** 24, 0.5)), multiply(2, share));
  return add(round(mean), multiply(round(deviation), normalQuantile(centered)));
}

/** Fisher-Yates in place from the last down; the t-th draw, of i + 1 places, is floor(word t · (i + 1) / 2^32). */
export function shuffle(rowNumbers: Uint32Array, stream: Stream): void {
  const n = rowNumbers.length;
  const words = randomBits(stream, n);
  for (let t = 0, i = n - 1; i > 0; t++, i--) {
    const j = Math.floor(((words[t] as number) * (i + 1)) / 2 ** 32);
    const value = rowNumbers[i] as number;
    rowNumbers[i] = rowNumbers[j] as number;
    rowNumbers[j] = value;
  }
}

/** The upper and the lower half of the product of two unsigned words. */
function wideProduct(a: number, b: number): [number, number] {
  const product = BigInt(a) * BigInt(b);
  return [Number(product >> 32n), Number(product & 0xffffffffn)];
}
