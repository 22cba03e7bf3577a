/** An optimizer by itself: gradients and parameters in host arrays, new parameters out. */
import { type ArrayInput, describe, describeShape, type NDArray, ndarray, sizeOf, toNDArray } from "../arrays.js";
import { checkText } from "../checks.js";
import { ShapeError } from "../errors.js";
import { Arena } from "../wasm/arena.js";
import { type Pointer, toStride } from "../wasm/kernels.js";
import { type Rows, readRows, writeRows } from "../wasm/rows.js";
import type { Optimizer } from "./optimizer.js";
import { average, startSlots, updateWhole, type WithGradient } from "./step.js";

/** Numbers stand for scalars. The name is for `excludeFromWeightDecay`. */
export type GradientAndParameter = readonly [
  gradient: ArrayInput | number,
  parameter: ArrayInput | number,
  name?: string | undefined,
];

/** What an optimizer remembers of parameters that it was given without a model. */
export interface Application {
  apply(optimizer: Optimizer, pairs: readonly GradientAndParameter[]): NDArray<Float32Array>[];
  /** How many steps it has taken. */
  readonly steps: number;
  /** Copies of the slots: of the first parameter each, then of the second, and so on. */
  variables(): NDArray<Float32Array>[];
}

/** A parameter in memory, in rows of its last dimension, as in a network. */
interface Place extends WithGradient, Rows {
  readonly shape: readonly number[];
  /** Where a step's gradient is put. */
  readonly incoming: Pointer;
}

export function startApplication(): Application {
  let memory: Arena | undefined;
  let places: readonly Place[] = [];
  let steps = 0;

  function step(arena: Arena, optimizer: Optimizer, pairs: readonly CheckedPair[]): NDArray<Float32Array>[] {
    const { kernels } = arena;
    const { lossScaleFactor: scale = 1 } = optimizer;
    if (steps === 0) places = pairs.map((pair) => allocatePlace(arena, pair, optimizer));
    places.forEach((place, index) => {
      const { gradient, parameter } = pairs[index] as CheckedPair;
      writeRows(arena, place, parameter.data);
      writeRows(arena, { ...place, pointer: place.incoming }, gradient.data);
      if (scale !== 1) kernels.rescale(place.incoming, place.incoming, 1 / scale, 0, place.length);
      if (place.gradient !== place.incoming) kernels.blend(place.gradient, place.incoming, 1, 1, place.length);
      if (steps === 0) startSlots(kernels, optimizer, place);
    });
    steps++;
    updateWhole(kernels, optimizer, steps, places);
    average(kernels, optimizer, steps, places);
    return places.map((place) => toArray(arena, place));
  }

  return {
    get steps() {
      return steps;
    },
    variables() {
      return places.flatMap((place) => place.state.map((pointer) => toArray(memory as Arena, { ...place, pointer })));
    },
    apply(optimizer, pairs) {
      const checked = checkPairs(pairs, steps === 0 ? undefined : places);
      if (checked.length === 0) return [];
      memory ??= new Arena();
      return step(memory, optimizer, checked);
    },
  };
}

interface CheckedPair {
  readonly gradient: NDArray;
  readonly parameter: NDArray;
  readonly path: string | undefined;
}

function checkPairs(pairs: readonly GradientAndParameter[], known: readonly Place[] | undefined): CheckedPair[] {
  if (!Array.isArray(pairs)) {
    throw new TypeError(`apply: expected an array of [gradient, parameter] pairs, got ${describe(pairs)}`);
  }
  if (known && pairs.length !== known.length) {
    throw new ShapeError(`apply: expected ${known.length} pairs, as in the first call, got ${pairs.length}`);
  }
  return pairs.map((pair, index) => {
    if (!Array.isArray(pair) || pair.length < 2 || pair.length > 3) {
      throw new TypeError(
        `apply: pair ${index}: expected [gradient, parameter] or [gradient, parameter, name], got ${describe(pair)}`,
      );
    }
    const [gradient, parameter] = pair.slice(0, 2).map((value, part) => toArrayOrScalar(value, index, part)) as [
      NDArray,
      NDArray,
    ];
    const path: unknown = pair[2];
    if (path !== undefined) checkText(path, `apply: pair ${index}: name`);
    const [came, expected] = [gradient, parameter].map(({ shape }) => describeShape(shape));
    if (came !== expected) {
      throw new ShapeError(
        `apply: pair ${index}: expected a gradient of the parameter's shape ${expected}, got ${came}`,
      );
    }
    const first = known?.[index] && describeShape(known[index].shape);
    if (first !== undefined && first !== expected) {
      throw new ShapeError(`apply: pair ${index}: expected shape ${first}, as in the first call, got ${expected}`);
    }
    return { gradient, parameter, path };
  });
}

function toArrayOrScalar(value: ArrayInput | number, index: number, part: number): NDArray {
  if (typeof value === "number") return ndarray(Float32Array.of(value), []);
  return toNDArray(value, `apply: ${["gradient", "parameter"][part]} ${index}`);
}

function allocatePlace(arena: Arena, { parameter: { shape }, path }: CheckedPair, optimizer: Optimizer): Place {
  const width = shape.at(-1) ?? 1;
  const rows = width === 0 ? 0 : sizeOf(shape) / width;
  const stride = toStride(width);
  const length = rows * stride;
  const allocate = () => arena.allocate(length);
  const state = Array.from({ length: optimizer.slots }, allocate);
  const incoming = allocate();
  const sum = optimizer.accumulation && state[optimizer.accumulation.slot];
  return { shape, rows, width, stride, length, path, pointer: allocate(), state, incoming, gradient: sum ?? incoming };
}

function toArray(arena: Arena, place: Rows & { readonly shape: readonly number[] }): NDArray<Float32Array> {
  return ndarray(readRows(arena, place), place.shape);
}
