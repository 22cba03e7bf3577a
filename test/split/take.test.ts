import { describe, expect, it } from "vitest";
import { type NDArray, ndarray } from "../../src/arrays.js";
import { ShapeError } from "../../src/errors.js";
import { take } from "../../src/split/index.js";

describe("take", () => {
  it("copies rows in the order of the indices, with the same type", () => {
    const array = ndarray(Int16Array.of(0, 1, 10, 11, 20, 21), [3, 2, 1]);
    const rows: NDArray<Int16Array> = take(array, [2, 0, 2]);
    expect(rows).toEqual(ndarray(Int16Array.of(20, 21, 0, 1, 20, 21), [3, 2, 1]));
    rows.data[0] = 99;
    expect(array.data[4]).toBe(20);
  });

  it("takes vectors, nested numbers, bool and no rows at all", () => {
    expect(take(Float64Array.of(5, 6), Uint32Array.of(1))).toEqual(ndarray(Float64Array.of(6)));
    expect(
      take(
        [
          [1, 2],
          [3, 4],
        ],
        [1],
      ),
    ).toEqual(ndarray(Float32Array.of(3, 4), [1, 2]));
    expect(take({ data: Uint8Array.of(0, 1), shape: [2], dtype: "bool" }, [1]).dtype).toBe("bool");
    expect(take(ndarray(new Uint8Array(6), [2, 3]), []).shape).toEqual([0, 3]);
    expect(take(Uint8ClampedArray.of(1, 2), [1]).data).toEqual(Uint8ClampedArray.of(2));
  });

  it("refuses indices that are no row numbers, and scalars", () => {
    for (const index of [3, -1, 0.5, Number.NaN]) {
      expect(() => take([1, 2, 3], [0, index])).toThrow(
        new RangeError(`take: index ${index} at position 1 is no row number from 0 to 2`),
      );
    }
    expect(() => take(ndarray(new Float32Array(1), []), [0])).toThrow(
      new ShapeError("take: expected at least one axis, got shape []"),
    );
  });
});
