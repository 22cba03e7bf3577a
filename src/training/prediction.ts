/** Asking a network: rows in, rows out, a part at a time. */
import { type NDArray, ndarray } from "../arrays.js";
import type { Network } from "../network/network.js";
import { planPrediction } from "../network/steps.js";
import { stageRows } from "./inputs.js";
import type { Steps } from "./steps.js";

/** Rows that `predict` computes at a time, at most. The result does not depend on it. */
const PREDICTED_ROWS = 128;

/** The network's output for checked rows, from `start` on, in a fresh array. @throws RangeError for a value that is not finite. */
export function* predict(
  network: Network,
  input: NDArray,
  rows: number,
  batchSize: number,
  start = 0,
): Steps<NDArray<Float32Array>> {
  const plan = planPrediction(network, PREDICTED_ROWS);
  const { arena } = network;
  const { pointer, width, stride } = plan.output;
  const result = new Float32Array(rows * width);
  const step = Math.min(plan.capacity, batchSize);
  for (let first = 0; first < rows; first += step) {
    if (first > 0) yield;
    const count = Math.min(step, rows - first);
    stageRows(network, plan.input, input, start + first, count, "x");
    plan.forward(count);
    const output = arena.floats(pointer, count * stride);
    for (let row = 0; row < count; row++) {
      result.set(output.subarray(row * stride, row * stride + width), (first + row) * width);
    }
  }
  return ndarray(result, [rows, ...network.outputShape]);
}
