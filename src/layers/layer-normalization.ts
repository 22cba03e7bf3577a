import { shapeWith } from "./axes.js";
import { commonOptions } from "./common.js";
import type { Layer } from "./layer.js";
import {
  axisSizes,
  checkRowNormalization,
  type RowNormalizationOptions,
  rowNormalizationSteps,
} from "./row-normalization.js";
import { checkScale, type ScaleOptions, scaleOptionNames } from "./scale.js";

export interface LayerNormalizationOptions extends RowNormalizationOptions, ScaleOptions {
  /** What is added to the variance, at least 0. Default 0.001. */
  readonly epsilon?: number;
}

/**
 * y = gamma · (x - mean) / √(variance + epsilon) + beta, with mean and variance (the population's) of each sample over the
 * axes (Ba, Kiros, Hinton 2016). The shape stays.
 *
 * Weights: gamma and beta, with a size for each axis.
 *
 * @throws TypeError, RangeError for options out of range or unknown names; when connected, ShapeError for samples without
 *   these axes.
 */
export function layerNormalization(options: LayerNormalizationOptions = {}): Layer {
  const where = "layerNormalization";
  const common = commonOptions(options, ["axis", "epsilon", ...scaleOptionNames], where);
  const { axis = -1, epsilon = 0.001 } = options;
  checkRowNormalization(axis, epsilon, where);
  const scale = checkScale(options, where);
  return {
    className: "LayerNormalization",
    ...common,
    config: { axis, epsilon, ...scale.config },
    outputShape: (inputShape) => shapeWith(axis, inputShape, where),
    weights: (inputShape) => scale.weights(axisSizes(axis, inputShape, where)),
    plan: (context) =>
      rowNormalizationSteps(context, axis, where, { centered: true, averaged: true, epsilon, least: 0 }),
  };
}
