/** Weights compared to the bit. */
import { expect } from "vitest";
import type { NDArray } from "../../src/arrays.js";

export type Weights = readonly NDArray<Float32Array>[];

/** The bits of all weights in a row, as words. */
export function bits(weights: Weights): Uint32Array {
  const words = weights.flatMap(({ data }) => [...new Uint32Array(data.buffer, data.byteOffset, data.length)]);
  return Uint32Array.from(words);
}

/** -0 is not 0, and a NaN is itself. */
export function expectSameWeights(actual: Weights, expected: Weights): void {
  expect(actual.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
  const [actualBits, expectedBits] = [bits(actual), bits(expected)];
  const different = actualBits.findIndex((word, i) => word !== expectedBits[i]);
  if (different >= 0) {
    const at = (weights: Weights) => weights.flatMap(({ data }) => [...data])[different];
    throw new Error(`weight ${different} of ${actualBits.length} is ${at(actual)}, expected ${at(expected)}`);
  }
}
