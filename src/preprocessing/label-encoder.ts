/** Labels of any kind, numbered from 0 without gaps. */
import {
  type ArrayInput,
  describe,
  describeShape,
  type NDArray,
  ndarray,
  type TypedArray,
  toNDArray,
} from "../arrays.js";
import { ShapeError } from "../errors.js";

export type Label = string | number;

/** A plain array of labels; numbers may also come as a typed array or an NDArray of shape [n] or [n, 1]. */
export type LabelInput<T extends Label> = readonly T[] | (T extends number ? TypedArray | NDArray : never);

export interface LabelEncoder<T extends Label> {
  /** The distinct labels: numbers in ascending order, strings by code unit. A label's number is its place here. */
  readonly classes: readonly T[];

  /**
   * The numbers of labels, [n] int32, ready for `oneHot(numbers, encoder.classes.length)`.
   *
   * @throws RangeError when a label was not among those the encoder was made from.
   */
  encode(values: LabelInput<T>): NDArray<Int32Array>;

  /**
   * The labels of numbers, for class numbers of shape [n] or [n, 1].
   *
   * @throws RangeError when a number is no integer from 0 to classes.length - 1.
   */
  decode(indices: ArrayInput): T[];
}

/**
 * Makes an encoder from labels, all strings or all numbers; they may repeat and come in any order.
 *
 *     const encoder = labelEncoder(["cat", "dog", "cat"]);
 *     const y = oneHot(encoder.encode(["dog", "cat"]), encoder.classes.length);   // [[0, 1], [1, 0]]
 *
 * @throws TypeError when a value is neither string nor number, or when both kinds are mixed.
 * @throws RangeError when there are no values, or one is NaN.
 * @throws ShapeError when an NDArray is neither [n] nor [n, 1].
 */
export function labelEncoder(values: readonly string[]): LabelEncoder<string>;
export function labelEncoder(values: LabelInput<number>): LabelEncoder<number>;
export function labelEncoder(values: LabelInput<Label>): LabelEncoder<Label> {
  const classes = [...new Set(readLabels(values, "labelEncoder"))].sort(compare);
  if (classes.length === 0) throw new RangeError("labelEncoder: expected at least one label, got none");
  const numbers = new Map(classes.map((label, number) => [label, number]));

  return {
    classes,
    encode(values) {
      const labels = readLabels(values, "encode");
      const encoded = labels.map((label, i) => {
        const number = numbers.get(label);
        if (number === undefined) {
          const known = classes.slice(0, 5).map(describe).join(", ") + (classes.length > 5 ? ", …" : "");
          throw new RangeError(
            `encode: ${describe(label)} at position ${i} is none of the ${classes.length} known labels: ${known}`,
          );
        }
        return number;
      });
      return ndarray(Int32Array.from(encoded));
    },
    decode(indices) {
      const { data, shape } = toNDArray(indices, "decode: indices");
      checkVector(shape, "decode");
      return Array.from(data, (number, i) => {
        const label = classes[number];
        if (label === undefined) {
          throw new RangeError(
            `decode: ${number} at position ${i} is no class number; expected an integer from 0 to ${classes.length - 1}`,
          );
        }
        return label;
      });
    },
  };
}

/** Numbers keep their double precision here, which the float32 of `toNDArray` would take from a plain array. */
function readLabels(values: LabelInput<Label>, what: string): readonly Label[] {
  if (!Array.isArray(values)) {
    const { data, shape } = toNDArray(values as NDArray | TypedArray, `${what}: values`);
    checkVector(shape, what);
    return checkLabels(Array.from(data), what);
  }
  return checkLabels(values, what);
}

function checkLabels(labels: readonly unknown[], what: string): readonly Label[] {
  const kind = typeof labels[0];
  labels.forEach((label, i) => {
    if (typeof label !== "string" && typeof label !== "number") {
      throw new TypeError(`${what}: expected strings or numbers, got ${describe(label)} at position ${i}`);
    }
    if (typeof label !== kind) {
      throw new TypeError(
        `${what}: labels must be all strings or all numbers, got ${describe(labels[0])} and, at position ${i}, ${describe(label)}`,
      );
    }
    if (Number.isNaN(label)) throw new RangeError(`${what}: NaN at position ${i} is no label`);
  });
  return labels as readonly Label[];
}

function checkVector(shape: readonly number[], what: string): void {
  if (shape.length !== 1 && !(shape.length === 2 && shape[1] === 1)) {
    throw new ShapeError(`${what}: expected shape [n] or [n, 1], got ${describeShape(shape)}`);
  }
}

function compare(a: Label, b: Label): number {
  return a < b ? -1 : 1;
}
