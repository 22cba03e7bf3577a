/** How fast are the three dense products, in plain JavaScript and in WebAssembly? */
// Provides the core
import "../src/index.js";
import { Arena } from "../src/wasm/arena.js";
import { SCRATCH_LENGTH } from "../src/wasm/kernels.js";
import { checkSame, compare, printTimings } from "./compare.js";
import { matmul, matmulTransposedA, matmulTransposedB } from "./plain/matmul.js";

const plain = { matmul, matmulTransposedA, matmulTransposedB };
const symbols = { matmul: "a·b", matmulTransposedA: "aᵀ·b", matmulTransposedB: "a·bᵀ" };
type Product = keyof typeof plain;

export async function benchMatmul(): Promise<void> {
  for (const size of [64, 128, 256, 512, 1024]) await benchProduct("matmul", size);
  await benchProduct("matmulTransposedA", 256);
  await benchProduct("matmulTransposedB", 256);
}

async function benchProduct(product: Product, size: number): Promise<void> {
  console.log(`\n${symbols[product]}, ${size} x ${size}`);
  const elements = size * size;
  const [a, b] = [1, 2].map((seed) => randomMatrix(elements, seed)) as [Float32Array, Float32Array];
  const c = new Float32Array(elements);

  const arena = new Arena();
  const [pA, pB, pC] = [a, b, c].map((matrix) => {
    const pointer = arena.allocate(elements);
    arena.floats(pointer, elements).set(matrix);
    return pointer;
  }) as [ReturnType<Arena["allocate"]>, ReturnType<Arena["allocate"]>, ReturnType<Arena["allocate"]>];
  const zeros = arena.allocate(size);
  const scratch = arena.allocate(SCRATCH_LENGTH);

  const contenders = [
    { name: "plain JavaScript", run: () => plain[product](c, a, b, size, size, size) },
    {
      name: "lanewise",
      run: () => arena.kernels[product](pC, size, pA, size, pB, size, zeros, size, size, size, scratch),
    },
  ];
  for (const { run } of contenders) run();
  checkSame(product, arena.floats(pC, elements), c, 1e-4);

  const flops = 2 * size ** 3;
  const timings = await compare(contenders, 7, Math.max(1, Math.round(5e7 / flops)));
  printTimings(timings, "GFLOP/s", (seconds) => flops / seconds / 1e9);
}

function randomMatrix(length: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}
