/** Looking at the values of a sample along other axes than the last. */
import { describe, describeShape, sizeOf } from "../arrays.js";
import { ShapeError } from "../errors.js";
import type { Arena } from "../wasm/arena.js";
import { type Pointer, toStride } from "../wasm/kernels.js";
import { allocateLike, denseInput } from "./common.js";
import type { PlanContext, Step, Values } from "./layer.js";

/** Axes as Keras counts them, the batch being axis 0: 1 is the first of a sample, -1 the last. */
export type Axes = number | readonly number[];

/** @throws TypeError, RangeError unless it is a whole number or a list of some. */
export function checkAxes(axis: unknown, where: string): asserts axis is Axes {
  const list: readonly unknown[] = Array.isArray(axis) ? axis : [axis];
  for (const one of list) {
    if (!Number.isInteger(one)) {
      throw new TypeError(`${where}: axis: expected an integer or an array of integers, got ${describe(axis)}`);
    }
    if (one === 0) throw new RangeError(`${where}: axis: expected an axis of a sample, got 0, which is the batch`);
  }
}

/** The axes of a sample, from 0, ascending. @throws ShapeError when it has not got them all. */
export function sampleAxes(axis: Axes, inputShape: readonly number[], where: string): number[] {
  const axes = [axis].flat().map((one) => (one < 0 ? one + inputShape.length : one - 1));
  const fits = axes.every((one) => one >= 0 && one < inputShape.length);
  if (!fits || new Set(axes).size !== axes.length) {
    throw new ShapeError(
      `${where}: axis: ${describeShape([null, ...inputShape])} has no axes ${[axis].flat().join(", ")}`,
    );
  }
  return axes.sort((a, b) => a - b);
}

/** The shape of samples that have these axes, which is to stay. @throws ShapeError when they have not. */
export function shapeWith(axis: Axes, inputShape: readonly number[], where: string): readonly number[] {
  sampleAxes(axis, inputShape, where);
  return inputShape;
}

/** A batch of samples as one matrix: each sample makes `groups` rows of it, `columns` wide, `rowStride` floats apart. */
export interface Matrix extends Values {
  readonly groups: number;
  readonly columns: number;
  readonly rowStride: number;
}

/**
 * Steps on the matrix whose rows run along some axes of the samples; where these are not whole samples, between a step that
 * brings the values there and one that brings them back.
 */
export function stepsAlong(
  context: PlanContext,
  axes: readonly number[],
  makeSteps: (matrix: Matrix) => readonly Step[],
): readonly Step[] {
  const { arena, capacity, inputShape } = context;
  const input = denseInput(context);
  const columns = sizeOf(axes.map((axis) => inputShape[axis] as number));
  const groups = sizeOf(inputShape) / columns;
  if (groups === 1) return makeSteps({ ...input, groups, columns, rowStride: input.stride });

  const rowStride = toStride(columns);
  const stride = groups * rowStride;
  const room = (): Values => ({ pointer: arena.allocate(capacity * stride), width: stride, stride });
  const others = inputShape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const strides: number[] = [];
  let next = 1;
  for (const axis of [...axes].reverse()) {
    strides[axis] = next;
    next *= inputShape[axis] as number;
  }
  next = rowStride;
  for (const axis of others.reverse()) {
    strides[axis] = next;
    next *= inputShape[axis] as number;
  }
  const places = allocateWords(arena, placesOf(inputShape, strides));
  const there = movingStep(context, "scatterColumns", places, input, room());
  const steps = makeSteps({ ...there.output, groups, columns, rowStride });
  const last = steps.at(-1) ?? there;
  const back = movingStep(context, "gatherColumns", places, last.output, {
    ...input,
    pointer: arena.allocate(capacity * input.stride),
  });
  return [there, ...steps, back];
}

/** The values of each sample with its axes in another order. */
export function rearranged(context: PlanContext, order: readonly number[]): Step {
  const { arena, inputShape } = context;
  const input = denseInput(context);
  const strides: number[] = [];
  order.reduceRight((next, axis) => {
    strides[axis] = next;
    return next * (inputShape[axis] as number);
  }, 1);
  const places = allocateWords(arena, placesOf(inputShape, strides));
  return movingStep(context, "scatterColumns", places, input, allocateLike(context, input));
}

/** Of each value of a sample, in row-major order, the sum over the axes of its index times the axis's stride. */
export function placesOf(shape: readonly number[], strides: readonly number[]): number[] {
  let places = [0];
  shape.forEach((size, axis) => {
    const stride = strides[axis] ?? 0;
    places = places.flatMap((place) => Array.from({ length: size }, (_, index) => place + index * stride));
  });
  return places;
}

/** The strides of a row-major array that is repeated along its axes of size 1. */
export function broadcastStrides(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let stride = 1;
  for (const size of [...shape].reverse()) {
    strides.unshift(size === 1 ? 0 : stride);
    stride *= size;
  }
  return strides;
}

/** Whole numbers in a model's memory. */
export function allocateWords(arena: Arena, values: readonly number[]): Pointer {
  const pointer = arena.allocate(values.length);
  arena.words(pointer, values.length).set(values);
  return pointer;
}

/** Moves the values of each sample to their places, or back from there. */
function movingStep(
  { arena, inputShape }: PlanContext,
  move: "scatterColumns" | "gatherColumns",
  places: Pointer,
  input: Values,
  output: Values,
): Step {
  const { kernels } = arena;
  const count = sizeOf(inputShape);
  const undo = move === "scatterColumns" ? "gatherColumns" : "scatterColumns";
  return {
    output,
    learns: false,
    forward({ rows }) {
      kernels[move](output.pointer, output.stride, input.pointer, input.stride, places, rows, count);
    },
    backward({ rows }, dOutput, dInput) {
      if (dInput !== undefined) kernels[undo](dInput, input.stride, dOutput, output.stride, places, rows, count);
    },
  };
}
