/** Features of mean 0 and variance 1, with the mean and the variance of the training set. */
import { type ArrayInput, describeShape, type NDArray, ndarray, sizeOf, toNDArray } from "../arrays.js";
import { ShapeError } from "../errors.js";

/** What `standardize` has learnt. One entry per feature, in row-major order of a sample. */
export interface Scaler {
  readonly mean: Float64Array;
  /** The population's: divided by n, not n - 1. 0 for a constant feature. */
  readonly standardDeviation: Float64Array;

  /**
   * (x - mean) / standardDeviation of each feature, as float32 in the shape of x. A constant feature is divided by 1,
   * which makes it 0 on the training set.
   *
   * @throws ShapeError when the samples' shape is not that of the training set.
   */
  transform(x: ArrayInput): NDArray<Float32Array>;

  /** The way back, x · standardDeviation + mean, with the same divisor and the same errors as `transform`. */
  inverse(x: ArrayInput): NDArray<Float32Array>;
}

/**
 * Fits a scaler on the training set, to be applied to all sets:
 *
 *     const scaler = standardize(train.x);
 *     const x = scaler.transform(train.x);
 *     const validationX = scaler.transform(validation.x);
 *
 * The first axis counts samples, all others together are the features. Sums are taken in double precision.
 *
 * @throws ShapeError when there is no axis of samples.
 * @throws RangeError when there is no sample, or a value is not finite.
 */
export function standardize(x: ArrayInput): Scaler {
  const { data, shape } = toNDArray(x, "standardize: x");
  const [samples, ...sampleShape] = shape;
  if (samples === undefined) throw new ShapeError("standardize: expected at least one axis, got shape []");
  if (samples === 0) throw new RangeError("standardize: expected at least one sample, got none");
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`standardize: expected finite values, got ${data[bad]} at element ${bad} of x`);

  const width = sizeOf(sampleShape);
  const mean = new Float64Array(width);
  const standardDeviation = new Float64Array(width);
  const divisor = new Float64Array(width);
  for (let j = 0; j < width; j++) {
    // Sums of differences to the first sample: exactly 0 for a constant feature, and no cancellation far from 0.
    const first = data[j] as number;
    let sum = 0;
    for (let i = j; i < data.length; i += width) sum += (data[i] as number) - first;
    const shift = sum / samples;
    let squares = 0;
    for (let i = j; i < data.length; i += width) squares += ((data[i] as number) - first - shift) ** 2;
    mean[j] = first + shift;
    standardDeviation[j] = Math.sqrt(squares / samples);
    divisor[j] = standardDeviation[j] || 1;
  }

  type Formula = (value: number, mean: number, divisor: number) => number;
  const apply = (input: ArrayInput, what: string, formula: Formula) => {
    const array = toNDArray(input, `${what}: x`);
    const expected = describeShape([null, ...sampleShape]);
    if (describeShape([null, ...array.shape.slice(1)]) !== expected || array.shape.length === 0) {
      throw new ShapeError(`${what}: expected shape ${expected} as fitted, got ${describeShape(array.shape)}`);
    }
    const result = new Float32Array(array.data.length);
    array.data.forEach((value, i) => {
      const j = i % width;
      result[i] = formula(value, mean[j] as number, divisor[j] as number);
    });
    return ndarray(result, array.shape);
  };

  return {
    mean,
    standardDeviation,
    transform: (input) => apply(input, "transform", (value, mean, divisor) => (value - mean) / divisor),
    inverse: (input) => apply(input, "inverse", (value, mean, divisor) => value * divisor + mean),
  };
}
