import { checkOptions } from "../checks.js";
import { commonOptions, type LayerOptions } from "./common.js";
import type { Layer } from "./layer.js";

export type InputLayerOptions = Pick<LayerOptions, "name" | "inputShape" | "batchInputShape">;

/**
 * Tells a model the shape of its samples, in place of the first layer's `inputShape`. It stands first, computes nothing,
 * and is not among the model's layers.
 *
 * @throws TypeError, RangeError for a shape that is none, or none at all, and for options of layers that compute.
 */
export function inputLayer(options: InputLayerOptions): Layer {
  checkOptions(options, ["name", "inputShape", "batchInputShape"], "inputLayer");
  const { trainable: _, ...common } = commonOptions(options, [], "inputLayer");
  if (!common.inputShape) throw new TypeError("inputLayer: expected an inputShape, got none");
  return {
    className: "InputLayer",
    ...common,
    config: {},
    outputShape: (inputShape) => inputShape,
    weights: () => [],
    plan: () => [],
  };
}
