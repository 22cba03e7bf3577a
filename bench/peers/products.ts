/** The three dense products of the core on random matrices, laid out in memory as the layers lay them out. */
// Provides the core
import "../../src/index.js";
import { Arena } from "../../src/wasm/arena.js";
import type { Precision } from "../../src/wasm/instantiate.js";
import { SCRATCH_LENGTH, toStride, toVectors } from "../../src/wasm/kernels.js";

export type Product = "matmul" | "matmulTransposedA" | "matmulTransposedB";

/** c [m, n] = a · b, aᵀ · b or a · bᵀ, each sum over k. @returns what computes it once. */
export function prepareProduct(product: Product, m: number, n: number, k: number, precision: Precision): () => void {
  const arena = new Arena(precision);
  const matrix = (rows: number, columns: number) => {
    const stride = toStride(columns);
    return { pointer: arena.allocate(rows * stride), stride, length: rows * stride };
  };
  const a = product === "matmulTransposedA" ? matrix(k, m) : matrix(m, k);
  const b = product === "matmulTransposedB" ? matrix(n, k) : matrix(k, n);
  const c = matrix(m, n);
  const zeros = arena.allocate(toVectors(n) + 8);
  const scratch = arena.allocate(SCRATCH_LENGTH);
  for (const { pointer, length } of [a, b]) {
    arena.floats(pointer, length).forEach((_, i, all) => {
      all[i] = Math.sin(i);
    });
  }
  const columns = product === "matmulTransposedB" ? n : toVectors(n);
  const compute = arena.kernels[product];
  return () => compute(c.pointer, c.stride, a.pointer, a.stride, b.pointer, b.stride, zeros, m, columns, k, scratch);
}
