/** Activations along an axis of samples that are no vectors: the samples are brought into rows and back, one at a time. */
import type { Activation } from "../activations/activation.js";
import { arrangeRows, resolveAxes } from "../activations/arrange-rows.js";
import type { Arena } from "../wasm/arena.js";
import { offset, type Pointer, toVectors } from "../wasm/kernels.js";
import { allocateLike } from "./common.js";
import type { PlanContext, Step, Values } from "./layer.js";

/** @throws RangeError for an axis that samples of that shape have not, or that is the batch's. */
export function checkSampleAxes({ name, axis }: Activation, shape: readonly number[]): void {
  if (axis !== undefined && resolveAxes(shape.length + 1, axis, name).includes(0)) {
    throw new RangeError(`${name}: axis: expected one of a sample, from 1 to ${shape.length}, got that of the batch`);
  }
}

/** The activation of `input`, samples of `shape`. */
export function rowsStep(activation: Activation, context: PlanContext, input: Values, shape: readonly number[]): Step {
  const { arena, training } = context;
  const { kernels } = arena;
  const axes = resolveAxes(shape.length + 1, activation.axis ?? -1, activation.name).map((axis) => axis - 1);
  const { rows: count, width, order } = arrangeRows(shape, axes, activation.name);
  const stride = toVectors(width);
  const batch = { rows: count, width, stride };
  const output = allocateLike(context, input);
  const x = arena.allocate(count * stride);
  const y = arena.allocate(count * stride);
  const dY = arena.allocate(training ? count * stride : 0);

  /** For each place in the rows, the value of the sample that belongs there; and the other way round. */
  const places = new Uint32Array(count * stride);
  const values = new Uint32Array(order.length);
  order.forEach((value, i) => {
    const place = Math.floor(i / width) * stride + (i % width);
    places[place] = value;
    values[value] = place;
  });
  const [toPlaces, toValues] = [store(arena, places), store(arena, values)];
  const toRows = (to: Pointer, sample: Pointer) => kernels.gatherRows(to, 1, sample, 1, toPlaces, places.length, 1);
  const fromRows = (sample: Pointer, from: Pointer) =>
    kernels.gatherRows(sample, 1, from, 1, toValues, values.length, 1);

  return {
    output,
    learns: false,
    forward({ rows }) {
      for (let row = 0; row < rows; row++) {
        toRows(x, offset(input.pointer, row * input.stride));
        activation.forward(kernels, y, x, batch);
        fromRows(offset(output.pointer, row * input.stride), y);
      }
    },
    backward({ rows }, dOutput, dInput) {
      if (dInput === undefined) return;
      const { pointer: source } = activation.derivativeFrom === "x" ? input : output;
      for (let row = 0; row < rows; row++) {
        toRows(x, offset(source, row * input.stride));
        toRows(dY, offset(dOutput, row * input.stride));
        activation.backward(kernels, y, dY, x, batch);
        fromRows(offset(dInput, row * input.stride), y);
      }
    },
  };
}

function store(arena: Arena, numbers: Uint32Array): Pointer {
  const list = arena.allocate(numbers.length);
  arena.words(list, numbers.length).set(numbers);
  return list;
}
