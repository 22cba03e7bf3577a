import { type EluOptions, elu as eluActivation } from "../activations/elu.js";
import { activationLayer } from "./activation.js";
import { commonOptions, type LayerOptions } from "./common.js";
import type { Layer } from "./layer.js";

/** `activations.elu` as a layer of its own. The shape stays. @throws TypeError, RangeError for an alpha below 0. */
export function elu(options: LayerOptions & EluOptions = {}): Layer {
  const common = commonOptions(options, ["alpha"], "elu");
  const { alpha = 1 } = options;
  return activationLayer("ELU", common, eluActivation({ alpha }));
}
