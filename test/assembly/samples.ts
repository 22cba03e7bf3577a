/** Numbers to feed to kernels, the same on every run. */

/** n numbers in [-1, 1) (Mulberry32 by Tommy Ettinger), `seed` naming the sequence. */
export function numbers(n: number, seed = 1): Float32Array<ArrayBuffer> {
  const next = generator(seed);
  return Float32Array.from({ length: n }, () => next() / 2 ** 31 - 1);
}

/** n numbers in (0, 1). */
export function fractions(n: number, seed = 1): Float32Array<ArrayBuffer> {
  return numbers(n, seed).map((value) => Math.min(Math.max(Math.abs(value), 1e-3), 0.999));
}

/** n numbers in [0, 1], some of them 0 and some 1. */
export function withExtremes(n: number, seed = 1): Float32Array<ArrayBuffer> {
  return fractions(n, seed).map((value) => (value < 0.08 ? 0 : value > 0.92 ? 1 : value));
}

/** n numbers of every sign and exponent, NaN and the infinities among them: random bits. */
export function anyFloats(n: number, seed = 1): Float32Array<ArrayBuffer> {
  return new Float32Array(Uint32Array.from({ length: n }, generator(seed)).buffer);
}

/** n numbers of which most are 0 or -0. */
export function mostlyZeros(n: number, seed = 1): Float32Array<ArrayBuffer> {
  return numbers(n, seed).map((value) => (value < 0.4 ? 0 : value < 0.6 ? -0 : value * 10 - 8));
}

/** n positive numbers in rows of `width`, each row with the sum 1 but for rounding. */
export function distributions(rows: number, width: number, seed = 1): Float32Array<ArrayBuffer> {
  const values = fractions(rows * width, seed);
  for (let start = 0; start < values.length; start += width) {
    const row = values.subarray(start, start + width);
    const total = row.reduce((a, b) => a + b, 0);
    row.forEach((value, j) => {
      row[j] = value / total;
    });
  }
  return values;
}

/** n points from low to high, equally far apart. */
export function linear(low: number, high: number, n: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: n }, (_, i) => low + ((high - low) * i) / (n - 1));
}

/** n points from low to high, of one sign, each the same factor from the last. */
export function geometric(low: number, high: number, n: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: n }, (_, i) => low * (high / low) ** (i / (n - 1)));
}

/** The points where a kernel changes its ways, and the numbers that are none. */
export const specials = Float32Array.of(
  0,
  -0,
  1e-45,
  -1e-45,
  1e-40,
  -1e-40,
  1.17549435e-38,
  -1.17549435e-38,
  1e-20,
  -1e-20,
  0.5,
  -0.5,
  1,
  -1,
  20,
  -20,
  86.9,
  -86.9,
  87,
  -87,
  87.1,
  -87.1,
  88.8,
  -88.8,
  104,
  -104,
  1e10,
  -1e10,
  3.4e38,
  -3.4e38,
  Infinity,
  -Infinity,
  NaN,
);

/** Arrays one behind the other. */
export function concatenate(...arrays: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(arrays.reduce((length, { length: n }) => length + n, 0));
  let next = 0;
  for (const array of arrays) {
    all.set(array, next);
    next += array.length;
  }
  return all;
}

/** Unsigned words of 32 bits, one after another. */
function generator(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b9);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return (word ^ (word >>> 14)) >>> 0;
  };
}
