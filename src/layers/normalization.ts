import { type ArrayInput, describeShape, type NDArray, ndarray, sizeOf, toNDArray } from "../arrays.js";
import { checkBoolean } from "../checks.js";
import { ShapeError, StateError } from "../errors.js";
import { type Axes, broadcastStrides, checkAxes, placesOf, sampleAxes } from "./axes.js";
import { applyColumns, type Columns, columnsStep, nested, readNumbers, spread } from "./columns.js";
import { commonOptions, type LayerOptions } from "./common.js";
import type { Layer } from "./layer.js";

export interface NormalizationOptions extends LayerOptions {
  /**
   * The axis or axes with a mean and a variance for each index; the batch is axis 0, and -1, the default, the last. null:
   * one mean and one variance for all values.
   */
  readonly axis?: Axes | null;
  /** A number, or an array that can be repeated to the sizes of the axes. Given together with `variance`. */
  readonly mean?: number | ArrayInput;
  readonly variance?: number | ArrayInput;
  /** True for the way back, x · √variance + mean. Default false. */
  readonly invert?: boolean;
}

export interface NormalizationLayer extends Layer {
  /**
   * Takes mean and variance (the population's) from data [n, ...sample], in double precision. It counts from then on, in
   * models that were used before too.
   *
   * @throws ShapeError, RangeError, TypeError for data that has not the axes, no samples, or values that are not finite.
   */
  adapt(data: ArrayInput): void;
}

/** What √variance counts as at least, as in Keras. */
const LEAST_DEVIATION = 1e-7;

/**
 * y = (x - mean) / √variance, with mean and variance of the training set: given, or taken from it by `adapt`. In front of a
 * model it is applied once, when data is loaded. The shape stays.
 *
 * @throws TypeError, RangeError, ShapeError for options that are none; when connected, ShapeError for samples that do not
 *   fit; when used, StateError before `adapt`, unless mean and variance were given.
 */
export function normalization(options: NormalizationOptions = {}): NormalizationLayer {
  const where = "normalization";
  const common = commonOptions(options, ["axis", "mean", "variance", "invert"], where);
  const { axis: given = -1, invert = false } = options;
  const axis: Axes = given ?? [];
  checkAxes(axis, where);
  checkBoolean(invert, `${where}: invert`);
  if ((options.mean === undefined) !== (options.variance === undefined)) {
    throw new TypeError(`${where}: expected mean and variance, or neither, got one of them`);
  }
  let moments = options.mean === undefined ? undefined : readMoments(options.mean, options.variance, where);

  const columns = (inputShape: readonly number[]): Columns => {
    if (!moments) throw new StateError(`${where}: it has no mean and variance yet; call its adapt(data) first`);
    const axes = sampleAxes(axis, inputShape, where);
    const mean = spread(moments.mean, inputShape, axes, `${where}: mean`);
    const deviation = spread(moments.variance, inputShape, axes, `${where}: variance`).map((value) =>
      Math.max(Math.sqrt(value), LEAST_DEVIATION),
    );
    const zeros = mean.map(() => 0);
    return invert
      ? { shift: zeros, scale: deviation, offset: mean }
      : { shift: mean, scale: deviation.map((value) => 1 / value), offset: zeros };
  };

  return {
    className: "Normalization",
    ...common,
    get config() {
      return {
        axis,
        mean: moments ? nested(moments.mean) : null,
        variance: moments ? nested(moments.variance) : null,
        invert,
      };
    },
    outputShape(inputShape) {
      if (moments) columns(inputShape);
      else sampleAxes(axis, inputShape, where);
      return inputShape;
    },
    weights: () => [],
    plan: (context) => [columnsStep(context, () => columns(context.inputShape))],
    preprocess(arena, values, rows, inputShape) {
      applyColumns(arena, values, rows, columns(inputShape));
    },
    adapt(data) {
      moments = measure(toNDArray(data, `${where}: adapt`), axis, `${where}: adapt`);
    },
  };
}

interface Moments {
  readonly mean: NDArray;
  readonly variance: NDArray;
}

function readMoments(
  mean: number | ArrayInput | undefined,
  variance: number | ArrayInput | undefined,
  where: string,
): Moments {
  const moments = { mean: readNumbers(mean, `${where}: mean`), variance: readNumbers(variance, `${where}: variance`) };
  const negative = moments.variance.data.find((element) => element < 0);
  if (negative !== undefined)
    throw new RangeError(`${where}: variance: expected numbers of at least 0, got ${negative}`);
  const [meanShape, varianceShape] = [moments.mean, moments.variance].map(({ shape }) => describeShape(shape));
  if (meanShape !== varianceShape) {
    throw new ShapeError(`${where}: expected mean and variance of one shape, got ${meanShape} and ${varianceShape}`);
  }
  return moments;
}

/** Mean and variance for each index of the axes, over samples and all other axes. */
function measure({ data, shape }: NDArray, axis: Axes, where: string): Moments {
  const [samples, ...sampleShape] = shape;
  if (samples === undefined || data.length === 0)
    throw new RangeError(`${where}: expected at least one sample, got none`);
  const bad = data.find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new RangeError(`${where}: expected finite numbers, got ${bad}`);
  const axes = sampleAxes(axis, sampleShape, where);
  const kept = axes.map((one) => sampleShape[one] as number);
  const strides = sampleShape.map(() => 0);
  broadcastStrides(kept).forEach((stride, i) => {
    strides[axes[i] as number] = stride;
  });
  const places = placesOf(sampleShape, strides);
  const width = places.length;
  const [mean, variance] = [new Float64Array(sizeOf(kept)), new Float64Array(sizeOf(kept))];
  const count = data.length / mean.length;
  const average = (sums: Float64Array, term: (value: number, place: number) => number) => {
    data.forEach((value, i) => {
      const place = places[i % width] as number;
      sums[place] = (sums[place] as number) + term(value, place);
    });
    sums.forEach((sum, place) => {
      sums[place] = sum / count;
    });
    return ndarray(sums, kept);
  };
  return {
    mean: average(mean, (value) => value),
    variance: average(variance, (value, place) => (value - (mean[place] as number)) ** 2),
  };
}
