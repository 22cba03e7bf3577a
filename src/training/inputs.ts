/** Bringing rows that go into a model to its memory: checked, converted to float32. */
import { describeShape, type NDArray } from "../arrays.js";
import { ShapeError } from "../errors.js";
import type { Values } from "../layers/layer.js";
import type { Network } from "../network/network.js";

/** @throws ShapeError unless x has samples of the network's input shape; returns their number. */
export function checkInputs(x: NDArray, inputShape: readonly number[], what: string): number {
  const [rows, ...sample] = x.shape;
  if (rows === undefined || describeShape(sample) !== describeShape(inputShape)) {
    throw new ShapeError(
      `${what}: expected shape ${describeShape([null, ...inputShape])}, got ${describeShape(x.shape)}`,
    );
  }
  return rows;
}

/**
 * Copies rows [first, first + rows) of x to `target`, as float32 in rows of its stride, and runs the layers at the
 * model's start that remember nothing.
 *
 * @throws RangeError for a value that is not finite.
 */
export function stageRows(
  network: Network,
  target: Values,
  x: NDArray,
  first: number,
  rows: number,
  what: string,
): void {
  const { arena } = network;
  const { pointer, width, stride } = target;
  const staged = arena.floats(pointer, rows * stride);
  if (stride === width) {
    staged.set(x.data.subarray(first * width, (first + rows) * width));
  } else {
    // What lies between the rows has been through the layers, too
    staged.fill(0);
    for (let row = 0; row < rows; row++) {
      const start = (first + row) * width;
      staged.set(x.data.subarray(start, start + width), row * stride);
    }
  }
  const bad = arena.kernels.findNonFinite(pointer, rows * stride);
  if (bad < rows * stride) throw nonFinite(x, first + Math.floor(bad / stride), width, what);
  network.preprocess(target, rows);
}

function nonFinite(x: NDArray, firstRow: number, width: number, what: string): RangeError {
  const index = x.data.findIndex((value, at) => at >= firstRow * width && !Number.isFinite(Math.fround(value)));
  const [row, column] = [Math.floor(index / width), index % width];
  const came = describeNonFinite(x.data[index]);
  return new RangeError(`${what}: expected finite numbers, got ${came} in row ${row}, column ${column}`);
}

export function describeNonFinite(value: number | undefined): string {
  return Number.isFinite(value) ? `${value}, which float32 can't hold,` : `${value}`;
}
