/** Samples of any shape as rows. */
import { type ArrayInput, type NDArray, sizeOf, type TypedArray, toNDArray } from "../arrays.js";
import { ShapeError } from "../errors.js";

/**
 * Flattens every sample: [n, a, b, …] becomes [n, a·b·…], and a vector [n] becomes [n, 1].
 *
 * The type of the elements stays. The result shares its data with an input that is an NDArray or a typed array.
 *
 * @throws ShapeError when the input has no axis of samples.
 */
export function flatten<T extends TypedArray>(x: NDArray<T> | T): NDArray<T>;
export function flatten(x: ArrayInput): NDArray;
export function flatten(x: ArrayInput): NDArray {
  const { data, shape, dtype } = toNDArray(x, "flatten: x");
  const [samples, ...sampleShape] = shape;
  if (samples === undefined) throw new ShapeError("flatten: expected at least one axis, got shape []");
  return { data, shape: [samples, sizeOf(sampleShape)], dtype };
}
