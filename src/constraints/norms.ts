/** Constraints on the norms of weights, in rows: a matrix's own, or those along the last axis of an array. */
import type { NDArray } from "../arrays.js";
import { callable, type MemberFunction } from "../callable.js";
import { checkNumber, checkOptions } from "../checks.js";
import type { Arena } from "../wasm/arena.js";
import { offset, type Pointer, toStride, toVectors } from "../wasm/kernels.js";
import { type AxisOptions, checkAxis, summedAxes } from "./axes.js";
import { constrainArray } from "./constrain-array.js";
import type { ConstrainedWeight, Constraint } from "./constraint.js";

export interface MaxNormOptions extends AxisOptions {
  /** At least 0. Default 2. */
  readonly maxValue?: number;
}

export interface MinMaxNormOptions extends AxisOptions {
  /** At least 0. Default 0. */
  readonly minValue?: number;
  /** At least 0. Default 1. */
  readonly maxValue?: number;
  /** How much of the way to the bound a step goes, in [0, 1]. Default 1. */
  readonly rate?: number;
}

type ConstraintFunction<Options> = MemberFunction<Options, Constraint, NDArray<Float32Array>>;

/** Added to each norm before it divides, as in Keras. */
const EPSILON = 1e-7;

/** Shortens weights to a norm of at most maxValue (Keras: MaxNorm). @throws TypeError, RangeError for options out of range. */
export const maxNorm: ConstraintFunction<MaxNormOptions> = /* @__PURE__ */ callable((options: MaxNormOptions) => {
  checkOptions(options, ["maxValue", "axis"], "maxNorm");
  const { maxValue = 2, axis = 0 } = options;
  checkBound(maxValue, "maxNorm: maxValue");
  return normConstraint("MaxNorm", "maxNorm", { max_value: maxValue }, axis, (norm) => Math.min(norm, maxValue));
}, constrainArray);

/** Brings weights to the norm 1 (Keras: UnitNorm). @throws TypeError, RangeError for an axis that is none. */
export const unitNorm: ConstraintFunction<AxisOptions> = /* @__PURE__ */ callable((options: AxisOptions) => {
  checkOptions(options, ["axis"], "unitNorm");
  return normConstraint("UnitNorm", "unitNorm", {}, options.axis ?? 0, () => 1);
}, constrainArray);

/**
 * Brings the norm of weights between two bounds, or with a rate below 1 a part of the way there:
 * rate · min(max(norm, minValue), maxValue) + (1 - rate) · norm (Keras: MinMaxNorm).
 *
 * @throws TypeError, RangeError for options out of range.
 */
export const minMaxNorm: ConstraintFunction<MinMaxNormOptions> = /* @__PURE__ */ callable(
  (options: MinMaxNormOptions) => {
    const where = "minMaxNorm";
    checkOptions(options, ["minValue", "maxValue", "rate", "axis"], where);
    const { minValue = 0, maxValue = 1, rate = 1, axis = 0 } = options;
    checkBound(minValue, `${where}: minValue`);
    checkBound(maxValue, `${where}: maxValue`);
    checkNumber(rate, `${where}: rate`, "a number in [0, 1]", (value) => value >= 0 && value <= 1);
    const config = { min_value: minValue, max_value: maxValue, rate };
    return normConstraint("MinMaxNorm", where, config, axis, (norm) => {
      return rate * Math.min(Math.max(norm, minValue), maxValue) + (1 - rate) * norm;
    });
  },
  constrainArray,
);

function checkBound(value: unknown, where: string): void {
  checkNumber(value, where, "a number of at least 0", (bound) => bound >= 0);
}

/** w · desired(norm) / (norm + 1e-7). */
function normConstraint(
  className: string,
  where: string,
  config: Readonly<Record<string, number>>,
  axis: number | readonly number[],
  desired: (norm: number) => number,
): Constraint {
  checkAxis(axis, where);
  const factor = (squares: number): number => {
    const norm = Math.sqrt(squares);
    return desired(norm) / (EPSILON + norm);
  };
  return {
    className,
    config: { ...config, axis },
    checkShape: (shape) => void summedAxes(axis, shape, where),
    workspaceLength: (rows, width) => (rows + 1) * toStride(width),
    apply(arena, weight, workspace) {
      const summed = summedAxes(axis, weight.shape, where);
      const scale = summed.pop() ? scaleRows : scaleColumns;
      for (const group of rowGroups(weight.shape.slice(0, -1), summed)) scale(arena, weight, group, factor, workspace);
    },
  };
}

/** The row numbers, in the lists that go together: those that differ along summed axes only. */
function rowGroups(shape: readonly number[], summed: readonly boolean[]): number[][] {
  let groups = [[0]];
  shape.forEach((length, axis) => {
    const steps = Array.from({ length }, (_, i) => i);
    groups = groups.flatMap((group) => {
      if (summed[axis]) return [group.flatMap((row) => steps.map((step) => row * length + step))];
      return steps.map((step) => group.map((row) => row * length + step));
    });
  });
  return groups;
}

/** One norm for all rows. */
function scaleRows(
  { kernels }: Arena,
  { pointer, width, stride }: ConstrainedWeight,
  rows: readonly number[],
  factor: (squares: number) => number,
): void {
  let squares = 0;
  for (const row of rows) squares += kernels.sumOfSquares(offset(pointer, row * stride), width);
  const scale = factor(squares);
  for (const row of rows) {
    const values = offset(pointer, row * stride);
    kernels.rescale(values, values, scale, 0, width);
  }
}

/** A norm for each column. */
function scaleColumns(
  arena: Arena,
  { pointer, width, stride }: ConstrainedWeight,
  rows: readonly number[],
  factor: (squares: number) => number,
  workspace: Pointer,
): void {
  const { kernels } = arena;
  const columns = toVectors(width);
  const squares = offset(workspace, stride);
  rows.forEach((row, index) => {
    const values = offset(pointer, row * stride);
    kernels.multiply(offset(squares, index * stride), values, values, columns);
  });
  kernels.columnSums(workspace, squares, stride, rows.length, columns);
  const factors = arena.floats(workspace, columns);
  factors.forEach((sum, column) => {
    factors[column] = factor(sum);
  });
  for (const row of rows) {
    const values = offset(pointer, row * stride);
    kernels.multiply(values, values, workspace, columns);
  }
}
