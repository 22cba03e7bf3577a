/** Initializers that make matrices only. */
import { describe, expect, it } from "vitest";
import { type Initializer, initializers, layers, Sequential, ShapeError } from "../../src/index.js";
import { Arena } from "../../src/wasm/arena.js";
import { mean } from "../assembly/statistics.js";
import { expectFailure } from "../helpers/failure.js";
import * as reference from "../reference.js";

const shapes = [
  [1, 1],
  [5, 5],
  [7, 3],
  [3, 7],
  [1, 4],
  [4, 1],
  [64, 64],
  [100, 40],
  [40, 100],
] as const;

function makeKernel(kernelInitializer: Initializer | string, width: number, units: number, seed = 9): Float32Array {
  const model = new Sequential([layers.dense({ units, inputShape: [width], kernelInitializer })], { seed });
  return model.getWeights()[0]?.data as Float32Array;
}

describe("identity", () => {
  it.each(shapes)("of [%i, %i] has its gain on the diagonal", (width, units) => {
    const expected = Array.from({ length: width * units }, (_, i) => (i % units === Math.floor(i / units) ? -2.5 : 0));
    expect([...makeKernel(initializers.identity({ gain: -2.5 }), width, units)]).toEqual(expected);
  });

  it("has a gain of 1 unless told otherwise, and Keras's other name", () => {
    for (const given of [initializers.identity(), "IdentityInitializer"]) {
      expect([...makeKernel(given, 2, 2)]).toEqual([1, 0, 0, 1]);
    }
  });
});

describe("orthogonal", () => {
  it.each(shapes)(
    "of [%i, %i] is q of the QR decomposition with a positive diagonal of r, within 1e-6",
    (width, units) => {
      const q = vectorsOf(makeKernel(initializers.orthogonal(), width, units), width, units);
      const length = Math.max(width, units);
      const normals = reference.randomNormal(0, 1, { seedLow: 9, seedHigh: 0, stream: 0, step: 0 }, width * units);
      q.forEach((vector, i) => {
        const products = q.map((other, j) => Math.abs(dot(vector, other) - Number(i === j)));
        expect(Math.max(...products)).toBeLessThan(1e-6);
        const r = q.slice(0, i + 1).map((_, j) => dot(vector, normals.subarray(j * length, (j + 1) * length)));
        expect(r.pop()).toBeGreaterThan(0);
        expect(Math.max(0, ...r.map(Math.abs))).toBeLessThan(1e-6 * length);
      });
    },
  );

  it("makes of more axes a matrix of rows along the last one, as Keras does", () => {
    const layer = layers.prelu({ inputShape: [2, 3, 4], alphaInitializer: "orthogonal" });
    const alpha = new Sequential([layer], { seed: 9 }).getWeights()[0]?.data;
    expect(alpha).toEqual(makeKernel(initializers.orthogonal(), 6, 4));
  });

  it("multiplies by its gain", () => {
    const [plain, scaled] = [{}, { gain: 4 }].map((options) => makeKernel(initializers.orthogonal(options), 6, 4));
    expect(scaled).toEqual(plain?.map((value) => 4 * value));
  });

  it("favours no direction: the first of 1,000 rotations' elements is 0 on average, within five standard errors", () => {
    const arena = new Arena();
    const kernel = arena.allocate(4);
    const ofWeight = { seedLow: 0, seedHigh: 0, stream: 0 };
    const firsts = Array.from({ length: 1000 }, (_, seed) => {
      initializers.orthogonal({ seed }).fill(arena, kernel, [2, 2], ofWeight);
      return arena.floats(kernel, 4)[0] ?? 0;
    });
    expect(Math.abs(mean(firsts))).toBeLessThan(5 * Math.sqrt(0.5 / 1000));
    expect(Math.abs(mean(firsts.map((value) => value * value)) - 0.5)).toBeLessThan(5 * Math.sqrt(0.125 / 1000));
  });
});

describe("for a bias", () => {
  it.each(["identity", "orthogonal"] as const)("%s is refused", async (biasInitializer) => {
    const model = new Sequential([layers.dense({ units: 3, inputShape: [2], biasInitializer })]);
    const message = `${biasInitializer}: expected a matrix to initialize, got a weight of shape [3]`;
    await expectFailure(() => model.getWeights(), ShapeError, message);
  });
});

/** The columns, or the rows where they are fewer. */
function vectorsOf(kernel: Float32Array, width: number, units: number): Float32Array[] {
  if (width < units) return Array.from({ length: width }, (_, i) => kernel.subarray(i * units, (i + 1) * units));
  return Array.from({ length: units }, (_, j) =>
    Float32Array.from({ length: width }, (_, i) => kernel[i * units + j] ?? 0),
  );
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}
