/** Losses of the user's own: plain JavaScript on host arrays. */
import { type ArrayInput, describe, describeShape, type NDArray, ndarray, toNDArray } from "../arrays.js";
import { ShapeError } from "../errors.js";
import type { Pointer } from "../wasm/kernels.js";
import type { Loss, LossBatch } from "./loss.js";

/**
 * A loss of the user's own. Both methods get fresh float32 arrays [rows, width]: the targets and the model's output for a
 * batch. A model with such a loss can't be saved.
 */
export interface CustomLoss {
  /** For error messages. Default: 'custom'. */
  readonly name?: string;
  /** The loss of each row: [rows]. Training makes the mean of them small, each times its sample weight. */
  value(yTrue: NDArray<Float32Array>, yPred: NDArray<Float32Array>): ArrayInput;
  /** The derivative of each row's loss with respect to that row of yPred: [rows, width]. */
  gradient(yTrue: NDArray<Float32Array>, yPred: NDArray<Float32Array>): ArrayInput;
}

/** @throws TypeError when its name is no text. Its passes throw ShapeError or TypeError for results of another shape. */
export function customLoss(own: CustomLoss): Loss {
  const { name = "custom" } = own;
  if (typeof name !== "string") throw new TypeError(`loss: name: expected a text, got ${describe(name)}`);
  return {
    name,
    config: {},
    targets: "dense",
    reduction: "sumOverBatchSize",
    forward(_, batch) {
      const { data, shape } = toNDArray(own.value(...hostArrays(batch)), `${name}: value`);
      if (shape.length !== 1 || data.length !== batch.rows) throw misfit(`${name}: value`, [batch.rows], shape);
      batch.floats(batch.losses, batch.rows).set(data);
    },
    backward(_, batch, gradient, scale) {
      const { rows, width, stride } = batch;
      const { data, shape } = toNDArray(own.gradient(...hostArrays(batch)), `${name}: gradient`);
      if (shape.length !== 2 || shape[0] !== rows || shape[1] !== width) {
        throw misfit(`${name}: gradient`, [rows, width], shape);
      }
      const out = batch.floats(gradient, rows * stride).fill(0);
      for (let row = 0; row < rows; row++) {
        for (let j = 0; j < width; j++) out[row * stride + j] = (data[row * width + j] as number) * scale;
      }
    },
  };
}

function hostArrays(batch: LossBatch): [NDArray<Float32Array>, NDArray<Float32Array>] {
  const { rows, width, stride, targets, targetStride, predictions } = batch;
  const read = (start: Pointer, step: number): NDArray<Float32Array> => {
    const view = batch.floats(start, rows * step);
    const data = new Float32Array(rows * width);
    for (let row = 0; row < rows; row++) data.set(view.subarray(row * step, row * step + width), row * width);
    return ndarray(data, [rows, width]);
  };
  return [read(targets, targetStride), read(predictions, stride)];
}

function misfit(what: string, expected: readonly number[], shape: readonly number[]): ShapeError {
  return new ShapeError(`${what}: expected an array of shape ${describeShape(expected)}, got ${describeShape(shape)}`);
}
