import { ones } from "../initializers/constant.js";
import { shapeWith } from "./axes.js";
import { commonOptions } from "./common.js";
import type { Layer } from "./layer.js";
import {
  axisSizes,
  checkRowNormalization,
  type RowNormalizationOptions,
  rowNormalizationSteps,
} from "./row-normalization.js";

export interface RmsNormalizationOptions extends RowNormalizationOptions {
  /** What is added to the mean of the squares, at least 0. Default 1e-6. */
  readonly epsilon?: number;
}

/**
 * y = scale · x / √(mean of x² + epsilon), with the mean of each sample over the axes (Zhang and Sennrich 2019). The shape
 * stays.
 *
 * Weights: scale, with a size for each axis.
 *
 * @throws TypeError, RangeError for options out of range; when connected, ShapeError for samples without these axes.
 */
export function rmsNormalization(options: RmsNormalizationOptions = {}): Layer {
  const where = "rmsNormalization";
  const common = commonOptions(options, ["axis", "epsilon"], where);
  const { axis = -1, epsilon = 1e-6 } = options;
  checkRowNormalization(axis, epsilon, where);
  return {
    className: "RMSNormalization",
    ...common,
    config: { axis, epsilon },
    outputShape: (inputShape) => shapeWith(axis, inputShape, where),
    weights(inputShape) {
      const shape = axisSizes(axis, inputShape, where);
      return [{ name: "scale", shape, initializer: ones() }];
    },
    plan: (context) =>
      rowNormalizationSteps(context, axis, where, { centered: false, averaged: true, epsilon, least: 0 }, "scale"),
  };
}
