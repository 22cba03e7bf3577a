/** A loss of host arrays of any rank, computed by the kernels that train with it. */
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
import type { Arena } from "../wasm/arena.js";
import { type Pointer, toStride } from "../wasm/kernels.js";
import { onSharedArena } from "../wasm/shared.js";
import type { Loss, LossBatch, WeightOptions } from "./loss.js";
import { reduceLosses } from "./reduction.js";
import { broadcast, commonShape, toSameRank, withAxesLast } from "./shapes.js";

interface Rows {
  /** The shape of all losses: that of the arrays without the loss's axes. */
  readonly shape: readonly number[];
  /** The number of rows: as many as losses, unless all of them have one. */
  readonly rows: number;
  readonly width: number;
  readonly predictions: Float32Array;
  /** As wide as the predictions, or single numbers. */
  readonly targets: Float32Array;
}

/**
 * @returns the reduced loss, or without reduction the losses of the rows, weighted.
 * @throws ShapeError when shapes do not fit together; TypeError for what is no array; RangeError for an axis that there is
 *   not, or class numbers out of range.
 */
export function measureArrays(
  loss: Loss,
  yTrue: ArrayInput,
  yPred: ArrayInput,
  sampleWeight: WeightOptions["sampleWeight"],
): number | NDArray<Float32Array> {
  const rows = toRows(loss, toNDArray(yTrue, "yTrue"), toNDArray(yPred, "yPred"));
  const weights = toWeights(sampleWeight);
  const [valueShape, weightShape] = toSameRank(rows.shape, weights?.shape ?? rows.shape);
  const shape = commonShape(valueShape, weightShape, "sampleWeight");
  const size = sizeOf(shape);
  return onSharedArena((arena) => {
    const put = (values: Float32Array): Pointer => {
      const start = arena.allocate(values.length);
      arena.floats(start, values.length).set(values);
      return start;
    };
    const { values, counts } = measureRows(arena, loss, rows);
    const losses = put(broadcast(values, valueShape, shape));
    const total = reduceLosses(arena.kernels, loss, {
      rows: size,
      losses,
      sampleWeights: weights && put(broadcast(weights.data, weightShape, shape)),
      counts: counts && put(broadcast(counts, valueShape, shape)),
    }).total;
    if (loss.reduction === "none") return ndarray(arena.floats(losses, size).slice(), shape);
    // A single loss is not reduced, only weighted
    if (shape.length === 0) return arena.floats(losses, 1)[0] as number;
    // Keras divides by the sum of the weights as they were given, and not of those that they broadcast to
    const asGiven = loss.reduction === "meanWithSampleWeight" && weights && !counts ? weights.data.length : size;
    return size === 0 ? 0 : total / asGiven;
  });
}

/** The loss of each row, and which of them count. */
function measureRows(arena: Arena, loss: Loss, { shape, rows, width, predictions, targets }: Rows) {
  const { kernels } = arena;
  const stride = toStride(width);
  const place = (values: Float32Array, across: number, step: number): Pointer => {
    const start = arena.allocate(rows * step);
    const view = arena.floats(start, rows * step);
    for (let row = 0; row < rows; row++) view.set(values.subarray(row * across, (row + 1) * across), row * step);
    return start;
  };
  const isLabels = loss.targets === "labels";
  const losses = arena.allocate(Math.max(rows, sizeOf(shape)));
  const placed = place(predictions, width, stride);
  const batch: LossBatch = {
    rows,
    width,
    stride,
    losses,
    predictions: placed,
    logits: placed,
    targets: place(targets, isLabels ? 1 : width, stride),
    targetStride: stride,
    scratch: arena.allocate(stride),
    workspace: arena.allocate(loss.workspaceLength?.(rows, stride) ?? 0),
    floats: (start, length) => arena.floats(start, length),
  };
  loss.forward(kernels, batch);
  const counts = loss.countRows && arena.allocate(rows);
  if (counts) loss.countRows?.(kernels, batch, counts);
  const read = (start: Pointer): Float32Array => arena.floats(start, sizeOf(shape)).slice();
  return { values: read(losses), counts: counts && read(counts) };
}

function toRows(loss: Loss, yTrue: NDArray, yPred: NDArray): Rows {
  const [trueShape, predShape] =
    loss.targets === "dense" ? toSameRank(yTrue.shape, yPred.shape) : [yTrue.shape, yPred.shape];
  const axes = toAxes(loss, predShape.length);
  const shape = predShape.filter((_, axis) => !axes.includes(axis));
  const width = loss.axis === null ? (predShape.at(-1) ?? 1) : sizeOf(axes.map((axis) => predShape[axis] as number));
  const rows = width === 0 ? 0 : sizeOf(predShape) / width;
  const predictions = withAxesLast({ ...yPred, shape: predShape }, axes);
  if (loss.targets === "dense") {
    if (describeShape(trueShape) !== describeShape(predShape)) throw misfit(yTrue, describeShape(yPred.shape));
    return { shape, rows, width, predictions, targets: withAxesLast({ ...yTrue, shape: trueShape }, axes) };
  }
  const isColumn = trueShape.length === shape.length + 1 && trueShape.at(-1) === 1;
  if (describeShape(isColumn ? trueShape.slice(0, -1) : trueShape) !== describeShape(shape)) {
    throw misfit(yTrue, `${describeShape(shape)} or ${describeShape([...shape, 1])}`);
  }
  if (loss.couplesRows === "inPairs" && predShape.length !== 2) {
    throw new ShapeError(`yPred: expected shape [?, ?], got ${describeShape(yPred.shape)}`);
  }
  const targets =
    loss.targets === "labels" ? Float32Array.from(yTrue.data) : toOneHot(yTrue.data, width, loss.ignoreClass);
  return { shape, rows, width, predictions, targets };
}

/** The loss's axes, counted from the front. */
function toAxes({ axis = -1, name }: Loss, rank: number): number[] {
  if (axis === null) return Array.from({ length: rank }, (_, i) => i);
  return [axis].flat().map((one) => {
    if (one >= -rank && one < rank) return one < 0 ? one + rank : one;
    throw new RangeError(`${name}: axis: expected one of an array of rank ${rank}, got ${one}`);
  });
}

function toOneHot(labels: NDArray["data"], width: number, ignored: number | undefined): Float32Array {
  const hot = new Float32Array(labels.length * width);
  labels.forEach((label, row) => {
    if (label === ignored) return;
    if (!Number.isInteger(label) || label < 0 || label >= width) {
      throw new RangeError(`yTrue: expected class numbers from 0 to ${width - 1}, got ${label} in row ${row}`);
    }
    hot[row * width + label] = 1;
  });
  return hot;
}

function toWeights(given: WeightOptions["sampleWeight"]): NDArray | undefined {
  if (given === undefined || given === null) return undefined;
  if (typeof given === "number") return ndarray(Float32Array.of(given), []);
  if (isArrayInput(given)) return toNDArray(given, "sampleWeight");
  throw new TypeError(`sampleWeight: expected a number or an array, got ${describe(given)}`);
}

function misfit(yTrue: NDArray, expected: string): ShapeError {
  return new ShapeError(`yTrue: expected shape ${expected}, got ${describeShape(yTrue.shape)}`);
}
