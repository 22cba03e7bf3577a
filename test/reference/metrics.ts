/** Counting hits over a batch. */
import { at, type Matrix, round, row } from "./float.js";

/** Rows whose largest element, the first of equals, stands at the same place in p and y. */
export function categoricalHits(p: Matrix, y: Matrix, rows: number, width: number): number {
  let hits = 0;
  for (let i = 0; i < rows; i++) {
    if (indexOfLargest(row(p, i, width)) === indexOfLargest(row(y, i, width))) hits++;
  }
  return hits;
}

/** Elements for which "p > threshold", as 1 or 0, equals y. */
export function binaryHits(p: Matrix, y: Matrix, threshold: number, rows: number, width: number): number {
  let hits = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < width; j++) {
      if ((at(p, i, j) > round(threshold) ? 1 : 0) === at(y, i, j)) hits++;
    }
  }
  return hits;
}

/** NaN is never larger; a NaN in front is never beaten. */
function indexOfLargest(x: Float32Array): number {
  let index = 0;
  x.forEach((value, j) => {
    if (value > (x[index] as number)) index = j;
  });
  return index;
}
