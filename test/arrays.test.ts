/** Host arrays: what is accepted, as what it counts, and how values are named in errors. */
import { describe, expect, it } from "vitest";
import { describeShape, describe as describeValue, isTypedArray, ndarray, sizeOf, toNDArray } from "../src/arrays.js";
import { ShapeError } from "../src/errors.js";
import { expectFailure, type Refused, wrong } from "./helpers/failure.js";

const types = [
  [Float32Array, "float32"],
  [Float64Array, "float64"],
  [Int8Array, "int8"],
  [Int16Array, "int16"],
  [Int32Array, "int32"],
  [Uint8Array, "uint8"],
  [Uint8ClampedArray, "uint8"],
  [Uint16Array, "uint16"],
  [Uint32Array, "uint32"],
] as const;

describe("ndarray", () => {
  it.each(types)("of a %o has its dtype and no copy", (type, dtype) => {
    const data = type.of(1, 2, 3, 4, 5, 6);
    expect(ndarray(data, [2, 3])).toEqual({ data, shape: [2, 3], dtype });
    expect(ndarray(data).shape).toEqual([6]);
    expect(ndarray(data).data).toBe(data);
  });

  it("keeps a shape of its own", () => {
    const shape = [2, 3];
    const array = ndarray(new Float32Array(6), shape);
    shape[0] = 9;
    expect(array.shape).toEqual([2, 3]);
  });

  it.each<Refused>([
    ["too large", [2, 4], ShapeError, "ndarray: expected [2, 4] = 8 elements, got 6"],
    ["of a scalar", [], ShapeError, "ndarray: expected [] = 1 elements, got 6"],
    ["negative", [-2, -3], ShapeError, "ndarray: expected [-2, -3] = 6 elements, got 6"],
    ["of halves", [1.5, 4], ShapeError, "ndarray: expected [1.5, 4] = 6 elements, got 6"],
    ["of NaN", [Number.NaN], ShapeError, "ndarray: expected [NaN] = NaN elements, got 6"],
  ])("refuses a shape that is %s", async (_, shape, error, message) => {
    await expectFailure(() => ndarray(new Float32Array(6), wrong(shape)), error, message);
  });

  it("refuses what is no typed array, and a shape that is no array", async () => {
    await expectFailure(() => ndarray(wrong([1, 2])), TypeError, "ndarray: expected a typed array, got an array of 2");
    await expectFailure(() => ndarray(wrong(null)), TypeError, "ndarray: expected a typed array, got null");
    await expectFailure(
      () => ndarray(new Float32Array(6), wrong(6)),
      TypeError,
      "ndarray: shape: expected an array, got 6",
    );
  });
});

describe("toNDArray", () => {
  it("takes typed arrays for vectors, without a copy", () => {
    const data = Int16Array.of(1, 2);
    expect(toNDArray(data)).toEqual({ data, shape: [2], dtype: "int16" });
    expect(toNDArray(data).data).toBe(data);
  });

  it("takes an NDArray as it is", () => {
    const array = ndarray(new Uint8Array(6), [2, 3]);
    expect(toNDArray(array)).toBe(array);
  });

  it.each([
    [[], [0]],
    [
      [[], []],
      [2, 0],
    ],
    [[7], [1]],
    [[1, 2, 3], [3]],
    [
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [2, 3],
    ],
    [
      [
        [[1], [2]],
        [[3], [4]],
        [[5], [6]],
      ],
      [3, 2, 1],
    ],
  ])("takes %j for float32 of shape %j", (nested, shape) => {
    expect(toNDArray(nested)).toEqual({ data: Float32Array.from(nested.flat(3)), shape, dtype: "float32" });
  });

  it.each<Refused>([
    ["null", null, TypeError, "got null"],
    ["a number", 1, TypeError, "got 1"],
    ["big integers", new BigUint64Array(1), TypeError, "got BigUint64Array"],
    ["a buffer", new ArrayBuffer(8), TypeError, "got ArrayBuffer"],
    ["a shape without data", { shape: [1] }, TypeError, "got Object"],
    ["data without a shape", { data: new Float32Array(1) }, TypeError, "got Object"],
    ["an object of no class", Object.create(null), TypeError, "got an object"],
  ])("refuses %s", async (_, value, error, got) => {
    const message = `weights: expected an NDArray, a typed array or nested arrays of numbers, ${got}`;
    await expectFailure(() => toNDArray(wrong(value), "weights"), error, message);
  });

  it.each<Refused>([
    [
      "too long a row",
      [[1], [2, 3]],
      ShapeError,
      "array: nested arrays must be rectangular: expected 1 at depth 1, got 2",
    ],
    [
      "a number for a row",
      [[1], 2],
      ShapeError,
      "array: nested arrays must be rectangular: expected 1 at depth 1, got 2",
    ],
    ["a row for a number", [1, [2]], TypeError, "array: expected numbers, got an array of 1"],
    ["a text", [[1, "2"]], TypeError, 'array: expected numbers, got "2"'],
    ["a truth", [true], TypeError, "array: expected numbers, got true"],
    ["a big integer", [1n], TypeError, "array: expected numbers, got a bigint"],
    ["a hole", [1, undefined, 3], TypeError, "array: expected numbers, got undefined"],
    ["typed rows", [Float32Array.of(1)], TypeError, "array: expected numbers, got Float32Array"],
    [
      "data of another length",
      { data: new Float32Array(5), shape: [2, 3], dtype: "float32" },
      ShapeError,
      "array: shape [2, 3] does not fit 5 elements",
    ],
    [
      "a negative shape",
      { data: new Float32Array(6), shape: [-2, -3], dtype: "float32" },
      ShapeError,
      "array: shape [-2, -3] does not fit 6 elements",
    ],
  ])("refuses %s", async (_, value, error, message) => {
    await expectFailure(() => toNDArray(wrong(value)), error, message);
  });
});

describe("sizeOf", () => {
  it.each([
    [[], 1],
    [[0, 5], 0],
    [[2, 3, 4], 24],
  ])("of %j is %i", (shape, size) => {
    expect(sizeOf(shape)).toBe(size);
  });
});

describe("describeShape", () => {
  it("shows a missing dimension as ?", () => {
    expect(describeShape([null, 28, 28])).toBe("[?, 28, 28]");
    expect(describeShape([])).toBe("[]");
  });
});

describe("describe", () => {
  it.each([
    [null, "null"],
    [undefined, "undefined"],
    [-0.5, "-0.5"],
    [Number.NaN, "NaN"],
    [false, "false"],
    ['a "b"', '"a \\"b\\""'],
    ["x".repeat(41), `"${"x".repeat(40)}…"`],
    [[1, 2], "an array of 2"],
    [new Map(), "Map"],
    [new Uint8Array(1), "Uint8Array"],
    [{}, "Object"],
    [() => 1, "a function"],
    [Symbol("s"), "a symbol"],
    [1n, "a bigint"],
  ])("%o as %s", (value, text) => {
    expect(describeValue(value)).toBe(text);
  });
});

describe("isTypedArray", () => {
  it("is for all that hold numbers", () => {
    for (const [type] of types) expect(isTypedArray(new type(1))).toBe(true);
    for (const value of [new BigInt64Array(1), new DataView(new ArrayBuffer(1)), [1], null, "text"]) {
      expect(isTypedArray(value)).toBe(false);
    }
  });
});
