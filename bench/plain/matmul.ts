/**
 * Matrix products in plain JavaScript, as fast as V8 makes them: both operands are packed into panels that the inner
 * loop reads from end to end, and the sums of a 4 x 3 tile stay in registers (4 x 4 spill). All matrices are row-major.
 * Sums are doubles, rounded once at the store: V8 has no single-precision arithmetic, and Math.fround halves the speed.
 */
import { compress, createSparseRows, multiplySparse } from "./sparse.js";

const tileRows = 4;
const tileColumns = 3;

/** With fewer rows, packing b costs more than it saves. */
const worthPacking = 8;

let packedA = new Float32Array(0);
let packedB = new Float32Array(0);
const tile = new Float32Array(tileRows * tileColumns);

/** c = a · b. Shapes: a [m, k], b [k, n], c [m, n]. */
export function matmul(c: Float32Array, a: Float32Array, b: Float32Array, m: number, n: number, k: number): void {
  if (m < worthPacking) {
    multiplySparse(c, compress(createSparseRows(m, m * k), a, m, k, true), b, m, n);
    return;
  }
  packedA = pack(packedA, a, m, k, k, 1, tileRows);
  packedB = pack(packedB, b, n, k, 1, n, tileColumns);
  multiplyPanels(c, m, n, k);
}

/** c = aᵀ · b. Shapes: a [k, m], b [k, n], c [m, n]. */
export function matmulTransposedA(
  c: Float32Array,
  a: Float32Array,
  b: Float32Array,
  m: number,
  n: number,
  k: number,
): void {
  packedA = pack(packedA, a, m, k, 1, m, tileRows);
  packedB = pack(packedB, b, n, k, 1, n, tileColumns);
  multiplyPanels(c, m, n, k);
}

/** c = a · bᵀ. Shapes: a [m, k], b [n, k], c [m, n]. */
export function matmulTransposedB(
  c: Float32Array,
  a: Float32Array,
  b: Float32Array,
  m: number,
  n: number,
  k: number,
): void {
  packedA = pack(packedA, a, m, k, k, 1, tileRows);
  packedB = pack(packedB, b, n, k, k, 1, tileColumns);
  multiplyPanels(c, m, n, k);
}

/**
 * Copies `count` vectors of length k into panels of `width` vectors, interleaved: panel[p · width + i] = vector i at p.
 * The last panel is filled up with zeros. Returns the packed array, which grows when it is too small.
 */
function pack(
  packed: Float32Array<ArrayBuffer>,
  source: Float32Array,
  count: number,
  k: number,
  vectorStride: number,
  elementStride: number,
  width: number,
): Float32Array<ArrayBuffer> {
  const panels = Math.ceil(count / width);
  const size = panels * width * k;
  const to = packed.length < size ? new Float32Array(size) : packed;
  for (let panel = 0; panel < panels; panel++) {
    const first = panel * width;
    for (let i = 0; i < width; i++) {
      const inside = first + i < count;
      let from = inside ? (first + i) * vectorStride : 0;
      const end = (first + width) * k;
      for (let at = first * k + i; at < end; at += width) {
        to[at] = inside ? (source[from] as number) : 0;
        from += elementStride;
      }
    }
  }
  return to;
}

/** c = the product of the packed operands. */
function multiplyPanels(c: Float32Array, m: number, n: number, k: number): void {
  for (let column = 0; column < n; column += tileColumns) {
    const columns = Math.min(tileColumns, n - column);
    for (let row = 0; row < m; row += tileRows) {
      const at = row * n + column;
      if (columns === tileColumns && row + tileRows <= m) {
        multiplyTile(c, at, n, packedA, row * k, packedB, column * k, k);
        continue;
      }
      multiplyTile(tile, 0, tileColumns, packedA, row * k, packedB, column * k, k);
      for (let i = 0; i < m - row && i < tileRows; i++) {
        for (let j = 0; j < columns; j++) c[at + i * n + j] = tile[i * tileColumns + j] as number;
      }
    }
  }
}

/** c[at + i · n + j] = Σₚ a[ia + 4 p + i] · b[ib + 3 p + j] for p in [0, k). `| 0` spares V8 its checks for overflow. */
function multiplyTile(
  c: Float32Array,
  at: number,
  n: number,
  a: Float32Array,
  ia: number,
  b: Float32Array,
  ib: number,
  k: number,
): void {
  const end = (ia + k * tileRows) | 0;
  let c00 = 0;
  let c01 = 0;
  let c02 = 0;
  let c10 = 0;
  let c11 = 0;
  let c12 = 0;
  let c20 = 0;
  let c21 = 0;
  let c22 = 0;
  let c30 = 0;
  let c31 = 0;
  let c32 = 0;
  while (ia < end) {
    const b0 = b[ib] as number;
    const b1 = b[(ib + 1) | 0] as number;
    const b2 = b[(ib + 2) | 0] as number;
    const a0 = a[ia] as number;
    c00 += a0 * b0;
    c01 += a0 * b1;
    c02 += a0 * b2;
    const a1 = a[(ia + 1) | 0] as number;
    c10 += a1 * b0;
    c11 += a1 * b1;
    c12 += a1 * b2;
    const a2 = a[(ia + 2) | 0] as number;
    c20 += a2 * b0;
    c21 += a2 * b1;
    c22 += a2 * b2;
    const a3 = a[(ia + 3) | 0] as number;
    c30 += a3 * b0;
    c31 += a3 * b1;
    c32 += a3 * b2;
    ia = (ia + tileRows) | 0;
    ib = (ib + tileColumns) | 0;
  }
  c[at] = c00;
  c[at + 1] = c01;
  c[at + 2] = c02;
  c[at + n] = c10;
  c[at + n + 1] = c11;
  c[at + n + 2] = c12;
  c[at + 2 * n] = c20;
  c[at + 2 * n + 1] = c21;
  c[at + 2 * n + 2] = c22;
  c[at + 3 * n] = c30;
  c[at + 3 * n + 1] = c31;
  c[at + 3 * n + 2] = c32;
}
