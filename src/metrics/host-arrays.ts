/** Bringing host arrays of any rank before a metric: as rows in linear memory, a part at a time. */
import {
  type ArrayInput,
  describe,
  describeShape,
  isArrayInput,
  type NDArray,
  ndarray,
  sizeOf,
  toNDArray,
} from "../arrays.js";
import { ShapeError } from "../errors.js";
import { broadcast, toSameRank, withAxesLast } from "../losses/shapes.js";
import { type Pointer, toStride } from "../wasm/kernels.js";
import { onSharedArena } from "../wasm/shared.js";
import { MetricBatch, type Weights } from "./batch.js";
import type { MetricState, WeightedOptions } from "./metric.js";

/** How many values of a large array are in memory at a time. */
const PART = 1 << 18;

/** How a metric reads its arrays. */
export interface Reading {
  /**
   * `alike`: targets of the predictions' shape, the last axis being the rows'. `classes`: the same, or a class number per
   * row of predictions. `labels`: either is a class number per sample, or a row of scores.
   */
  readonly targets: "alike" | "classes" | "labels";
  /** Whether it makes a value of each row, or of each of their elements. */
  readonly values: "rows" | "elements";
  /** The axis that becomes a row. Default -1. */
  readonly axis?: number;
  /** Of `labels`: whether targets and predictions are scores. Default: those of more than one dimension are. */
  readonly scores?: readonly [boolean, boolean];
  /** The rank that the arrays must have. Default: any. */
  readonly rank?: number;
  /** Whether the last axis must be one of classes, so that a vector will not do. */
  readonly classes?: boolean;
}

type GivenWeights = WeightedOptions["sampleWeight"];

/** Arrays as rows without gaps between them. */
interface Rows {
  /** How the rows are arranged: the shape without its last dimension. */
  readonly shape: readonly number[];
  readonly predictions: Float32Array;
  readonly width: number;
  readonly targets: Float32Array;
  readonly targetWidth: number;
}

/** Feeds a state with host arrays. @throws ShapeError, RangeError, TypeError for arrays that do not fit together. */
export function updateFromArrays(
  state: MetricState,
  reading: Reading,
  yTrue: ArrayInput,
  yPred: ArrayInput,
  sampleWeight: GivenWeights,
): void {
  const arrays = readRows(reading, toNDArray(yTrue, "yTrue"), toNDArray(yPred, "yPred"));
  const { width, targetWidth } = arrays;
  const weights = readWeights(sampleWeight, arrays, reading);
  const count = sizeOf(arrays.shape);
  const capacity = Math.max(1, Math.min(count, Math.floor(PART / Math.max(width, 1))));
  onSharedArena((arena) => {
    const [stride, targetStride] = [toStride(width), toStride(targetWidth)];
    const predictions = arena.allocate(capacity * stride);
    const targets = arena.allocate(capacity * targetStride);
    const room = { values: arena.allocate(capacity), scratch: arena.allocate(stride) };
    const put = (target: Pointer, step: number, source: Float32Array, across: number, first: number, rows: number) => {
      const view = arena.floats(target, rows * step);
      for (let row = 0; row < rows; row++) {
        view.set(source.subarray((first + row) * across, (first + row + 1) * across), row * step);
      }
    };
    for (let first = 0; first < count; first += capacity) {
      const rows = Math.min(capacity, count - first);
      put(predictions, stride, arrays.predictions, width, first, rows);
      put(targets, targetStride, arrays.targets, targetWidth, first, rows);
      const memory = { rows, predictions, width, stride, targets, targetWidth, targetStride, ...room };
      state.update(new MetricBatch(arena, memory, weights && partOf(weights, first, rows, width)));
    }
  });
}

function readRows(reading: Reading, yTrue: NDArray, yPred: NDArray): Rows {
  if (reading.targets === "labels") return readLabels(reading, yTrue, yPred);
  const [trueShape, predShape] = toSameRank(yTrue.shape, yPred.shape);
  const { rank, axis, classes } = reading;
  if (classes && predShape.length < 2) {
    throw new ShapeError(`yPred: expected a column for each class, got shape ${describeShape(yPred.shape)}`);
  }
  if (rank !== undefined && predShape.length !== rank) {
    const expected = describeShape(Array.from({ length: rank }, () => null));
    throw new ShapeError(`yPred: expected shape ${expected}, got ${describeShape(yPred.shape)}`);
  }
  if (describeShape(trueShape) === describeShape(predShape)) {
    const axes = predShape.length > 0 ? [toAxis(axis ?? -1, predShape.length)] : [];
    const width = sizeOf(axes.map((one) => predShape[one] as number));
    return {
      shape: predShape.filter((_, one) => !axes.includes(one)),
      predictions: withAxesLast({ ...yPred, shape: predShape }, axes),
      width,
      targets: withAxesLast({ ...yTrue, shape: trueShape }, axes),
      targetWidth: width,
    };
  }
  const shape = yPred.shape.slice(0, -1);
  if (reading.targets === "classes" && yTrue.data.length === sizeOf(shape)) {
    return {
      shape,
      predictions: Float32Array.from(yPred.data),
      width: yPred.shape.at(-1) ?? 1,
      targets: Float32Array.from(yTrue.data),
      targetWidth: 1,
    };
  }
  const expected =
    reading.targets === "classes"
      ? `${describeShape(shape)} or ${describeShape(yPred.shape)}`
      : describeShape(yPred.shape);
  const hint =
    reading.targets === "alike" && yTrue.data.length === sizeOf(shape) ? "; oneHot() makes it from class numbers" : "";
  throw new ShapeError(`yTrue: expected shape ${expected}, got ${describeShape(yTrue.shape)}${hint}`);
}

/** Class numbers, or rows of scores, of either. */
function readLabels({ scores, axis = -1 }: Reading, yTrue: NDArray, yPred: NDArray): Rows {
  const [targets, predictions] = [yTrue, yPred].map((array, which): LabelRows => {
    const { shape, data } = array;
    if (!(scores?.[which] ?? shape.length > 1)) return { shape, width: 1, data: Float32Array.from(data) };
    const at = toAxis(axis, shape.length);
    return {
      shape: shape.filter((_, one) => one !== at),
      width: shape[at] as number,
      data: withAxesLast(array, [at]),
    };
  }) as [LabelRows, LabelRows];
  if (sizeOf(targets.shape) !== sizeOf(predictions.shape)) {
    throw new ShapeError(
      `yTrue: expected as many classes as in yPred, ${sizeOf(predictions.shape)}, got ${sizeOf(targets.shape)}`,
    );
  }
  return {
    shape: predictions.shape,
    predictions: predictions.data,
    width: predictions.width,
    targets: targets.data,
    targetWidth: targets.width,
  };
}

interface LabelRows {
  readonly shape: readonly number[];
  readonly width: number;
  readonly data: Float32Array;
}

function toAxis(axis: number, rank: number): number {
  if (axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
  throw new RangeError(`axis: expected one of an array of rank ${rank}, got ${axis}`);
}

/** The weights of rows where that is enough, else of all elements. */
function readWeights(given: GivenWeights, { shape, width }: Rows, { values }: Reading): Weights | undefined {
  const weights = toArray(given);
  if (!weights) return undefined;
  const perRow = spread(weights, shape);
  if (perRow) return { data: perRow, perElement: false };
  const elements = [...shape, width];
  const perElement = values === "elements" ? spread(weights, elements) : undefined;
  if (perElement) return { data: perElement, perElement: true };
  throw misfit(weights, values === "elements" ? elements : shape);
}

/** Weights for values of a shape; undefined where all count 1. @throws ShapeError, TypeError. */
export function weightsFor(shape: readonly number[], given: GivenWeights): Float32Array | undefined {
  const weights = toArray(given);
  if (!weights) return undefined;
  const fitting = spread(weights, shape);
  if (!fitting) throw misfit(weights, shape);
  return fitting;
}

function toArray(given: GivenWeights): NDArray | undefined {
  if (given === undefined || given === null) return undefined;
  if (typeof given === "number") return ndarray(Float32Array.of(given), []);
  if (isArrayInput(given)) return toNDArray(given, "sampleWeight");
  throw new TypeError(`sampleWeight: expected a number or an array, got ${describe(given)}`);
}

function misfit(weights: NDArray, shape: readonly number[]): ShapeError {
  const expected = `expected a shape that broadcasts to ${describeShape(shape)}`;
  return new ShapeError(`sampleWeight: ${expected}, got ${describeShape(weights.shape)}`);
}

/** The weights broadcast to a shape, whose first dimensions are theirs; undefined where they do not fit. */
function spread({ data, shape }: NDArray, target: readonly number[]): Float32Array | undefined {
  const plain = shape.length === target.length + 1 && shape.at(-1) === 1 ? shape.slice(0, -1) : shape;
  if (plain.length > target.length || plain.some((length, axis) => length !== 1 && length !== target[axis]))
    return undefined;
  const padded = [...plain, ...target.slice(plain.length).map(() => 1)];
  return broadcast(data, padded, target);
}

function partOf({ data, perElement }: Weights, first: number, rows: number, width: number): Weights {
  const step = perElement ? width : 1;
  return { data: (data as Float32Array).subarray(first * step, (first + rows) * step), perElement };
}
