import { lossKernels } from "../wasm/parts/losses.js";
import { defineLoss } from "./define-loss.js";
import { plain } from "./kernel-passes.js";
import { type AxisOptions, checkAxis } from "./options.js";

/**
 * -Σj y[j] · p[j] / (|y| · |p|): -1 for one direction, 1 for the opposite, 0 where either is all zero. Norms are kept from
 * going below 1e-7. Targets: [rows, width].
 *
 * @throws TypeError, RangeError for options that are unknown or out of range.
 */
export const cosineSimilarity = /* @__PURE__ */ defineLoss<AxisOptions>(
  "cosineSimilarity",
  "CosineSimilarity",
  ["axis"],
  (options) => {
    const axis = checkAxis(options, "cosineSimilarity");
    return {
      config: { axis },
      axis,
      ...plain((kernels) => {
        const { cosineSimilarityForward, cosineSimilarityBackward } = lossKernels(kernels);
        return [cosineSimilarityForward, cosineSimilarityBackward];
      }),
    };
  },
);
