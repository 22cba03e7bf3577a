import { type SoftmaxOptions, softmax as softmaxActivation } from "../activations/softmax.js";
import { activationLayer } from "./activation.js";
import { commonOptions, type LayerOptions } from "./common.js";
import type { Layer } from "./layer.js";

/**
 * `activations.softmax` as a layer of its own. The shape stays.
 *
 * @throws TypeError, RangeError for an axis that is no integer; when connected, RangeError for one that samples have not.
 */
export function softmax(options: LayerOptions & SoftmaxOptions = {}): Layer {
  const common = commonOptions(options, ["axis"], "softmax");
  const { axis = -1 } = options;
  return activationLayer("Softmax", common, softmaxActivation({ axis }));
}
