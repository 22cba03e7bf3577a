/** Matrices as lists of what is not zero, row by row, and their product with a dense matrix. */

/**
 * The entries of row r are those from starts[r] to starts[r + 1]. Every row is padded to a multiple of four entries with
 * zeros in column 0, so that the product has no remainder.
 */
export interface SparseRows {
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

/** Room for rows with so many entries altogether; padding comes on top. */
export function createSparseRows(rows: number, entries: number): SparseRows {
  const room = entries + 3 * rows;
  return { starts: new Int32Array(rows + 1), columns: new Int32Array(room), values: new Float32Array(room) };
}

/** Lists the entries of a dense matrix [rows, width]; with keepZeros all of them. */
export function compress(
  into: SparseRows,
  dense: Float32Array,
  rows: number,
  width: number,
  keepZeros = false,
): SparseRows {
  const { starts, columns, values } = into;
  let end = 0;
  for (let row = 0; row < rows; row++) {
    const at = row * width;
    for (let column = 0; column < width; column++) {
      const value = dense[at + column] as number;
      if (value !== 0 || keepZeros) {
        columns[end] = column;
        values[end++] = value;
      }
    }
    end = padRow(into, end);
    starts[row + 1] = end;
  }
  return into;
}

/** Copies the rows whose numbers stand in order from begin to end. */
export function gatherRows(
  into: SparseRows,
  from: SparseRows,
  order: Uint32Array,
  begin: number,
  end: number,
): SparseRows {
  let to = 0;
  for (let i = begin; i < end; i++) {
    const row = order[i] as number;
    const start = from.starts[row] as number;
    const stop = from.starts[row + 1] as number;
    into.columns.set(from.columns.subarray(start, stop), to);
    into.values.set(from.values.subarray(start, stop), to);
    to += stop - start;
    into.starts[i - begin + 1] = to;
  }
  return into;
}

/** The transpose of a matrix [rows, width], by counting. */
export function transpose(into: SparseRows, from: SparseRows, rows: number, width: number): SparseRows {
  const { starts, columns, values } = into;
  const next = new Int32Array(width);
  const entries = from.starts[rows] as number;
  for (let i = 0; i < entries; i++) {
    const column = from.columns[i] as number;
    if (from.values[i] !== 0) next[column] = (next[column] as number) + 1;
  }
  let end = 0;
  for (let column = 0; column < width; column++) {
    const start = end;
    end = padRow(into, end + (next[column] as number));
    starts[column + 1] = end;
    next[column] = start;
  }
  for (let row = 0; row < rows; row++) {
    const stop = from.starts[row + 1] as number;
    for (let i = from.starts[row] as number; i < stop; i++) {
      const value = from.values[i] as number;
      if (value === 0) continue;
      const column = from.columns[i] as number;
      const at = next[column] as number;
      columns[at] = row;
      values[at] = value;
      next[column] = at + 1;
    }
  }
  return into;
}

/**
 * c = a · b. Shapes: a [m, k], b [k, n], c [m, n].
 *
 * Four entries of a by four columns of b at a time; `| 0` spares V8 its checks for overflow.
 */
export function multiplySparse(c: Float32Array, a: SparseRows, b: Float32Array, m: number, n: number): void {
  const { starts, columns, values } = a;
  c.fill(0, 0, m * n);
  for (let row = 0; row < m; row++) {
    const end = Math.imul(row + 1, n);
    const endOfFours = (end - (n & 3)) | 0;
    const stop = starts[row + 1] as number;
    for (let i = starts[row] as number; i < stop; i += 4) {
      const x0 = values[i] as number;
      const x1 = values[i + 1] as number;
      const x2 = values[i + 2] as number;
      const x3 = values[i + 3] as number;
      let at0 = Math.imul(columns[i] as number, n);
      let at1 = Math.imul(columns[i + 1] as number, n);
      let at2 = Math.imul(columns[i + 2] as number, n);
      let at3 = Math.imul(columns[i + 3] as number, n);
      let j = Math.imul(row, n);
      while (j < endOfFours) {
        const j1 = (j + 1) | 0;
        const j2 = (j + 2) | 0;
        const j3 = (j + 3) | 0;
        (c[j] as number) +=
          x0 * (b[at0] as number) + x1 * (b[at1] as number) + x2 * (b[at2] as number) + x3 * (b[at3] as number);
        (c[j1] as number) +=
          x0 * (b[(at0 + 1) | 0] as number) +
          x1 * (b[(at1 + 1) | 0] as number) +
          x2 * (b[(at2 + 1) | 0] as number) +
          x3 * (b[(at3 + 1) | 0] as number);
        (c[j2] as number) +=
          x0 * (b[(at0 + 2) | 0] as number) +
          x1 * (b[(at1 + 2) | 0] as number) +
          x2 * (b[(at2 + 2) | 0] as number) +
          x3 * (b[(at3 + 2) | 0] as number);
        (c[j3] as number) +=
          x0 * (b[(at0 + 3) | 0] as number) +
          x1 * (b[(at1 + 3) | 0] as number) +
          x2 * (b[(at2 + 3) | 0] as number) +
          x3 * (b[(at3 + 3) | 0] as number);
        j = (j + 4) | 0;
        at0 = (at0 + 4) | 0;
        at1 = (at1 + 4) | 0;
        at2 = (at2 + 4) | 0;
        at3 = (at3 + 4) | 0;
      }
      for (; j < end; j++) {
        (c[j] as number) +=
          x0 * (b[at0++] as number) + x1 * (b[at1++] as number) + x2 * (b[at2++] as number) + x3 * (b[at3++] as number);
      }
    }
  }
}

/** Adds zeros from end to the next multiple of four, and returns that. */
function padRow(into: SparseRows, end: number): number {
  let padded = end;
  for (; padded & 3; padded++) {
    into.columns[padded] = 0;
    into.values[padded] = 0;
  }
  return padded;
}
