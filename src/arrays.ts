/** Host arrays: plain typed arrays with a shape. What goes into and comes out of every public function. */
import { ShapeError } from "./errors.js";

/** Every typed array that can hold numbers of a data set. */
export type TypedArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array;

export type DType = "float32" | "float64" | "int8" | "int16" | "int32" | "uint8" | "uint16" | "uint32" | "bool";

/**
 * An n-dimensional array in row-major (C) order. `data.length` is the product of `shape`.
 * `bool` is kept as a Uint8Array of 0 and 1.
 */
export interface NDArray<T extends TypedArray = TypedArray> {
  readonly data: T;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** Numbers, nested to any depth: `[[0, 1], [1, 0]]` has the shape [2, 2]. */
export type NestedNumbers = readonly (number | NestedNumbers)[];

/** What a public function takes where it wants an array. A bare typed array is a vector. */
export type ArrayInput = NDArray | TypedArray | NestedNumbers;

/** The number of elements of a shape; 1 for the shape of a scalar. */
export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (const dimension of shape) size *= dimension;
  return size;
}

/**
 * Makes an NDArray around data, without a copy.
 *
 * @param shape Defaults to a vector of the data's length.
 * @throws TypeError when the data is no typed array or the shape no array.
 * @throws ShapeError when the shape's product is not the data's length.
 */
export function ndarray<T extends TypedArray>(data: T, shape: readonly number[] = [data?.length]): NDArray<T> {
  if (!isTypedArray(data)) throw new TypeError(`ndarray: expected a typed array, got ${describe(data)}`);
  if (!Array.isArray(shape)) throw new TypeError(`ndarray: shape: expected an array, got ${describe(shape)}`);
  if (sizeOf(shape) !== data.length || shape.some((d) => !Number.isInteger(d) || d < 0)) {
    throw new ShapeError(`ndarray: expected ${describeShape(shape)} = ${sizeOf(shape)} elements, got ${data.length}`);
  }
  return { data, shape: [...shape], dtype: dtypeOf(data) };
}

/**
 * Brings any accepted input into NDArray form. Typed arrays and NDArrays are not copied; nested numbers become float32.
 *
 * @param what The argument's name, for error messages.
 * @throws TypeError when the input is no array of numbers.
 * @throws ShapeError when nested rows differ in length, or an NDArray's shape does not fit its data.
 */
export function toNDArray(input: ArrayInput, what = "array"): NDArray {
  if (isTypedArray(input)) return ndarray(input);
  if (Array.isArray(input)) return fromNested(input as NestedNumbers, what);
  const array = input as NDArray | null;
  if (typeof array === "object" && array !== null && isTypedArray(array.data) && Array.isArray(array.shape)) {
    const { data, shape } = array;
    if (sizeOf(shape) !== data.length || shape.some((d) => !Number.isInteger(d) || d < 0)) {
      throw new ShapeError(`${what}: shape ${describeShape(shape)} does not fit ${data.length} elements`);
    }
    return array;
  }
  throw new TypeError(
    `${what}: expected an NDArray, a typed array or nested arrays of numbers, got ${describe(input)}`,
  );
}

/** A shape as text: `[6500, 28, 28]`; a missing batch size shows as `?`. */
export function describeShape(shape: readonly (number | null)[]): string {
  return `[${shape.map((d) => d ?? "?").join(", ")}]`;
}

/** A value as it should stand in an error message: short, and telling kinds apart. */
export function describe(value: unknown): string {
  if (value === null || value === undefined || typeof value === "number" || typeof value === "boolean")
    return `${value}`;
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "object") return value.constructor?.name ?? "an object";
  return `a ${typeof value}`;
}

/** Whether a value is meant as an array: an NDArray, a typed array or a nested array. */
export function isArrayInput(value: unknown): value is ArrayInput {
  return isTypedArray(value) || Array.isArray(value) || isTypedArray((value as NDArray | null | undefined)?.data);
}

export function isTypedArray(value: unknown): value is TypedArray {
  return (
    ArrayBuffer.isView(value) &&
    !(value instanceof DataView) &&
    !(value instanceof BigInt64Array) &&
    !(value instanceof BigUint64Array)
  );
}

function dtypeOf(data: TypedArray): DType {
  if (data instanceof Float32Array) return "float32";
  if (data instanceof Float64Array) return "float64";
  if (data instanceof Int8Array) return "int8";
  if (data instanceof Int16Array) return "int16";
  if (data instanceof Int32Array) return "int32";
  if (data instanceof Uint16Array) return "uint16";
  if (data instanceof Uint32Array) return "uint32";
  return "uint8";
}

function fromNested(input: NestedNumbers, what: string): NDArray {
  const shape: number[] = [];
  for (let level: number | NestedNumbers | undefined = input; Array.isArray(level); level = level[0]) {
    shape.push(level.length);
  }
  const data = new Float32Array(sizeOf(shape));
  let next = 0;
  const fill = (level: number | NestedNumbers, depth: number): void => {
    if (depth === shape.length) {
      if (typeof level !== "number") throw new TypeError(`${what}: expected numbers, got ${describe(level)}`);
      data[next++] = level;
      return;
    }
    if (!Array.isArray(level) || level.length !== shape[depth]) {
      throw new ShapeError(
        `${what}: nested arrays must be rectangular: expected ${shape[depth]} at depth ${depth}, got ${
          Array.isArray(level) ? level.length : describe(level)
        }`,
      );
    }
    for (const item of level) fill(item, depth + 1);
  };
  fill(input, 0);
  return ndarray(data, shape);
}
