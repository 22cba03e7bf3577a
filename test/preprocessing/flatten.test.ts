import { expect, it } from "vitest";
import { type NDArray, ndarray } from "../../src/arrays.js";
import { ShapeError } from "../../src/errors.js";
import { flatten } from "../../src/preprocessing/index.js";

it("makes rows of samples, with the same type and the same data", () => {
  const images = ndarray(new Uint8Array(24), [2, 3, 4]);
  const rows: NDArray<Uint8Array> = flatten(images);
  expect(rows.shape).toEqual([2, 12]);
  expect(rows.dtype).toBe("uint8");
  expect(rows.data).toBe(images.data);
});

it("takes vectors, rows, no samples at all and nested numbers", () => {
  expect(flatten(new Float64Array(3)).shape).toEqual([3, 1]);
  expect(flatten(ndarray(new Int8Array(6), [2, 3])).shape).toEqual([2, 3]);
  expect(flatten(ndarray(new Float32Array(0), [0, 28, 28])).shape).toEqual([0, 784]);
  expect(flatten([[[1, 2]], [[3, 4]]])).toEqual(ndarray(Float32Array.of(1, 2, 3, 4), [2, 2]));
});

it("keeps bool", () => {
  const mask: NDArray = { data: Uint8Array.of(0, 1), shape: [1, 1, 2], dtype: "bool" };
  expect(flatten(mask).dtype).toBe("bool");
});

it("refuses a scalar and what is no array", () => {
  expect(() => flatten(ndarray(new Float32Array(1), []))).toThrow(
    new ShapeError("flatten: expected at least one axis, got shape []"),
  );
  expect(() => flatten("images" as never)).toThrow(TypeError);
});
