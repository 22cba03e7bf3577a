/** Along which axes of a weight a norm is taken. */
import { describe, describeShape } from "../arrays.js";
import { checkInteger } from "../checks.js";

export interface AxisOptions {
  /**
   * The axis, or axes, that a norm is summed over; negative ones count from the last. Default 0: of a dense kernel
   * [width, units], the weights that lead to one unit.
   */
  readonly axis?: number | readonly number[];
}

/** @throws TypeError, RangeError unless it is an integer or a list of them. */
export function checkAxis(axis: unknown, where: string): void {
  const list = Array.isArray(axis) ? axis : [axis];
  if (list.length === 0) throw new RangeError(`${where}: axis: expected an integer or some, got ${describe(axis)}`);
  for (const one of list) checkInteger(one, `${where}: axis`, Number.MIN_SAFE_INTEGER);
}

/** For each axis of the shape whether the norm is summed over it. @throws RangeError for an axis that there is not. */
export function summedAxes(axis: number | readonly number[], shape: readonly number[], where: string): boolean[] {
  const summed = shape.map(() => false);
  for (const one of [axis].flat()) {
    const index = one < 0 ? one + shape.length : one;
    if (!(index in summed)) {
      throw new RangeError(`${where}: axis ${one}: there is none in the shape ${describeShape(shape)}`);
    }
    summed[index] = true;
  }
  return summed;
}
