import { expect, it } from "vitest";
import { ndarray } from "../../src/arrays.js";
import { rescale } from "../../src/preprocessing/index.js";

it("is x · scale + offset as float32, and leaves x alone", () => {
  const bytes = ndarray(Uint8Array.of(0, 51, 102, 255), [2, 2]);
  expect(rescale(bytes, 1 / 255)).toEqual(ndarray(Float32Array.of(0, 0.2, 0.4, 1), [2, 2]));
  expect(rescale(bytes, 2 / 255, -1).data).toEqual(Float32Array.of(-1, -0.6, -0.2, 1));
  expect([...bytes.data]).toEqual([0, 51, 102, 255]);
});

it("rounds to float32 once, at the end", () => {
  const [x, scale, offset] = [16777217, 3, 0.25];
  expect(rescale(Float64Array.of(x), scale, offset).data[0]).toBe(Math.fround(x * scale + offset));
  expect(rescale(Float64Array.of(1), 1 + 2 ** -30, -1).data[0]).toBe(2 ** -30);
});

it("refuses scales and offsets that are no finite numbers", () => {
  expect(() => rescale([1], Number.NaN)).toThrow(new RangeError("rescale: scale: expected a finite number, got NaN"));
  expect(() => rescale([1], 1, Number.POSITIVE_INFINITY)).toThrow(
    new RangeError("rescale: offset: expected a finite number, got Infinity"),
  );
  expect(() => rescale([1], "2" as never)).toThrow(new TypeError('rescale: scale: expected a number, got "2"'));
  expect(() => rescale(null as never, 1)).toThrow(TypeError);
});
