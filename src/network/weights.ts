/** Checking arrays that are to become a network's weights. */
import { type ArrayInput, describe, describeShape, type NDArray, toNDArray } from "../arrays.js";
import { ShapeError } from "../errors.js";
import type { Network } from "./network.js";

/** @throws TypeError, ShapeError, RangeError unless there is a finite array of the right shape for each weight. */
export function checkWeights(network: Network, weights: readonly ArrayInput[]): NDArray[] {
  if (!Array.isArray(weights)) throw new TypeError(`setWeights: expected an array, got ${describe(weights)}`);
  if (weights.length !== network.weights.length) {
    throw new ShapeError(`setWeights: expected ${network.weights.length} arrays, got ${weights.length}`);
  }
  return network.weights.map(({ path, shape }, index) => {
    const array = toNDArray(weights[index] as ArrayInput, path);
    if (describeShape(array.shape) !== describeShape(shape)) {
      throw new ShapeError(
        `setWeights: ${path}: expected shape ${describeShape(shape)}, got ${describeShape(array.shape)}`,
      );
    }
    const bad = array.data.findIndex((value) => !Number.isFinite(Math.fround(value)));
    if (bad >= 0) throw new RangeError(`setWeights: ${path}: expected finite numbers, got ${array.data[bad]}`);
    return array;
  });
}
