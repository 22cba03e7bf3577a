/** Matrices of sparse rows, and their product with a dense one. */
import { type Matrix, row } from "./float.js";

export interface Entry {
  readonly column: number;
  readonly value: number;
}
export type SparseRow = readonly Entry[];

/** The entries that are not zero, columns ascending. */
export function compressRows(x: Matrix, rows: number, width: number): SparseRow[] {
  return Array.from({ length: rows }, (_, i) =>
    Array.from(row(x, i, width), (value, column) => ({ column, value })).filter(({ value }) => value !== 0),
  );
}

/** The entries of each column, with the numbers of their rows, ascending, for columns. */
export function transposeRows(rows: readonly SparseRow[], columns: number): SparseRow[] {
  const transposed: Entry[][] = Array.from({ length: columns }, () => []);
  rows.forEach((entries, i) => {
    for (const { column, value } of entries) transposed[column]?.push({ column: i, value });
  });
  return transposed;
}

/** c[m,n] = bias[n] + Σ over row m's entries value · b[column,n], dense. */
export function sparseMatmul(rows: readonly SparseRow[], b: Matrix, bias: Float32Array, n: number): Float32Array {
  const c = new Float32Array(rows.length * n);
  rows.forEach((entries, i) => {
    for (let j = 0; j < n; j++) {
      let chain = Math.fround((bias[j] as number) + 0);
      for (const { column, value } of entries)
        chain = Math.fround(chain + Math.fround(value * (b.data[column * b.stride + j] as number)));
      c[i * n + j] = chain;
    }
  });
  return c;
}
