/** What an optimizer remembers of a network's weights, as a saved model has it. */
import { type NDArray, ndarray } from "../arrays.js";
import type { Optimizer } from "../optimizers/index.js";
import { slotNamesOf } from "../optimizers/step.js";
import type { Pointer } from "../wasm/kernels.js";
import type { Network } from "./network.js";

type Slot = NDArray<Float32Array | Int32Array>;

export interface OptimizerState<T = Slot> {
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

/** Puts the optimizer into that state. What it lacks, as of weights that were frozen, stays as it is. */
export function writeOptimizerState(
  network: Network,
  optimizer: Optimizer,
  { iterations, slots }: OptimizerState<Slot | undefined>,
): void {
  network.iterations = iterations;
  const weights = network.weights.filter(({ state }) => state.length > 0);
  slotNamesOf(optimizer).forEach((name, slot) => {
    weights.forEach((weight, index) => {
      const array = slots.get(name)?.[index];
      if (array) network.writeWeight({ ...weight, pointer: weight.state[slot] as Pointer }, array.data);
    });
  });
}
