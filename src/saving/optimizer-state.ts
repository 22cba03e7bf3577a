/** What an optimizer remembers, to a file and back. */
import { describeShape, type NDArray, ndarray } from "../arrays.js";
import { FormatError } from "../errors.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import { slotNamesOf } from "../optimizers/step.js";
import type { NamedArtifacts } from "./artifacts.js";
import { asObject } from "./checks.js";
import type { PlacedWeight } from "./placed-layers.js";
import { decode, readEntries } from "./stored-weights.js";

type Slot = NDArray<Float32Array | Int32Array>;

export interface OptimizerState<T = Slot> {
  /** How many steps it has taken. */
  readonly iterations: number;
  /** By their names, for each weight that has slots, in their order. */
  readonly slots: ReadonlyMap<string, readonly T[]>;
}

/** The number of steps in a file, as TensorFlow.js calls it. */
export const ITERATIONS = "iter";

/**
 * The same as TensorFlow.js takes it. Undefined where it has no place for all of it.
 *
 * Its Momentum adds up gradients, a = momentum · a + g, where Keras adds up steps: a = -velocity / learningRate. As rounding
 * does not let that be undone to the bit, the velocity follows behind, where TensorFlow.js leaves it alone. Its RMSProp has
 * a momentum even where that is 0.
 */
export function toTensorFlow(state: OptimizerState, optimizer: Optimizer): OptimizerState | undefined {
  const names = optimizer.inTensorFlow?.slotNames;
  const slots = new Map(state.slots);
  if (names?.includes("momentum") && !slots.has("momentum")) {
    const velocity = slots.get("velocity");
    const { learningRate } = optimizer;
    if (velocity && learningRate === 0) return undefined;
    const [first = []] = slots.values();
    const momentum = velocity ? velocity.map((array) => toMomentum(array, learningRate)) : first.map(zerosLike);
    slots.set("momentum", momentum);
  }
  if (!names || names.length !== slots.size || !names.every((name) => slots.has(name))) return undefined;
  return { ...state, slots: new Map(names.map((name) => [name, slots.get(name) as Slot[]])) };
}

/** What the optimizer remembers, if that has been saved. Which weight it is of is told by the order. */
export function readOptimizerState(
  { artifacts, name: where }: NamedArtifacts,
  bytes: Uint8Array,
): OptimizerState | undefined {
  const entries = readEntries(artifacts.weightSpecs, where).filter(({ ofOptimizer }) => ofOptimizer);
  const slots = new Map<string, NDArray<Float32Array | Int32Array>[]>();
  for (const entry of entries) {
    // The name of the weight stands before: `dense/kernel/m`
    const slot = entry.name.split("/").at(-1) as string;
    slots.set(slot, [...(slots.get(slot) ?? []), ndarray(decode(entry, bytes), entry.shape)]);
  }
  const iterations = slots.get(ITERATIONS)?.[0]?.data[0];
  if (iterations === undefined) return undefined;
  if (!Number.isInteger(iterations) || iterations < 0) {
    throw new FormatError(`${where}: ${ITERATIONS}: expected a number of steps, got ${iterations}`);
  }
  return { iterations, slots };
}

/** What `toTensorFlow` gave, which TensorFlow.js may have trained on: the velocity then comes from the momentum. */
export function fromTensorFlow(state: OptimizerState, optimizer: unknown, where: string): OptimizerState {
  const { class_name, config } = asObject(optimizer, where);
  const { learningRate } = asObject(config, `${where}.config`);
  const momentum = state.slots.get("momentum");
  if (class_name !== "Momentum" || !momentum || typeof learningRate !== "number") return state;
  const kept = state.slots.get("velocity");
  const velocity = momentum.map((array, index) => {
    const before = kept?.[index];
    return before && isSame(toMomentum(before, learningRate), array) ? before : toVelocity(array, learningRate);
  });
  return { ...state, slots: new Map([...state.slots, ["velocity", velocity]]) };
}

/**
 * The state with a place for each weight that has slots. Of those that are frozen there may be nothing, as in TensorFlow.js.
 * Undefined when it is not that of this optimizer and of these weights.
 */
export function matchState(
  { iterations, slots }: OptimizerState,
  optimizer: Optimizer,
  places: readonly PlacedWeight[],
): OptimizerState<Slot | undefined> | undefined {
  const names = slotNamesOf(optimizer);
  const all = places.filter(({ hasSlots }) => hasSlots);
  const known = [all, all.filter(({ learns }) => learns)].find((weights) =>
    names.every((name) => {
      const shapes = (slots.get(name) ?? []).map(({ shape }) => describeShape(shape));
      return shapes.join() === weights.map(({ shape }) => describeShape(shape)).join();
    }),
  );
  if (!known) return undefined;
  const matched = names.map((name) => [name, all.map((weight) => slots.get(name)?.[known.indexOf(weight)])] as const);
  return { iterations, slots: new Map(matched) };
}

function zerosLike({ data, shape }: NDArray): NDArray<Float32Array> {
  return ndarray(new Float32Array(data.length), shape);
}

function toMomentum({ data, shape }: NDArray, rate: number): NDArray<Float32Array> {
  return ndarray(
    Float32Array.from(data, (value) => 0 - value / rate),
    shape,
  );
}

function toVelocity({ data, shape }: NDArray, rate: number): NDArray<Float32Array> {
  return ndarray(
    Float32Array.from(data, (value) => 0 - value * rate),
    shape,
  );
}

function isSame(one: NDArray, other: NDArray): boolean {
  return one.data.length === other.data.length && one.data.every((value, index) => value === other.data[index]);
}
