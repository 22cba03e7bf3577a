import { leakyRelu } from "../activations/relu.js";
import { checkNumber } from "../checks.js";
import { activationLayer } from "./activation.js";
import { commonOptions, type LayerOptions } from "./common.js";
import type { Layer } from "./layer.js";

export interface LeakyReLUOptions extends LayerOptions {
  /** The slope below 0, at least 0. Default 0.3. */
  readonly negativeSlope?: number;
  /** The same under the name that TensorFlow.js has for it. */
  readonly alpha?: number;
}

/**
 * `activations.leakyRelu` as a layer of its own, by default with another slope. The shape stays.
 *
 * @throws TypeError, RangeError for a slope below 0, or for two that differ.
 */
export function leakyReLU(options: LeakyReLUOptions = {}): Layer {
  const common = commonOptions(options, ["negativeSlope", "alpha"], "leakyReLU");
  const { alpha, negativeSlope = alpha ?? 0.3 } = options;
  checkNumber(negativeSlope, "leakyReLU: negativeSlope", "a number of at least 0", (slope) => slope >= 0);
  if (alpha !== undefined && alpha !== negativeSlope) {
    throw new RangeError(`leakyReLU: alpha: expected negativeSlope, ${negativeSlope}, or nothing, got ${alpha}`);
  }
  return activationLayer("LeakyReLU", common, leakyRelu({ negativeSlope }));
}
