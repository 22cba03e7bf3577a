/** Single-precision arithmetic: every operation rounds once. */

export const round = Math.fround;
export const add = (a: number, b: number): number => Math.fround(a + b);
export const subtract = (a: number, b: number): number => Math.fround(a - b);
export const multiply = (a: number, b: number): number => Math.fround(a * b);
export const divide = (a: number, b: number): number => Math.fround(a / b);
export const squareRoot = (a: number): number => Math.fround(Math.sqrt(a));

/** a, unless b is larger: of 0, -0 and NaN too the first (f32x4.pmax). Math.max does not know that rule. */
export function larger(a: number, b: number): number {
  if (a < b) return b;
  return a;
}

/** a, unless b is smaller (f32x4.pmin). */
export function smaller(a: number, b: number): number {
  if (b < a) return b;
  return a;
}

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** The 32 bits of a single-precision number, as a signed integer. */
export function toBits(value: number): number {
  float[0] = value;
  return bits[0] as number;
}

/** The single-precision number of 32 bits. */
export function fromBits(pattern: number): number {
  bits[0] = pattern;
  return float[0] as number;
}

/** Below 2^-100, what decays counts as 0. */
export function orZero(x: number): number {
  return Math.abs(x) < 2 ** -100 ? 0 : x;
}

/** Row-major, strides in elements: element (i, j) stands at data[i · stride + j]. */
export interface Matrix {
  readonly data: Float32Array;
  readonly stride: number;
}

export function at(x: Matrix, i: number, j: number): number {
  return x.data[i * x.stride + j] as number;
}

/** The first `width` elements of row i. */
export function row(x: Matrix, i: number, width: number): Float32Array {
  return x.data.subarray(i * x.stride, i * x.stride + width);
}

/** A dense [rows, width] array, made row by row. */
export function byRows(rows: number, width: number, make: (i: number) => ArrayLike<number>): Float32Array {
  const out = new Float32Array(rows * width);
  for (let i = 0; i < rows; i++) out.set(make(i), i * width);
  return out;
}

/** One number for each row. */
export function perRow(rows: number, make: (i: number) => number): Float32Array {
  return Float32Array.from({ length: rows }, (_, i) => make(i));
}

/** f of the elements of row i of x and y. */
export function pairs(
  x: Matrix,
  y: Matrix,
  i: number,
  width: number,
  f: (x: number, y: number) => number,
): Float32Array {
  const yRow = row(y, i, width);
  return row(x, i, width).map((value, j) => f(value, yRow[j] as number));
}

/** Σ x[i] · y[i], summed as by `sum`. */
export function dot(x: Float32Array, y: Float32Array): number {
  return sum(x.map((value, i) => multiply(value, y[i] as number)));
}

/** Σ x[i]: 16 chains, chain c summing x[c], x[c + 16], … upward, combined by halves. */
export function sum(x: ArrayLike<number>): number {
  const chains = new Array<number>(16).fill(0);
  for (let i = 0; i < x.length; i++) chains[i % 16] = add(chains[i % 16] as number, x[i] as number);
  for (let half = 8; half >= 1; half /= 2) {
    for (let i = 0; i < half; i++) chains[i] = add(chains[i] as number, chains[i + half] as number);
  }
  return chains[0] as number;
}

/** Σ x[i]², in the chains of `sum`. */
export function sumOfSquares(x: Float32Array): number {
  return sum(x.map((value) => multiply(value, value)));
}
