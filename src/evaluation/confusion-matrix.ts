/** Which classes are taken for which. */
import { type ArrayInput, describe, describeShape, type NDArray, ndarray, toNDArray } from "../arrays.js";
import { checkOptions } from "../checks.js";
import { ShapeError } from "../errors.js";

export interface ConfusionMatrixOptions extends PairOptions {
  /**
   * What to divide the counts by: 'true' by the sum of their row, so that each true class has 1 in all; 'pred' by that of
   * their column; 'all' by the sum of all; null, the default, by nothing. What is divided by 0 is 0.
   */
  readonly normalize?: "true" | "pred" | "all" | null;
}

export interface PairOptions {
  /** The number of classes. Default: k, or the largest class number plus 1 where both arguments are class numbers. */
  readonly classes?: number | undefined;
  /** What each sample counts: [n] or [n, 1]. Default: 1. */
  readonly sampleWeight?: ArrayInput | null | undefined;
}

/**
 * Counts samples by true class (row) and predicted class (column): [classes, classes]. As scikit-learn's `confusion_matrix`,
 * and TensorFlow.js's `math.confusionMatrix`.
 *
 * Each argument holds either class numbers, of shape [n] or [n, 1], or a row of scores per sample [n, k] (one-hot rows,
 * probabilities), of which the largest counts, and the first of equals.
 *
 * @returns Counts as uint32, where there are no options or the number of classes alone; else float64: sums of weights, or
 *   shares.
 * @throws ShapeError for other shapes, different lengths, and a k that is not the number of classes.
 * @throws RangeError when a class number is no integer from 0 to classes - 1, when a score is NaN, when the number of
 *   classes is neither given nor to be seen, and for an unknown way to normalize.
 * @throws TypeError when an argument is no array of numbers, and for options that are unknown.
 */
export function confusionMatrix(yTrue: ArrayInput, yPred: ArrayInput, classes?: number): NDArray<Uint32Array>;
export function confusionMatrix(
  yTrue: ArrayInput,
  yPred: ArrayInput,
  options: ConfusionMatrixOptions,
): NDArray<Float64Array>;
export function confusionMatrix(
  yTrue: ArrayInput,
  yPred: ArrayInput,
  options?: number | ConfusionMatrixOptions,
): NDArray<Uint32Array> | NDArray<Float64Array> {
  const where = "confusionMatrix";
  if (typeof options !== "object") {
    const { data, shape } = countPairs(yTrue, yPred, { classes: options }, where);
    return ndarray(Uint32Array.from(data), shape);
  }
  checkOptions(options, ["classes", "sampleWeight", "normalize"], where);
  const { normalize = null, ...pairs } = options;
  const divisors = divisorsOf(normalize, where);
  const counts = countPairs(yTrue, yPred, pairs, where);
  const [size = 0] = counts.shape;
  const sums = new Float64Array(size * size);
  counts.data.forEach((count, cell) => {
    const group = divisors(cell, size);
    sums[group] = (sums[group] as number) + count;
  });
  const shares = counts.data.map((count, cell) => count / (sums[divisors(cell, size)] as number) || 0);
  return normalize === null ? counts : ndarray(shares, counts.shape);
}

/** From the place of a count to that of the sum that it is divided by. @throws RangeError. */
function divisorsOf(normalize: unknown, where: string): (cell: number, size: number) => number {
  if (normalize === null || normalize === "all") return () => 0;
  if (normalize === "true") return (cell, size) => Math.floor(cell / size);
  if (normalize === "pred") return (cell, size) => cell % size;
  throw new RangeError(`${where}: normalize: expected 'true', 'pred', 'all' or null, got ${describe(normalize)}`);
}

/** Counts of samples, or sums of their weights, under the name of the caller. */
export function countPairs(
  yTrue: ArrayInput,
  yPred: ArrayInput,
  { classes, sampleWeight }: PairOptions,
  where: string,
): NDArray<Float64Array> {
  if (classes !== undefined && !(Number.isSafeInteger(classes) && classes > 0)) {
    throw new RangeError(`${where}: classes: expected a positive integer, got ${describe(classes)}`);
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

  const weights = readWeights(sampleWeight, actual.numbers.length, `${where}: sampleWeight`);
  const counts = new Float64Array(size * size);
  actual.numbers.forEach((row, i) => {
    const cell = row * size + (predicted.numbers[i] as number);
    counts[cell] = (counts[cell] as number) + (weights ? (weights[i] as number) : 1);
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

function readWeights(given: PairOptions["sampleWeight"], samples: number, what: string) {
  if (given === undefined || given === null) return undefined;
  const { data, shape } = toNDArray(given, what);
  const isColumn = shape.length === 2 && shape[1] === 1;
  if (shape[0] !== samples || !(shape.length === 1 || isColumn)) {
    throw new ShapeError(`${what}: expected shape [${samples}] or [${samples}, 1], got ${describeShape(shape)}`);
  }
  return data;
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
