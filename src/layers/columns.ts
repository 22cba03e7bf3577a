/** What the layers share that treat each value of a sample in a fixed way: y = (x - shift) · scale + offset. */
import { type ArrayInput, describeShape, type NDArray, ndarray, sizeOf, toNDArray } from "../arrays.js";
import { ShapeError } from "../errors.js";
import type { Arena } from "../wasm/arena.js";
import { type Pointer, toVectors } from "../wasm/kernels.js";
import { layerKernels } from "../wasm/parts/layers.js";
import { broadcastStrides, placesOf } from "./axes.js";
import { allocateLike, denseInput } from "./common.js";
import type { PlanContext, Step, Values } from "./layer.js";

/** A number or an array of some. @throws TypeError, RangeError unless all are finite. */
export function readNumbers(value: unknown, where: string): NDArray {
  const array = toDoubles(value as number | ArrayInput, where);
  const bad = array.data.find((element) => !Number.isFinite(Math.fround(element)));
  if (bad !== undefined) throw new RangeError(`${where}: expected finite numbers, got ${bad}`);
  return array;
}

function toDoubles(value: number | ArrayInput, where: string): NDArray {
  if (typeof value === "number") return ndarray(Float64Array.of(value), []);
  const array = toNDArray(value, where);
  // Nested numbers have become float32
  return Array.isArray(value) ? ndarray(Float64Array.from(value.flat(Infinity) as number[]), array.shape) : array;
}

/** An array as it stands in a saved model: a number, or nested arrays of them. */
export function nested({ data, shape }: NDArray): unknown {
  const [first, ...rest] = shape;
  if (first === undefined) return data[0];
  const size = sizeOf(rest);
  return Array.from({ length: first }, (_, i) => nested(ndarray(data.slice(i * size, (i + 1) * size), rest)));
}

/** One number for each value of a sample, in row-major order. */
export interface Columns {
  readonly shift: ArrayLike<number>;
  readonly scale: ArrayLike<number>;
  readonly offset: ArrayLike<number>;
}

/**
 * The array's element for each value of a sample. Its last axis belongs to the last of `axes`, and so on; it is repeated
 * along axes that it has not, or only once.
 *
 * @throws ShapeError when its sizes are not those of the axes.
 */
export function spread(
  { data, shape }: NDArray,
  inputShape: readonly number[],
  axes: readonly number[],
  where: string,
): number[] {
  const own = axes.slice(axes.length - shape.length);
  const fits = shape.length <= axes.length && shape.every((size, i) => size === 1 || size === inputShape[own[i] ?? 0]);
  if (!fits) {
    const wanted = describeShape(axes.map((axis) => inputShape[axis] ?? 0));
    throw new ShapeError(`${where}: expected what can be repeated to ${wanted}, got shape ${describeShape(shape)}`);
  }
  const strides = inputShape.map(() => 0);
  broadcastStrides(shape).forEach((stride, i) => {
    strides[own[i] as number] = stride;
  });
  return placesOf(inputShape, strides).map((place) => data[place] as number);
}

/** y = (x - shift) · scale + offset for rows of samples, once and in place. */
export function applyColumns(arena: Arena, { pointer, width, stride }: Values, rows: number, columns: Columns): void {
  const start = arena.mark();
  const [shift, scale, offset] = writeColumns(arena, allocateColumns(arena, width), columns);
  layerKernels(arena.kernels).affineColumns(pointer, pointer, stride, shift, scale, offset, rows, toVectors(width));
  arena.release(start);
}

/** The same within a model; the columns are asked for in each batch. */
export function columnsStep(context: PlanContext, columnsOf: () => Columns): Step {
  const { arena, workspace } = context;
  const { affineColumns } = layerKernels(arena.kernels);
  const input = denseInput(context);
  const { width, stride } = input;
  const output = allocateLike(context, input);
  const blocks = allocateColumns(arena, width);
  return {
    output,
    learns: false,
    forward({ rows }) {
      const [shift, scale, offset] = writeColumns(arena, blocks, columnsOf());
      affineColumns(output.pointer, input.pointer, stride, shift, scale, offset, rows, toVectors(width));
    },
    backward({ rows }, dOutput, dInput) {
      if (dInput === undefined) return;
      const [, scale] = blocks;
      const { zeros } = workspace;
      affineColumns(dInput, dOutput, stride, zeros, scale, zeros, rows, toVectors(width));
    },
  };
}

type Blocks = readonly [shift: Pointer, scale: Pointer, offset: Pointer];

function allocateColumns(arena: Arena, width: number): Blocks {
  return [arena.allocate(width), arena.allocate(width), arena.allocate(width)];
}

function writeColumns(arena: Arena, blocks: Blocks, { shift, scale, offset }: Columns): Blocks {
  [shift, scale, offset].forEach((values, i) => {
    arena.floats(blocks[i] as Pointer, values.length).set(values);
  });
  return blocks;
}
