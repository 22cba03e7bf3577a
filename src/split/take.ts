/** Rows by number. */
import {
  type ArrayInput,
  describe,
  describeShape,
  type NDArray,
  sizeOf,
  type TypedArray,
  toNDArray,
} from "../arrays.js";
import { ShapeError } from "../errors.js";

/** The array that rows of A make: the same type of elements, and float32 for nested numbers. */
export type Rows<A extends ArrayInput> =
  A extends NDArray<infer T> ? NDArray<T> : A extends TypedArray ? NDArray<A> : NDArray<Float32Array>;

const constructors = {
  Float32Array,
  Float64Array,
  Int8Array,
  Int16Array,
  Int32Array,
  Uint8Array,
  Uint8ClampedArray,
  Uint16Array,
  Uint32Array,
};

/**
 * Copies rows: row i of the result is row `indices[i]` of the array, so [n, …] becomes [indices.length, …].
 *
 * A row number may come more than once.
 *
 * @throws RangeError when an index is no integer from 0 to n - 1.
 * @throws ShapeError when the array has no rows, being a scalar.
 */
export function take<A extends ArrayInput>(array: A, indices: ArrayLike<number>): Rows<A> {
  const { data, shape, dtype } = toNDArray(array, "take: array");
  const [rows, ...rowShape] = shape;
  if (rows === undefined) throw new ShapeError(`take: expected at least one axis, got shape ${describeShape(shape)}`);
  const width = sizeOf(rowShape);
  // By name: a Node Buffer is a Uint8Array too, but must not be made by its own constructor.
  const result = new constructors[data[Symbol.toStringTag]](indices.length * width);
  for (let i = 0; i < indices.length; i++) {
    const row = indices[i] as number;
    if (!Number.isInteger(row) || row < 0 || row >= rows) {
      throw new RangeError(`take: index ${describe(row)} at position ${i} is no row number from 0 to ${rows - 1}`);
    }
    result.set(data.subarray(row * width, (row + 1) * width), i * width);
  }
  const taken: NDArray = { data: result, shape: [indices.length, ...rowShape], dtype };
  return taken as Rows<A>;
}
