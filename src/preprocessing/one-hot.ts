/** Class numbers as rows of zeros with a single 1. */
import { type ArrayInput, describe, describeShape, type NDArray, ndarray, toNDArray } from "../arrays.js";
import { ShapeError } from "../errors.js";

/**
 * One-hot rows: labels of shape [n] or [n, 1] become [n, classes] float32, with a 1 in column `label`.
 *
 * @param labels Integers from 0 to classes - 1. For strings, and for numbers with gaps, `labelEncoder` makes them.
 * @param classes Defaults to the largest label plus 1.
 * @throws RangeError when a label is no such integer, when classes is no positive integer, or when there are neither
 *   labels nor classes.
 * @throws ShapeError when the labels are neither [n] nor [n, 1].
 * @throws TypeError when the labels are no numbers.
 */
export function oneHot(labels: ArrayInput, classes?: number): NDArray<Float32Array> {
  if (Array.isArray(labels) && labels.flat().some((label) => typeof label === "string")) {
    throw new TypeError("oneHot: labels: expected numbers, got strings; number them with labelEncoder");
  }
  const { data, shape } = toNDArray(labels, "oneHot: labels");
  if (shape.length !== 1 && !(shape.length === 2 && shape[1] === 1)) {
    throw new ShapeError(`oneHot: expected labels of shape [n] or [n, 1], got ${describeShape(shape)}`);
  }
  if (classes !== undefined && !(Number.isSafeInteger(classes) && classes > 0)) {
    throw new RangeError(`oneHot: classes: expected a positive integer, got ${describe(classes)}`);
  }
  if (classes === undefined && data.length === 0) {
    throw new RangeError("oneHot: the number of classes cannot be read off an empty array; pass classes");
  }

  let largest = -1;
  data.forEach((label, i) => {
    if (!Number.isInteger(label) || label < 0) {
      throw new RangeError(
        `oneHot: label ${label} at position ${i} is no integer from 0 up; number other labels with labelEncoder`,
      );
    }
    if (classes !== undefined && label >= classes) {
      throw new RangeError(
        `oneHot: label ${label} at position ${i} is outside 0 to ${classes - 1}; ` +
          "pass more classes, or close gaps between labels with labelEncoder",
      );
    }
    if (label > largest) largest = label;
  });

  const width = classes ?? largest + 1;
  const rows = new Float32Array(data.length * width);
  data.forEach((label, i) => {
    rows[i * width + label] = 1;
  });
  return ndarray(rows, [data.length, width]);
}
