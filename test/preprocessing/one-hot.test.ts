import { describe, expect, it } from "vitest";
import { ndarray } from "../../src/arrays.js";
import { ShapeError } from "../../src/errors.js";
import { oneHot } from "../../src/preprocessing/index.js";

describe("oneHot", () => {
  it("makes a row per label", () => {
    const expected = ndarray(Float32Array.of(0, 0, 1, 1, 0, 0), [2, 3]);
    expect(oneHot([2, 0])).toEqual(expected);
    expect(oneHot(Uint8Array.of(2, 0), 3)).toEqual(expected);
    expect(oneHot(ndarray(Float64Array.of(2, 0), [2, 1]))).toEqual(expected);
  });

  it("makes as many columns as it is told, even for no labels", () => {
    expect(oneHot([1], 4)).toEqual(ndarray(Float32Array.of(0, 1, 0, 0), [1, 4]));
    expect(oneHot([], 3).shape).toEqual([0, 3]);
  });

  it.each([2.5, Number.NaN, -1, Number.POSITIVE_INFINITY])("refuses the label %d", (label) => {
    expect(() => oneHot([0, label], 3)).toThrow(
      new RangeError(
        `oneHot: label ${label} at position 1 is no integer from 0 up; number other labels with labelEncoder`,
      ),
    );
  });

  it("refuses a label beyond the classes", () => {
    expect(() => oneHot([0, 1, 3], 3)).toThrow(
      new RangeError(
        "oneHot: label 3 at position 2 is outside 0 to 2; pass more classes, or close gaps between labels with labelEncoder",
      ),
    );
  });

  it("refuses strings, other shapes, bad class counts and an empty array without classes", () => {
    expect(() => oneHot(["cat"] as never)).toThrow(
      new TypeError("oneHot: labels: expected numbers, got strings; number them with labelEncoder"),
    );
    expect(() => oneHot([[0, 1]])).toThrow(
      new ShapeError("oneHot: expected labels of shape [n] or [n, 1], got [1, 2]"),
    );
    for (const classes of [0, -2, 1.5, Number.NaN]) {
      expect(() => oneHot([0], classes)).toThrow(
        new RangeError(`oneHot: classes: expected a positive integer, got ${classes}`),
      );
    }
    expect(() => oneHot([])).toThrow(
      new RangeError("oneHot: the number of classes cannot be read off an empty array; pass classes"),
    );
  });
});
