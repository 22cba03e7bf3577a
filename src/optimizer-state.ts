/** What an optimizer remembers, under names, as a saved model has it. */
import { type NDArray, ndarray, sizeOf } from "./arrays.js";
import type { Weight } from "./layers/layer.js";
import type { Network } from "./network.js";
import type { Optimizer } from "./optimizers/index.js";

/** The number of steps, as TensorFlow.js calls it. */
const ITERATIONS = "iter";

export interface NamedArray {
  readonly path: string;
  readonly array: NDArray<Float32Array | Int32Array>;
}

/** In TensorFlow.js's order: `iter`, then the first slot of all weights, `dense/kernel/m`, then the second. */
export function readOptimizerState(network: Network, optimizer: Optimizer): NamedArray[] {
  const slots = listSlots(network, optimizer).map(({ path, weight, pointer }) => ({
    path,
    array: ndarray(network.readWeight({ ...weight, pointer }), weight.shape),
  }));
  return [{ path: ITERATIONS, array: ndarray(Int32Array.of(network.iterations), []) }, ...slots];
}

/** Puts the optimizer into that state, unless something is missing: it then stays as it is. */
export function writeOptimizerState(
  network: Network,
  optimizer: Optimizer,
  arrays: ReadonlyMap<string, NDArray<Float32Array | Int32Array>>,
): void {
  const iterations = arrays.get(ITERATIONS)?.data[0];
  const slots = listSlots(network, optimizer);
  const known = slots.every(({ path, weight }) => arrays.get(path)?.data.length === sizeOf(weight.shape));
  if (iterations === undefined || !known) return;
  network.iterations = iterations;
  for (const { path, weight, pointer } of slots) {
    network.writeWeight({ ...weight, pointer }, arrays.get(path)?.data ?? []);
  }
}

function listSlots({ weights }: Network, { slotNames = [] }: Optimizer) {
  const most = Math.max(0, ...weights.map(({ state }) => state.length));
  return Array.from({ length: most }, (_, slot) =>
    weights.flatMap((weight: Weight) => {
      const pointer = weight.state[slot];
      return pointer === undefined
        ? []
        : [{ path: `${weight.path}/${slotNames[slot] ?? `slot_${slot}`}`, weight, pointer }];
    }),
  ).flat();
}
