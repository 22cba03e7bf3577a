import { describe, expect, it } from "vitest";
import { matmul, matmulTransposedA, matmulTransposedB } from "../reference.js";
import { expectEqual, expectSameBits } from "./expect.js";
import { builds, instantiate, type Region, roundUp, type Space, scratchLength } from "./harness.js";
import { anyFloats, numbers } from "./samples.js";

/** The three products c = a · b of one size, with what each needs to be run and to be computed again. */
interface Product {
  readonly kernel: string;
  /** Rows and columns of a and of b. */
  readonly shapes: (m: number, n: number, k: number) => [a: [number, number], b: [number, number]];
  /** How far apart, in elements, what row i of c and what row i + 1 read of a lie. */
  readonly rowStep: (aStride: number) => number;
  /** Column counts that matter: the first two kernels take multiples of 4. */
  readonly columns: readonly number[];
  readonly hasBias: boolean;
  readonly reference: (a: Region, b: Region, bias: Float32Array, m: number, n: number, k: number) => Float32Array;
}

const products: readonly Product[] = [
  {
    kernel: "matmul",
    shapes: (m, n, k) => [
      [m, k],
      [k, n],
    ],
    rowStep: (aStride) => aStride,
    columns: [0, 4, 8, 12, 16, 36, 68],
    hasBias: true,
    reference: (a, b, bias, m, n, k) => matmul(dense(a), dense(b), bias, m, n, k),
  },
  {
    kernel: "matmulTransposedA",
    shapes: (m, n, k) => [
      [k, m],
      [k, n],
    ],
    rowStep: () => 1,
    columns: [0, 4, 8, 12, 16, 36, 68],
    hasBias: false,
    reference: (a, b, _, m, n, k) => matmulTransposedA(dense(a), dense(b), m, n, k),
  },
  {
    kernel: "matmulTransposedB",
    shapes: (m, n, k) => [
      [m, k],
      [n, k],
    ],
    rowStep: (aStride) => aStride,
    columns: [0, 1, 3, 4, 5, 7, 8, 9, 12, 37, 68],
    hasBias: false,
    reference: (a, b, _, m, n, k) => matmulTransposedB(dense(a), dense(b), m, n, k),
  },
];

const rowCounts = [0, 1, 3, 4, 5, 9, 37, 131];
/** Around the depth of a panel and twice that too: sums that are made in one part or more. */
const depths = [0, 1, 3, 4, 5, 8, 9, 37, 255, 256, 257, 511, 512, 513, 1030];

describe.each(builds)("%s build", (build) => {
  const empty = instantiate(build);

  for (const product of products) {
    describe(product.kernel, () => {
      it.each(depths)("sums %i products in their order, whatever m and n are", (k) => {
        for (const [m, n] of sizes(product.columns, k)) {
          const { a, b, c, bias, run } = prepare(empty(), product, m, n, k);
          run(c, a, m);
          const expected = product.reference(a, b, bias, m, n, k);
          expectEqual(build, c.floats(), expected, 1e-6 * Math.max(k, 1));
        }
      });

      it("gives a row the same bits, whichever rows are computed with it", () => {
        const [m, n, k] = [135, 20, 300];
        const whole = prepare(empty(), product, m, n, k);
        whole.run(whole.c, whole.a, m);
        const expected = whole.c.floats();
        for (const split of [1, 3, 4, 6, 128, 134]) {
          const { a, c, run } = prepare(empty(), product, m, n, k);
          run(c.address, a.address, split);
          run(c.address + split * c.stride * 4, a.address + split * product.rowStep(a.stride) * 4, m - split);
          expectSameBits(c.floats(), expected);
        }
      });

      it("starts from +0 or from bias + 0, so that no sum is -0", () => {
        for (const k of [0, 1, 5]) {
          const { a, c, run } = prepare(empty(), product, 5, 8, k, (n, seed) =>
            new Float32Array(n).fill(seed === B ? 1 : -0),
          );
          run(c, a, 5);
          expectSameBits(c.floats(), new Float32Array(40));
        }
      });

      it.skipIf(build === "relaxed")("carries denormal numbers, NaN and infinities along", () => {
        const { a, b, c, bias, run } = prepare(empty(), product, 9, 12, 5, anyFloats);
        run(c, a, 9);
        expectSameBits(c.floats(), product.reference(a, b, bias, 9, 12, 5));
      });
    });
  }

  it("matmulTransposedB fills c with zeros up to a multiple of 4 columns", () => {
    const product = products[2] as Product;
    for (const n of [1, 2, 3, 5, 6, 7]) {
      const { space, a, c, run } = prepare(empty(), product, 5, n, 9);
      run(c, a, 5);
      for (let i = 0; i < 5; i++) {
        for (let j = n; j < roundUp(n, 4); j++) expect(space.word(c.address + (i * c.stride + j) * 4)).toBe(0);
      }
    }
  });
});

/** Every m with every n for short sums, some of them for long ones. */
function sizes(columns: readonly number[], k: number): [m: number, n: number][] {
  if (k < 100) return rowCounts.flatMap((m) => columns.map((n): [number, number] => [m, n]));
  return [
    [0, 8],
    [1, 4],
    [3, 36],
    [4, 8],
    [5, 20],
    [9, 16],
    [37, 4],
    [131, 4],
  ];
}

/** The seeds of the matrices' values. */
const [A, B, BIAS] = [1, 2, 3];

/** Places the matrices of a product, each with a stride of its own. */
function prepare(space: Space, product: Product, m: number, n: number, k: number, values = numbers) {
  const [aShape, bShape] = product.shapes(m, n, k);
  const matrix = ([rows, width]: [number, number], gap: number, seed: number): Region =>
    space.input(values(rows * width, seed), { rows, width, stride: roundUp(width, 4) + gap });
  const a = matrix(aShape, 4, A);
  const b = matrix(bShape, 8, B);
  const c = space.output({ rows: m, width: n, stride: roundUp(n, 4) + 12 });
  const bias = values(n, BIAS);
  const start = space.input(product.hasBias ? bias : new Float32Array(roundUp(n, 4)));
  const scratch = space.output(scratchLength);
  const run = (to: Region | number, from: Region | number, rows: number): void => {
    space.call(product.kernel, to, c.stride, from, a.stride, b, b.stride, start, rows, n, k, scratch);
  };
  return { space, a, b, c, bias, run };
}

function dense(region: Region): { data: Float32Array; stride: number } {
  return { data: region.floats(), stride: region.width };
}
