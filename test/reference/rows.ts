/** Moving rows about, and looking at what they hold. Results are dense. */
import {
  add,
  at,
  byRows,
  larger,
  type Matrix,
  orZero,
  perRow,
  multiply as product,
  round,
  row,
  smaller,
  sum,
} from "./float.js";

/** out[i] = source[rowNumbers[i]]. */
export function gatherRows(source: Matrix, rowNumbers: Uint32Array, width: number): Float32Array {
  return byRows(rowNumbers.length, width, (i) => row(source, rowNumbers[i] as number, width));
}

export function copyRows(source: Matrix, rows: number, width: number): Float32Array {
  return byRows(rows, width, (i) => row(source, i, width));
}

/** out[i, labels[rowNumbers[i]]] = 1, all else 0. */
export function oneHotRows(labels: Float32Array, rowNumbers: Uint32Array, width: number): Float32Array {
  return byRows(rowNumbers.length, width, (i) => {
    const label = labels[rowNumbers[i] as number];
    return Array.from({ length: width }, (_, j) => (j === label ? 1 : 0));
  });
}

/** out[j] = Σi x[i,j], i ascending. */
export function columnSums(x: Matrix, rows: number, n: number): Float32Array {
  const sums = new Float32Array(n);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < n; j++) sums[j] = add(sums[j] as number, at(x, i, j));
  }
  return sums;
}

/** out[i] = Σj x[i,j], as 16 chains. */
export function rowSums(x: Matrix, rows: number, width: number): Float32Array {
  return perRow(rows, (i) => sum(row(x, i, width)));
}

/** x[i,j] · factors[i]. */
export function scaleRows(x: Matrix, factors: Float32Array, width: number): Float32Array {
  return byRows(factors.length, width, (i) => row(x, i, width).map((value) => product(value, factors[i] as number)));
}

export function countNonZeros(x: Float32Array): number {
  return x.filter((value) => value !== 0).length;
}

/** The index of the first that is NaN or infinite, to a multiple of 4 downward; the length when there is none. */
export function findNonFinite(x: Float32Array): number {
  const index = x.findIndex((value) => !Number.isFinite(value));
  return index < 0 ? x.length : index - (index % 4);
}

export function rescale(x: Float32Array, scale: number, offset: number): Float32Array {
  return x.map((value) => add(product(value, round(scale)), round(offset)));
}

/** 1 where x > 0, 0 elsewhere. */
export function isPositive(x: Float32Array): Float32Array {
  return x.map((value) => (value > 0 ? 1 : 0));
}

/** Whether every value is 0 or 1. */
export function isBinary(x: Float32Array): boolean {
  return x.every((value) => value === 0 || value === 1);
}

export function multiply(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, i) => product(value, b[i] as number));
}

/** a · y + b · x; what is negligible becomes 0. */
export function blend(y: Float32Array, x: Float32Array, a: number, b: number): Float32Array {
  return y.map((value, i) => orZero(add(product(value, round(a)), product(x[i] as number, round(b)))));
}

export function clip(x: Float32Array, low: number, high: number): Float32Array {
  return x.map((value) => smaller(larger(value, round(low)), round(high)));
}

/** out[i,places[j]] = x[i,j], and 0 in the other places of rows `width` wide. */
export function scatterColumns(x: Matrix, places: Uint32Array, rows: number, width: number): Float32Array {
  return byRows(rows, width, (i) => {
    const out = new Float32Array(width);
    places.forEach((place, j) => {
      out[place] = at(x, i, j);
    });
    return out;
  });
}

/** out[i,j] = x[i,places[j]]. */
export function gatherColumns(x: Matrix, places: Uint32Array, rows: number): Float32Array {
  return byRows(rows, places.length, (i) => Array.from(places, (place) => at(x, i, place)));
}

/** 1, or with `counting` how often, where a token of the group of `size` values is. */
export function encodeCategories(
  x: Matrix,
  rows: number,
  width: number,
  size: number,
  tokens: number,
  counting: boolean,
): Float32Array {
  return byRows(rows, (width / size) * tokens, (i) => {
    const out = new Float32Array((width / size) * tokens);
    row(x, i, width).forEach((token, j) => {
      const place = Math.floor(j / size) * tokens + token;
      out[place] = counting ? (out[place] as number) + 1 : 1;
    });
    return out;
  });
}
