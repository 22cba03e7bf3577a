/** All that the rest of training depends on, but for the data, as a tree that can be written to a file. */
import { describe } from "../arrays.js";
import type { CallbackHooks } from "../callbacks/callback.js";
import { FormatError, LanewiseError } from "../errors.js";
import type { Network } from "../network/network.js";
import type { Optimizer } from "../optimizers/index.js";
import type { StateTree } from "../state-tree.js";

/** Where training stands. */
export interface Position {
  /** The epoch to go on with. */
  readonly epoch: number;
  /** How many of its batches are done. */
  readonly batch: number;
  /** What these batches have come to. */
  readonly totals: StateTree;
  /** Random numbers are functions of it and of counts, so that there is no more to know about them. */
  readonly seed: number;
  /** Whether training has come to its end. */
  readonly stopped: boolean;
}

/** A weight with what the optimizer remembers of it. */
interface WeightState {
  readonly path: string;
  readonly values: Float32Array;
  readonly slots: readonly Float32Array[];
}

interface State extends Position {
  readonly optimizer: string;
  readonly learningRate: number;
  readonly iterations: number;
  readonly weights: readonly WeightState[];
  readonly callbacks: Readonly<Record<string, StateTree>>;
}

export function captureState(
  network: Network,
  { className, learningRate }: Optimizer,
  hooks: readonly CallbackHooks[],
  position: Position,
): StateTree {
  const weights = network.weights.map((weight) => ({
    path: weight.path,
    values: network.readWeight(weight),
    slots: weight.state.map((pointer) => network.readWeight({ ...weight, pointer })),
  }));
  const callbacks: Record<string, StateTree> = {};
  for (const [key, hook] of named(hooks)) {
    if (hook.state) callbacks[key] = hook.state();
  }
  return { ...position, optimizer: className, learningRate, iterations: network.iterations, weights, callbacks };
}

/**
 * Puts network, optimizer and callbacks into that state, and tells where training stands. A callback that the state does not
 * know begins anew.
 *
 * @throws LanewiseError when it is the state of another model, optimizer or seed, with nothing changed.
 */
export async function restoreState(
  network: Network,
  optimizer: Optimizer,
  hooks: readonly CallbackHooks[],
  tree: StateTree,
  { seed, seedIsGiven }: { readonly seed: number; readonly seedIsGiven: boolean },
): Promise<Position> {
  const state = tree as unknown as State;
  checkState(network, optimizer, state);
  if (seedIsGiven && seed !== state.seed) {
    throw new LanewiseError(`the training to go on with had the seed ${state.seed}, this one has ${seed}`);
  }
  // A schedule gives it from the count of steps
  if (typeof optimizer.config.learningRate !== "object") optimizer.learningRate = state.learningRate;
  network.iterations = state.iterations;
  network.weights.forEach((weight, index) => {
    const { values, slots } = state.weights[index] as WeightState;
    network.writeWeight(weight, values);
    weight.state.forEach((pointer, slot) => {
      network.writeWeight({ ...weight, pointer }, slots[slot] as Float32Array);
    });
  });
  for (const [key, hook] of named(hooks)) {
    const kept = state.callbacks[key];
    if (kept !== undefined) await hook.restore?.(kept);
  }
  return state;
}

function checkState(network: Network, { className }: Optimizer, state: State): void {
  if (!Array.isArray(state?.weights)) {
    throw new FormatError(`restore: expected the state of a training run, got ${describe(state)}`);
  }
  if (state.optimizer !== className) {
    throw new LanewiseError(
      `the training to go on with was by ${state.optimizer}, the model is compiled with ${className}`,
    );
  }
  const given = state.weights.map(({ path, values, slots }) => sizes(path, values.length, slots.length));
  const wanted = network.weights.map((weight) => sizes(weight.path, weight.rows * weight.width, weight.state.length));
  const different = Math.max(given.length, wanted.length);
  for (let index = 0; index < different; index++) {
    if (given[index] === wanted[index]) continue;
    throw new LanewiseError(
      `the training to go on with was of another model: expected ${wanted[index] ?? "no further weight"}, got ${given[index] ?? "none"}`,
    );
  }
}

function sizes(path: string, values: number, slots: number): string {
  return `${path} of ${values} values and ${slots} slots`;
}

/** Each callback under its name, from the second of a name on with a number. */
function named(hooks: readonly CallbackHooks[]): [key: string, hook: CallbackHooks][] {
  const counts = new Map<string, number>();
  return hooks.map((hook) => {
    const { name = "callback" } = hook;
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return [count === 0 ? name : `${name}_${count}`, hook];
  });
}
