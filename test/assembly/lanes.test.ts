import { describe, expect, it } from "vitest";
import * as reference from "../reference.js";
import { expectEqual, expectSameBits } from "./expect.js";
import { builds, instantiate } from "./harness.js";
import { anyFloats, numbers } from "./samples.js";

const lengths = [...Array(35).keys(), 47, 48, 49, 1027, 10_007];

describe.each(builds)("sum, %s build", (build) => {
  const empty = instantiate(build);
  const sum = (values: Float32Array): number => {
    const space = empty();
    return space.call("sum", space.input(values), values.length);
  };

  it("is 16 interleaved chains combined by halves, for every length up to 34 and some longer", () => {
    for (const n of lengths) {
      expectSameBits(Float32Array.of(sum(numbers(n, n + 1))), Float32Array.of(reference.sum(numbers(n, n + 1))));
    }
  });

  it("has relative error < 1e-6 on 10,007 numbers of one sign", () => {
    const values = numbers(10_007).map(Math.abs);
    const exact = values.reduce((total, value) => total + value, 0);
    expect(Math.abs(sum(values) / exact - 1)).toBeLessThan(1e-6);
  });

  it("is +0 for no numbers and for any number of -0", () => {
    for (const n of [0, 1, 5, 16, 33]) expect(sum(new Float32Array(n).fill(-0))).toBe(0);
  });

  it("carries NaN and infinities along", () => {
    for (const n of [1, 5, 17, 40]) {
      for (const value of [Number.NaN, Infinity, -Infinity]) {
        const values = numbers(n);
        values[n - 1] = value;
        expect(sum(values)).toBe(value);
      }
      expectSameBits(Float32Array.of(sum(anyFloats(n))), Float32Array.of(reference.sum(anyFloats(n))));
    }
    expect(sum(Float32Array.of(Infinity, 0, -Infinity))).toBe(Number.NaN);
  });
});

describe.each(builds)("sumOfMagnitudes, %s build", (build) => {
  const empty = instantiate(build);

  it("is the sum without the signs, for every length up to 34 and some longer", () => {
    for (const n of lengths) {
      const space = empty();
      const values = numbers(n, n + 1);
      const total = space.call("sumOfMagnitudes", space.input(values), n);
      expectSameBits(Float32Array.of(total), Float32Array.of(reference.sum(values.map(Math.abs))));
    }
  });
});

describe.each(builds)("sumOfSquares, %s build", (build) => {
  const empty = instantiate(build);

  it("is the sum of the squares, for every length up to 34 and some longer", () => {
    for (const n of lengths) {
      const space = empty();
      const values = numbers(n, n + 1);
      const total = space.call("sumOfSquares", space.input(values), n);
      expectEqual(build, Float32Array.of(total), Float32Array.of(reference.sumOfSquares(values)), 1e-6);
    }
  });
});
