import { type ReluOptions, relu } from "../activations/relu.js";
import { checkNumber } from "../checks.js";
import { activationLayer } from "./activation.js";
import { commonOptions, type LayerOptions } from "./common.js";
import type { Layer } from "./layer.js";

/**
 * `activations.relu` as a layer of its own. The shape stays.
 *
 * @throws TypeError, RangeError for a negativeSlope, maxValue or threshold below 0.
 */
export function reLU(options: LayerOptions & ReluOptions = {}): Layer {
  const common = commonOptions(options, ["maxValue", "negativeSlope", "threshold"], "reLU");
  const { maxValue = null, negativeSlope = 0, threshold = 0 } = options;
  for (const [name, value] of Object.entries({ maxValue: maxValue ?? 0, negativeSlope, threshold })) {
    checkNumber(value, `reLU: ${name}`, "a number of at least 0", (number) => number >= 0);
  }
  return activationLayer("ReLU", common, relu({ maxValue, negativeSlope, threshold }));
}
