/** What the layers share that normalize each sample by itself. */
import { checkNumber } from "../checks.js";
import { layerKernels } from "../wasm/parts/layers.js";
import { type Axes, checkAxes, type Matrix, sampleAxes, stepsAlong } from "./axes.js";
import type { LayerOptions } from "./common.js";
import type { PlanContext, Step } from "./layer.js";
import { scaleSteps } from "./scale.js";

export interface RowNormalizationOptions extends LayerOptions {
  /** The axis or axes of a sample to normalize over; the batch is axis 0, and -1, the default, the last. */
  readonly axis?: Axes;
}

/** y = (x - mean) / √(squares + epsilon), where the root is no less than `least`. */
export interface RowNormalization {
  /** Whether the mean is taken off; else it counts as 0. */
  readonly centered: boolean;
  /** Whether squares means their mean; else their sum. */
  readonly averaged: boolean;
  readonly epsilon: number;
  readonly least: number;
}

/** @throws TypeError, RangeError for an axis or an epsilon that is none. */
export function checkRowNormalization(axis: unknown, epsilon: unknown, where: string): void {
  checkAxes(axis, where);
  checkNumber(epsilon, `${where}: epsilon`, "a number of at least 0", (value) => value >= 0);
}

/** The sizes of the axes, ascending. */
export function axisSizes(axis: Axes, inputShape: readonly number[], where: string): number[] {
  return sampleAxes(axis, inputShape, where).map((one) => inputShape[one] as number);
}

/** Normalization over the axes, then gamma or scale, and beta, as far as the layer has them. */
export function rowNormalizationSteps(
  context: PlanContext,
  axis: Axes,
  where: string,
  settings: RowNormalization,
  factorName = "gamma",
): readonly Step[] {
  return stepsAlong(context, sampleAxes(axis, context.inputShape, where), (matrix) => {
    const normalized = rowStep(context, matrix, settings);
    return [normalized, ...scaleSteps(context, { ...matrix, ...normalized.output }, factorName, "beta")];
  });
}

function rowStep({ arena, capacity }: PlanContext, matrix: Matrix, settings: RowNormalization): Step {
  const { rowNormalizationBackward, rowNormalizationForward } = layerKernels(arena.kernels);
  const { pointer: x, width, stride, groups, columns, rowStride } = matrix;
  const { centered, averaged, epsilon, least } = settings;
  const divisor = averaged ? columns : 1;
  const output = { pointer: arena.allocate(capacity * stride), width, stride };
  const factors = arena.allocate(capacity * groups);
  return {
    output,
    learns: false,
    forward({ rows }) {
      const { pointer: y } = output;
      const count = rows * groups;
      rowNormalizationForward(y, factors, x, rowStride, count, columns, centered, divisor, epsilon, 1 / least);
    },
    backward({ rows }, dOutput, dInput) {
      if (dInput === undefined) return;
      const { pointer: y } = output;
      const count = rows * groups;
      rowNormalizationBackward(dInput, dOutput, y, rowStride, factors, count, columns, centered, divisor);
    },
  };
}
