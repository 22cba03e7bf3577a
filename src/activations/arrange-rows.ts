/** Which values of an array are normalized together, for activations that work on rows. */
import { describeShape, sizeOf } from "../arrays.js";
import { checkInteger } from "../checks.js";
import type { Axis } from "./activation.js";

/** An array as rows: row i's element j is number `order[i · width + j]` of the array in row-major order. */
export interface Rows {
  readonly rows: number;
  readonly width: number;
  readonly order: Uint32Array;
}

/** @throws TypeError unless it is an axis, a list of axes, or null. */
export function checkAxis(axis: unknown, where: string): asserts axis is Axis {
  if (axis === null) return;
  for (const one of Array.isArray(axis) ? axis : [axis]) checkInteger(one, `${where}: axis`, Number.MIN_SAFE_INTEGER);
}

/** The axes as numbers from 0. @throws RangeError for one that the shape has not, or that is given twice. */
export function resolveAxes(rank: number, axis: Axis, where: string): readonly number[] {
  if (axis === null) return Array.from({ length: rank }, (_, i) => i);
  const given = typeof axis === "number" ? [axis] : axis;
  const axes = given.map((one) => {
    if (one < -rank || one >= rank) {
      throw new RangeError(`${where}: axis: expected an integer from ${-rank} to ${rank - 1}, got ${one}`);
    }
    return one < 0 ? one + rank : one;
  });
  if (new Set(axes).size !== axes.length || axes.length === 0) {
    throw new RangeError(`${where}: axis: expected different axes, got ${describeShape(given)}`);
  }
  return axes.sort((a, b) => a - b);
}

/** The array's values in rows along the axes. @throws RangeError as `resolveAxes`. */
export function arrangeRows(shape: readonly number[], axis: Axis, where: string): Rows {
  const axes = resolveAxes(shape.length, axis, where);
  const others = shape.map((_, i) => i).filter((i) => !axes.includes(i));
  const [starts, steps] = [others, axes].map((chosen) => offsets(shape, chosen)) as [Uint32Array, Uint32Array];
  const order = new Uint32Array(starts.length * steps.length);
  starts.forEach((start, i) => {
    steps.forEach((step, j) => {
      order[i * steps.length + j] = start + step;
    });
  });
  return { rows: starts.length, width: steps.length, order };
}

/** Where the elements lie that are 0 along all axes but the chosen ones, in row-major order. */
function offsets(shape: readonly number[], chosen: readonly number[]): Uint32Array {
  let found = Uint32Array.of(0);
  for (const axis of chosen) {
    const [length = 0, step] = [shape[axis], sizeOf(shape.slice(axis + 1))];
    const next = new Uint32Array(found.length * length);
    found.forEach((start, i) => {
      for (let j = 0; j < length; j++) next[i * length + j] = start + j * step;
    });
    found = next;
  }
  return found;
}
