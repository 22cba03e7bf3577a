import { type ArrayInput, type NDArray, ndarray, toNDArray } from "../arrays.js";
import { toVectors } from "../wasm/kernels.js";
import { onSharedArena } from "../wasm/shared.js";
import type { Activation } from "./activation.js";
import { arrangeRows } from "./arrange-rows.js";

/** f(x), a fresh array of x's shape. @throws TypeError, ShapeError for what is no array; RangeError for an axis it has not. */
export function applyToArray(activation: Activation, x: ArrayInput): NDArray<Float32Array> {
  const { data, shape } = toNDArray(x, activation.name);
  const { axis } = activation;
  const arranged = axis === undefined ? undefined : arrangeRows(shape, axis, activation.name);
  const { rows, width } = arranged ?? { rows: 1, width: data.length };
  const stride = toVectors(width);
  const result = new Float32Array(data.length);
  return onSharedArena((arena) => {
    const input = arena.allocate(rows * stride);
    const output = arena.allocate(rows * stride);
    const values = arena.floats(input, rows * stride);
    for (let row = 0, i = 0; row < rows; row++) {
      for (let column = 0; column < width; column++, i++) values[row * stride + column] = data[at(i)] as number;
    }
    activation.forward(arena.kernels, output, input, { rows, width, stride });
    const outputs = arena.floats(output, rows * stride);
    for (let row = 0, i = 0; row < rows; row++) {
      for (let column = 0; column < width; column++, i++) result[at(i)] = outputs[row * stride + column] as number;
    }
    return ndarray(result, shape);
  });

  function at(i: number): number {
    return arranged ? (arranged.order[i] as number) : i;
  }
}
