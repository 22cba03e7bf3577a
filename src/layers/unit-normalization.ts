import { shapeWith } from "./axes.js";
import { commonOptions } from "./common.js";
import type { Layer } from "./layer.js";
import { checkRowNormalization, type RowNormalizationOptions, rowNormalizationSteps } from "./row-normalization.js";

/**
 * y = x / ‖x‖, each sample brought to the Euclidean norm 1 over the axes. A norm under 1e-12 counts as 1e-12; a sample of
 * zeros stays as it is, and so does its gradient, which is 0. The shape stays.
 *
 * @throws TypeError for an axis that is none; when connected, ShapeError for samples without these axes.
 */
export function unitNormalization(options: RowNormalizationOptions = {}): Layer {
  const where = "unitNormalization";
  const common = commonOptions(options, ["axis"], where);
  const { axis = -1 } = options;
  checkRowNormalization(axis, 0, where);
  return {
    className: "UnitNormalization",
    ...common,
    config: { axis },
    outputShape: (inputShape) => shapeWith(axis, inputShape, where),
    weights: () => [],
    plan: (context) =>
      rowNormalizationSteps(context, axis, where, { centered: false, averaged: false, epsilon: 0, least: 1e-12 }),
  };
}
