import { sizeOf } from "../arrays.js";
import { commonOptions, type LayerOptions } from "./common.js";
import type { Layer } from "./layer.js";

/** Makes a vector of each sample: [28, 28] -> [784]. The values stay, in row-major order. */
export function flatten(options: LayerOptions = {}): Layer {
  return {
    className: "Flatten",
    ...commonOptions(options, [], "flatten"),
    config: {},
    outputShape: (inputShape) => [sizeOf(inputShape)],
    weights: () => [],
    plan: () => [],
    preprocess() {},
  };
}
