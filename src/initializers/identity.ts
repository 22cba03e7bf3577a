import { describeShape } from "../arrays.js";
import { checkNumber, checkOptions } from "../checks.js";
import { ShapeError } from "../errors.js";
import type { Initializer } from "./initializer.js";

/**
 * A matrix of `gain` (default 1) where row and column have the same number, 0 elsewhere (Keras: Identity). For matrices of
 * any shape: a weight that is none gives a ShapeError when it is made.
 *
 * @throws TypeError, RangeError when gain is no finite number.
 */
export function identity(options: { readonly gain?: number } = {}): Initializer {
  checkOptions(options, ["gain"], "identity");
  const { gain = 1 } = options;
  checkNumber(gain, "identity: gain");
  return {
    className: "Identity",
    config: { gain },
    fill(arena, out, shape) {
      const [rows, columns] = matrixShape(shape, "identity");
      const values = arena.floats(out, rows * columns).fill(0);
      for (let i = 0; i < Math.min(rows, columns); i++) values[i * (columns + 1)] = gain;
    },
  };
}

/** @throws ShapeError unless it is the shape of a matrix. */
export function matrixShape(shape: readonly number[], where: string): readonly [number, number] {
  const [rows, columns] = shape;
  if (rows === undefined || columns === undefined || shape.length !== 2) {
    throw new ShapeError(`${where}: expected a matrix to initialize, got a weight of shape ${describeShape(shape)}`);
  }
  return [rows, columns];
}
