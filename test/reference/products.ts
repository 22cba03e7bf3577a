/** The dense matrix products, each sum one chain from the bias or +0 upward. Results are dense [m, n]. */
import { at, type Matrix, round } from "./float.js";

/** c[m,n] = bias[n] + Σk a[m,k] · b[k,n]. */
export function matmul(a: Matrix, b: Matrix, bias: Float32Array, m: number, n: number, k: number): Float32Array {
  return product(
    m,
    n,
    k,
    bias,
    (i, s) => at(a, i, s),
    (s, j) => at(b, s, j),
  );
}

/** c[m,n] = Σk a[k,m] · b[k,n]. */
export function matmulTransposedA(a: Matrix, b: Matrix, m: number, n: number, k: number): Float32Array {
  return product(
    m,
    n,
    k,
    new Float32Array(n),
    (i, s) => at(a, s, i),
    (s, j) => at(b, s, j),
  );
}

/** c[m,n] = Σk a[m,k] · b[n,k]. */
export function matmulTransposedB(a: Matrix, b: Matrix, m: number, n: number, k: number): Float32Array {
  return product(
    m,
    n,
    k,
    new Float32Array(n),
    (i, s) => at(a, i, s),
    (s, j) => at(b, j, s),
  );
}

function product(
  m: number,
  n: number,
  k: number,
  bias: Float32Array,
  a: (i: number, s: number) => number,
  b: (s: number, j: number) => number,
): Float32Array {
  const c = new Float32Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let chain = round((bias[j] as number) + 0);
      for (let s = 0; s < k; s++) chain = round(chain + round(a(i, s) * b(s, j)));
      c[i * n + j] = chain;
    }
  }
  return c;
}
