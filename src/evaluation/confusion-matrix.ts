/** Which classes are taken for which. */
import { type ArrayInput, describeShape, type NDArray, ndarray, toNDArray } from "../arrays.js";
import { ShapeError } from "../errors.js";

/**
 * Counts samples by true class (row) and predicted class (column): [classes, classes].
 *
 * Each argument holds either class numbers, of shape [n] or [n, 1], or a row of scores per sample [n, k] (one-hot rows,
 * probabilities), of which the largest counts, and the first of equals.
 *
 * @param classes Defaults to k, or to the largest class number plus 1 where both arguments are class numbers.
 * @throws ShapeError for other shapes, different lengths, and a k that is not the number of classes.
 * @throws RangeError when a class number is no integer from 0 to classes - 1, when a score is NaN, and when the number
 *   of classes is neither given nor to be seen.
 * @throws TypeError when an argument is no array of numbers.
 */
export function confusionMatrix(yTrue: ArrayInput, yPred: ArrayInput, classes?: number): NDArray<Uint32Array> {
  return countPairs(yTrue, yPred, classes, "confusionMatrix");
}

/** `confusionMatrix` under the name of its caller. */
export function countPairs(
  yTrue: ArrayInput,
  yPred: ArrayInput,
  classes: number | undefined,
  where: string,
): NDArray<Uint32Array> {
  if (classes !== undefined && !(Number.isSafeInteger(classes) && classes > 0)) {
    throw new RangeError(`${where}: classes: expected a positive integer, got ${classes}`);
  }
  const actual = readClasses(yTrue, `${where}: yTrue`);
  const predicted = readClasses(yPred, `${where}: yPred`);
  if (actual.numbers.length !== predicted.numbers.length) {
    throw new ShapeError(
      `${where}: expected equal lengths, got ${actual.numbers.length} of yTrue and ${predicted.numbers.length} of yPred`,
    );
  }
  const size = classes ?? actual.width ?? predicted.width ?? largest(actual.numbers, predicted.numbers) + 1;
  if (size === 0) throw new RangeError(`${where}: the number of classes cannot be read off empty arrays; pass classes`);
  checkSize(actual, size, `${where}: yTrue`);
  checkSize(predicted, size, `${where}: yPred`);

  const counts = new Uint32Array(size * size);
  actual.numbers.forEach((row, i) => {
    const cell = row * size + (predicted.numbers[i] as number);
    counts[cell] = (counts[cell] as number) + 1;
  });
  return ndarray(counts, [size, size]);
}

interface Classes {
  readonly numbers: readonly number[];
  /** The number of scores per sample, where the argument holds scores. */
  readonly width: number | undefined;
}

function readClasses(input: ArrayInput, what: string): Classes {
  const { data, shape } = toNDArray(input, what);
  const [length = 0, width = 1] = shape;
  if (shape.length < 1 || shape.length > 2 || width < 1) {
    throw new ShapeError(
      `${what}: expected class numbers of shape [n] or [n, 1], or scores [n, k], got ${describeShape(shape)}`,
    );
  }
  if (width > 1) {
    const rows = Array.from({ length }, (_, row) => data.subarray(row * width, (row + 1) * width));
    return { numbers: rows.map((scores, row) => largestScore(scores, row, what)), width };
  }
  const numbers = Array.from(data);
  const bad = numbers.findIndex((number) => !Number.isInteger(number) || number < 0);
  if (bad >= 0) {
    throw new RangeError(
      `${what}: ${numbers[bad]} at position ${bad} is no class number; ` +
        "turn the probabilities of a single output into 0 and 1, and other labels into numbers with labelEncoder",
    );
  }
  return { numbers, width: undefined };
}

function largestScore(scores: ArrayLike<number>, row: number, what: string): number {
  let best = 0;
  for (let column = 0; column < scores.length; column++) {
    const score = scores[column] as number;
    if (Number.isNaN(score)) throw new RangeError(`${what}: row ${row} has NaN in column ${column}`);
    if (score > (scores[best] as number)) best = column;
  }
  return best;
}

function largest(...arrays: (readonly number[])[]): number {
  return arrays.flat().reduce((a, b) => Math.max(a, b), -1);
}

function checkSize({ numbers, width }: Classes, size: number, what: string): void {
  if (width !== undefined && width !== size) {
    throw new ShapeError(`${what}: expected ${size} scores per sample, one for each class, got ${width}`);
  }
  const bad = numbers.findIndex((number) => number >= size);
  if (bad >= 0) {
    throw new RangeError(`${what}: class ${numbers[bad]} at position ${bad} is outside 0 to ${size - 1}`);
  }
}
