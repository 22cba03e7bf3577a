/** The way back of an optimizer's state. It is loaded with a model that was saved with one. */
import type { NDArray } from "../arrays.js";
import type { Optimizer } from "../optimizers/index.js";
import { slotNamesOf } from "../optimizers/step.js";
import type { Pointer } from "../wasm/kernels.js";
import type { Network } from "./network.js";
import type { OptimizerState } from "./optimizer-state.js";

/** Puts the optimizer into that state. What it lacks, as of weights that were frozen, stays as it is. */
export function writeOptimizerState(
  network: Network,
  optimizer: Optimizer,
  { iterations, slots }: OptimizerState<NDArray<Float32Array | Int32Array> | undefined>,
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
