/** A linear map of every element. */
import { type ArrayInput, describe, type NDArray, ndarray, toNDArray } from "../arrays.js";

/**
 * x · scale + offset as float32, in the shape of x: `rescale(images, 1 / 255)` brings bytes into [0, 1].
 *
 * Computed in double precision and rounded to float32 once, at the end.
 *
 * @param offset Defaults to 0.
 * @throws TypeError when scale or offset is no number, RangeError when it is not finite.
 */
export function rescale(x: ArrayInput, scale: number, offset = 0): NDArray<Float32Array> {
  const { data, shape } = toNDArray(x, "rescale: x");
  checkFinite(scale, "scale");
  checkFinite(offset, "offset");
  const result = new Float32Array(data.length);
  data.forEach((value, i) => {
    result[i] = value * scale + offset;
  });
  return ndarray(result, shape);
}

function checkFinite(value: unknown, what: string): void {
  if (typeof value !== "number") throw new TypeError(`rescale: ${what}: expected a number, got ${describe(value)}`);
  if (!Number.isFinite(value)) throw new RangeError(`rescale: ${what}: expected a finite number, got ${value}`);
}
