/** What an optimizer remembers of a network's weights, as a saved model has it. */
import { type NDArray, ndarray } from "../arrays.js";
import type { Optimizer } from "../optimizers/index.js";
import { slotNamesOf } from "../optimizers/step.js";
import type { Network } from "./network.js";

export interface OptimizerState<T = NDArray<Float32Array | Int32Array>> {
  /** How many steps it has taken. */
  readonly iterations: number;
  /** For each slot, by its name, an array for each weight that has slots, in the order of the weights. */
  readonly slots: ReadonlyMap<string, readonly T[]>;
}

export function readOptimizerState(network: Network, optimizer: Optimizer): OptimizerState {
  const slots = slotNamesOf(optimizer).map((name, slot) => {
    const arrays = network.weights.flatMap((weight) => {
      const pointer = weight.state[slot];
      return pointer === undefined ? [] : [ndarray(network.readWeight({ ...weight, pointer }), weight.shape)];
    });
    return [name, arrays] as const;
  });
  return { iterations: network.iterations, slots: new Map(slots) };
}
