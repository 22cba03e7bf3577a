/**
 * Random numbers on the host: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011).
 *
 * The generator keeps no state. Every word is a function of (seed, stream, step, index), and the twin of this file in
 * the Wasm core gives the same words:
 *
 *     counter = [block, step, stream, 0]      key = [seed mod 2^32, floor(seed / 2^32)]
 *     element i = word (i & 3) of block (i >>> 2)
 */
import { describe } from "./arrays.js";

export type PhiloxCounter = readonly [number, number, number, number];
export type PhiloxKey = readonly [number, number];

/** Integers drawn one after another. */
export interface RandomIntegers {
  /**
   * floor(u · bound / 2^32) with u the next 32-bit word: an integer in [0, bound), for 1 ≤ bound < 2^32.
   *
   * No word is rejected, so the draws stay in step with their index. The price is that the probability of a value is
   * off by less than a factor of 1 ± bound / 2^32.
   */
  next(bound: number): number;
}

/**
 * Streams of the host's own draws, plus the number of a class where each class has a stream of its own.
 * High numbers, out of reach of streams that are counted from 0.
 */
export const SPLIT_STREAM = 0x8000_0000;
export const FOLD_STREAM = 0xa000_0000;

/** The multipliers and Weyl increments of the paper's table 2 and section 4.3. */
const MULTIPLIER_0 = 0xd251_1f53;
const MULTIPLIER_1 = 0xcd9e_8d57;
const KEY_STEP_0 = 0x9e37_79b9;
const KEY_STEP_1 = 0xbb67_ae85;
const ROUNDS = 10;

/**
 * The four 32-bit words of one counter under one key.
 *
 * @param out Where the words go. Defaults to a new array.
 */
export function philox(counter: PhiloxCounter, key: PhiloxKey, out = new Uint32Array(4)): Uint32Array {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1 >>> 0;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0 >>> 0;
    k0 = (k0 + KEY_STEP_0) >>> 0;
    k1 = (k1 + KEY_STEP_1) >>> 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
  return out;
}

/** The word at one index of a stream. */
export function uint32At(seed: number, stream: number, step: number, index: number): number {
  return philox([index >>> 2, step, stream, 0], keyOf(seed))[index & 3] as number;
}

/** Integers from the words of a stream, by ascending index from 0. */
export function randomIntegers(seed: number, stream: number, step = 0): RandomIntegers {
  const key = keyOf(seed);
  const words = new Uint32Array(4);
  let index = 0;
  return {
    next(bound) {
      if ((index & 3) === 0) philox([index >>> 2, step, stream, 0], key, words);
      return multiplyHigh(words[index++ & 3] as number, bound);
    },
  };
}

/**
 * Shuffles in place and returns the same array: Fisher-Yates from the last element down,
 * for i = n-1 … 1: swap(i, next(i + 1)).
 */
export function shuffle<T extends Uint32Array | number[]>(values: T, seed: number, stream: number, step = 0): T {
  const integers = randomIntegers(seed, stream, step);
  for (let i = values.length - 1; i > 0; i--) {
    const j = integers.next(i + 1);
    const value = values[i] as number;
    values[i] = values[j] as number;
    values[j] = value;
  }
  return values;
}

/**
 * Returns the seed if it is one.
 *
 * @param what The argument's name, for error messages.
 * @throws TypeError when it is no number, RangeError when it is no integer from 0 to 2^53 - 1.
 */
export function checkSeed(seed: unknown, what = "seed"): number {
  if (typeof seed !== "number") throw new TypeError(`${what}: expected a number, got ${describe(seed)}`);
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`${what}: expected an integer from 0 to 2^53 - 1, got ${seed}`);
  }
  return seed;
}

/** The two words of a seed that is one. */
export function keyOf(seed: number): PhiloxKey {
  return [seed >>> 0, Math.floor(seed / 2 ** 32)];
}

/** floor(a · b / 2^32) of two unsigned 32-bit integers, exact: no partial product reaches 2^32. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return aHigh * bHigh + (middle >>> 16) + (carry >>> 16);
}

/** A seed for who has given none. */
export function randomSeed(): number {
  return Math.floor(Math.random() * 2 ** 32);
}
