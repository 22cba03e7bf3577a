import { expect, test } from "vitest";
import { matmul, matmulTransposedA, matmulTransposedB } from "../../bench/plain/matmul.js";
import { compress, createSparseRows, multiplySparse, transpose } from "../../bench/plain/sparse.js";

const sizes = [1, 2, 3, 5, 8, 13, 17];
const cases = sizes.flatMap((m) => sizes.flatMap((n) => [1, 4, 7, 30].map((k) => ({ m, n, k }))));

/** Numbers in [-1, 1), of which about half are zero; some of each length come out empty. */
function numbers(length: number, seed: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.max(-0.2, Math.sin((i + 1) * (12.9898 + seed))) + 0.2);
}

function transposed(x: Float32Array, rows: number, columns: number): Float32Array {
  return Float32Array.from(
    { length: x.length },
    (_, i) => x[(i % rows) * columns + Math.floor(i / rows)] ?? Number.NaN,
  );
}

function naive(a: Float32Array, b: Float32Array, m: number, n: number, k: number): Float32Array {
  return Float32Array.from({ length: m * n }, (_, at) => {
    let sum = 0;
    for (let p = 0; p < k; p++) {
      sum += (a[Math.floor(at / n) * k + p] ?? Number.NaN) * (b[p * n + (at % n)] ?? Number.NaN);
    }
    return sum;
  });
}

function expectClose(actual: Float32Array, expected: Float32Array, what: string): void {
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - (actual[i] ?? Number.NaN))), 0);
  expect(worst, what).toBeLessThan(1e-5);
}

test("the products agree with a naive loop to 1e-5, for odd sizes and few rows", () => {
  for (const { m, n, k } of cases) {
    const a = numbers(m * k, 1);
    const b = numbers(k * n, 2);
    const c = new Float32Array(m * n).fill(Number.NaN);
    const expected = naive(a, b, m, n, k);
    matmul(c, a, b, m, n, k);
    expectClose(c, expected, `matmul ${m} ${n} ${k}`);
    c.fill(Number.NaN);
    matmulTransposedA(c, transposed(a, m, k), b, m, n, k);
    expectClose(c, expected, `matmulTransposedA ${m} ${n} ${k}`);
    c.fill(Number.NaN);
    matmulTransposedB(c, a, transposed(b, k, n), m, n, k);
    expectClose(c, expected, `matmulTransposedB ${m} ${n} ${k}`);
  }
});

test("the products of sparse rows and of their transpose agree with a naive loop to 1e-5", () => {
  for (const { m, n, k } of cases) {
    const a = numbers(m * k, 3);
    const b = numbers(k * n, 4);
    const d = numbers(m * n, 5);
    const rows = compress(createSparseRows(m, m * k), a, m, k);
    const c = new Float32Array(m * n).fill(Number.NaN);
    multiplySparse(c, rows, b, m, n);
    expectClose(c, naive(a, b, m, n, k), `multiplySparse ${m} ${n} ${k}`);
    const columns = transpose(createSparseRows(k, m * k), rows, m, k);
    const g = new Float32Array(k * n).fill(Number.NaN);
    multiplySparse(g, columns, d, k, n);
    expectClose(g, naive(transposed(a, m, k), d, k, n, m), `multiplySparse, transposed ${m} ${n} ${k}`);
  }
});
