/** The dense matrix products, each sum one chain from the bias or +0 upward. Results are dense [m, n]. */
import type { Matrix } from "./float.js";

/** c[m,n] = bias[n] + Σk a[m,k] · b[k,n]. */
export function matmul(a: Matrix, b: Matrix, bias: Float32Array, m: number, n: number, k: number): Float32Array {
  return product(asItIs(a), asItIs(b), bias, m, n, k);
}

/** c[m,n] = Σk a[k,m] · b[k,n]. */
export function matmulTransposedA(a: Matrix, b: Matrix, m: number, n: number, k: number): Float32Array {
  return product(transposed(a), asItIs(b), new Float32Array(n), m, n, k);
}

/** c[m,n] = Σk a[m,k] · b[n,k]. */
export function matmulTransposedB(a: Matrix, b: Matrix, m: number, n: number, k: number): Float32Array {
  return product(asItIs(a), transposed(b), new Float32Array(n), m, n, k);
}

/** Element (i, j) stands at data[i · rowStep + j · columnStep]. */
interface View {
  readonly data: Float32Array;
  readonly rowStep: number;
  readonly columnStep: number;
}

function asItIs({ data, stride }: Matrix): View {
  return { data, rowStep: stride, columnStep: 1 };
}

function transposed({ data, stride }: Matrix): View {
  return { data, rowStep: 1, columnStep: stride };
}

/** Calls nothing of other modules in its inner loop: the test runner makes that slow. */
function product(a: View, b: View, bias: Float32Array, m: number, n: number, k: number): Float32Array {
  const c = new Float32Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let chain = Math.fround((bias[j] as number) + 0);
      for (let s = 0; s < k; s++) chain = Math.fround(chain + Math.fround(element(a, i, s) * element(b, s, j)));
      c[i * n + j] = chain;
    }
  }
  return c;
}

function element(x: View, i: number, j: number): number {
  return x.data[i * x.rowStep + j * x.columnStep] as number;
}
