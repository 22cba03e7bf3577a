/** What an optimizer remembers of a network's weights, as a saved model has it. */
import { describeShape, type NDArray, ndarray } from "./arrays.js";
import type { Network } from "./network.js";
import type { Optimizer } from "./optimizers/index.js";

export interface OptimizerState {
  /** How many steps it has taken. */
  readonly iterations: number;
  /** For each slot, by its name, an array for each weight that has slots, in the order of the weights. */
  readonly slots: ReadonlyMap<string, readonly NDArray<Float32Array | Int32Array>[]>;
}

export function readOptimizerState(network: Network, optimizer: Optimizer): OptimizerState {
  const slots = slotNames(optimizer).map((name, slot) => {
    const arrays = network.weights.flatMap((weight) => {
      const pointer = weight.state[slot];
      return pointer === undefined ? [] : [ndarray(network.readWeight({ ...weight, pointer }), weight.shape)];
    });
    return [name, arrays] as const;
  });
  return { iterations: network.iterations, slots: new Map(slots) };
}

/**
 * Puts the optimizer into that state, unless something is missing: it then stays as it is. Of weights that are frozen there
 * need not be any: TensorFlow.js remembers nothing of them.
 */
export function writeOptimizerState(
  network: Network,
  optimizer: Optimizer,
  { iterations, slots }: OptimizerState,
): void {
  const all = network.weights.filter(({ state }) => state.length > 0);
  const learning = all.filter(({ layer }) => layer.trainable !== false);
  const names = slotNames(optimizer);
  const weights = [all, learning].find((list) =>
    names.every((name) => {
      const arrays = slots.get(name) ?? [];
      const fits = ({ shape }: NDArray, i: number) => describeShape(shape) === describeShape(list[i]?.shape ?? []);
      return arrays.length === list.length && arrays.every(fits);
    }),
  );
  if (!weights) return;
  network.iterations = iterations;
  // A schedule for the learning rate goes on from there
  if (iterations > 0) optimizer.step(iterations);
  weights.forEach((weight, index) => {
    names.forEach((name, slot) => {
      const pointer = weight.state[slot];
      if (pointer !== undefined) network.writeWeight({ ...weight, pointer }, slots.get(name)?.[index]?.data ?? []);
    });
  });
}

function slotNames({ slots, slotNames = [] }: Optimizer): string[] {
  return Array.from({ length: slots }, (_, slot) => slotNames[slot] ?? `slot_${slot}`);
}
