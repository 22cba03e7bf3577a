import { lossKernels } from "../wasm/parts/losses.js";
import { defineLoss } from "./define-loss.js";
import { joined, plain } from "./kernel-passes.js";
import type { LossPasses } from "./loss.js";
import { checkSmoothing, type SmoothingOptions } from "./options.js";
import { onLogits, smoothed } from "./passes.js";

/**
 * Mean over j of -(y[j] · ln p[j] + (1 - y[j]) · ln(1 - p[j])). Targets: 0, 1 or probabilities, [rows, width].
 *
 * From logits, and after a sigmoid, it is computed from the logits. After anything else p is kept in [1e-7, 1 - 1e-7]
 * first, as in Keras. Smoothed targets are y · (1 - labelSmoothing) + labelSmoothing / 2.
 *
 * @throws TypeError, RangeError for options that are unknown or out of range.
 */
export const binaryCrossentropy = /* @__PURE__ */ defineLoss<SmoothingOptions>(
  "binaryCrossentropy",
  "BinaryCrossentropy",
  ["fromLogits", "labelSmoothing", "axis"],
  (options) => {
    const { fromLogits, labelSmoothing, axis } = checkSmoothing(options, "binaryCrossentropy");
    const smooth = (passes: LossPasses): LossPasses => smoothed(labelSmoothing, () => 0.5, passes);
    return {
      config: { from_logits: fromLogits, label_smoothing: labelSmoothing, axis },
      axis,
      ...smooth(fromLogits ? onLogits(ofLogits) : ofProbabilities),
      ...(!fromLogits && { fused: { activation: "sigmoid", ...smooth(ofLogits) } }),
    };
  },
);

const ofProbabilities = /* @__PURE__ */ plain((kernels) => {
  const { binaryCrossentropyForward, binaryCrossentropyBackward } = lossKernels(kernels);
  return [binaryCrossentropyForward, binaryCrossentropyBackward];
});
const ofLogits = /* @__PURE__ */ joined((kernels) => {
  const { sigmoidCrossentropyForward, sigmoidCrossentropyBackward } = lossKernels(kernels);
  return [sigmoidCrossentropyForward, sigmoidCrossentropyBackward];
});
