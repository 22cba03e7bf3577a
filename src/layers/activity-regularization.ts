import { elementwise } from "../regularizers/l1l2.js";
import { activityStep } from "./activity-step.js";
import { commonOptions, denseInput, type LayerOptions } from "./common.js";
import type { Layer } from "./layer.js";

export interface ActivityRegularizationOptions extends LayerOptions {
  /** At least 0. Default 0. */
  readonly l1?: number;
  /** At least 0. Default 0. */
  readonly l2?: number;
}

/**
 * Changes nothing, and adds (l1 · Σ |x| + l2 · Σ x²) / batch size to the loss (Keras: ActivityRegularization).
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function activityRegularization(options: ActivityRegularizationOptions = {}): Layer {
  const common = commonOptions(options, ["l1", "l2"], "activityRegularization");
  const { l1 = 0, l2 = 0 } = options;
  const regularizer = elementwise("activityRegularization", l1, l2);
  return {
    className: "ActivityRegularization",
    ...common,
    config: { l1, l2 },
    outputShape: (inputShape) => inputShape,
    weights: () => [],
    plan: (context) => [activityStep(regularizer, context, denseInput(context))],
  };
}
