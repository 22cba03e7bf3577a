import { describe, expect, it } from "vitest";
import { type NDArray, ndarray } from "../../src/arrays.js";
import { ShapeError } from "../../src/errors.js";
import { trainTestSplit } from "../../src/split/index.js";

const x = ndarray(
  Float32Array.from({ length: 40 }, (_, i) => i),
  [20, 2],
);
const y = Uint8Array.from({ length: 20 }, (_, i) => (i < 16 ? 0 : 1));

describe("trainTestSplit", () => {
  it("puts a quarter of the samples into the test set, and each sample into one set", () => {
    const { train, test } = trainTestSplit({ x, y });
    const testX: NDArray<Float32Array> = test.x;
    expect(testX.shape).toEqual([5, 2]);
    expect([...testX.data]).toEqual([...test.indices].flatMap((row) => [2 * row, 2 * row + 1]));
    expect(train.y.data.length).toBe(15);
    expect([...train.indices, ...test.indices].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  it("depends on the seed, whose default is 0", () => {
    const testOf = (seed: number) => trainTestSplit({ x }, { seed, testSize: 0.5 }).test.indices;
    expect(testOf(1)).toEqual(testOf(1));
    expect(testOf(1)).not.toEqual(testOf(2));
    expect(trainTestSplit({ x }, { testSize: 0.5 }).test.indices).toEqual(testOf(0));
  });

  it("takes the last samples without shuffle", () => {
    const { train, test } = trainTestSplit({ x }, { testSize: 0.2, shuffle: false });
    expect([...test.indices]).toEqual([16, 17, 18, 19]);
    expect([...train.indices]).toEqual(Array.from({ length: 16 }, (_, i) => i));
  });

  it("keeps the mix of classes with stratify", () => {
    for (let seed = 0; seed < 20; seed++) {
      const { test } = trainTestSplit({ x, y }, { stratify: true, seed });
      expect([...test.y.data]).toEqual([0, 0, 0, 0, 1]);
    }
  });

  it("rounds the size of the test set, a half down", () => {
    const sizeOf = (length: number, testSize: number) =>
      trainTestSplit({ x: new Float32Array(length) }, { testSize }).test.indices.length;
    expect(sizeOf(10, 0.25)).toBe(2);
    expect(sizeOf(11, 0.25)).toBe(3);
    expect(sizeOf(20, 0.15)).toBe(3);
    expect(sizeOf(2, 0.01)).toBe(1);
  });

  it("refuses options that do not fit", () => {
    for (const testSize of [0, 1, -0.5, Number.NaN]) {
      expect(() => trainTestSplit({ x }, { testSize })).toThrow(
        new RangeError(`trainTestSplit: testSize: expected a fraction between 0 and 1, got ${testSize}`),
      );
    }
    expect(() => trainTestSplit({ x }, { testSize: "0.2" as never })).toThrow(
      new TypeError('trainTestSplit: testSize: expected a number, got "0.2"'),
    );
    expect(() => trainTestSplit({ x, y }, { stratify: true, shuffle: false })).toThrow(
      new TypeError("trainTestSplit: stratify draws samples at random and needs shuffle: true"),
    );
    expect(() => trainTestSplit({ x }, { stratify: true })).toThrow(
      new TypeError("trainTestSplit: the labels must be among the data as y, got only x"),
    );
    expect(() => trainTestSplit({ x }, { seed: 1.5 })).toThrow(
      new RangeError("trainTestSplit: seed: expected an integer from 0 to 2^53 - 1, got 1.5"),
    );
    expect(() => trainTestSplit({ x }, { test: 0.5 } as never)).toThrow(
      new TypeError("trainTestSplit: unknown option 'test'; known: testSize, seed, shuffle, stratify"),
    );
    expect(() => trainTestSplit({ x }, { shuffle: "no" as never })).toThrow(
      new TypeError('trainTestSplit: shuffle: expected true or false, got "no"'),
    );
    expect(() => trainTestSplit({ x, y }, { stratify: [0, 1] as never })).toThrow(
      new TypeError("trainTestSplit: stratify: expected true or false, got an array of 2"),
    );
  });

  it("refuses data that cannot be split", () => {
    expect(() => trainTestSplit({ x, y: [1] })).toThrow(
      new ShapeError("trainTestSplit: expected equal lengths, got 20 of x and 1 of y"),
    );
    expect(() => trainTestSplit({ x: [1] })).toThrow(
      new RangeError('trainTestSplit: the data has too few samples (1) to give at least one to the part "test" (0.25)'),
    );
    expect(() => trainTestSplit({ x: [] })).toThrow(
      new RangeError("trainTestSplit: expected at least one sample, got none"),
    );
    expect(() => trainTestSplit({ y: [0, 0, 0, 1] }, { stratify: true })).toThrow(
      new RangeError('trainTestSplit: class 1 has too few samples (1) to give at least one to the part "test" (0.25)'),
    );
  });
});
