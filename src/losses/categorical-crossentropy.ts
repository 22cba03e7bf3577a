import { checkInteger } from "../checks.js";
import { defineLoss } from "./define-loss.js";
import { joined, plain } from "./kernel-passes.js";
import type { LossPasses } from "./loss.js";
import { checkLogits, checkSmoothing, type LogitsOptions, type SmoothingOptions } from "./options.js";
import { onLogits, smoothed } from "./passes.js";

/**
 * -Σj y[j] · ln p[j]. Targets: one-hot or probabilities, [rows, width].
 *
 * From logits, and after a softmax, it is computed from the logits. After anything else p is divided by its sum and kept
 * in [1e-7, 1 - 1e-7] first, as in Keras. Smoothed targets are y · (1 - labelSmoothing) + labelSmoothing / width.
 *
 * @throws TypeError, RangeError for options that are unknown or out of range.
 */
export const categoricalCrossentropy = /* @__PURE__ */ defineLoss<SmoothingOptions>(
  "categoricalCrossentropy",
  "CategoricalCrossentropy",
  ["fromLogits", "labelSmoothing", "axis"],
  (options) => {
    const { fromLogits, labelSmoothing, axis } = checkSmoothing(options, "categoricalCrossentropy");
    const smooth = (passes: LossPasses): LossPasses => smoothed(labelSmoothing, (width) => 1 / width, passes);
    return {
      config: { from_logits: fromLogits, label_smoothing: labelSmoothing, axis },
      axis,
      ...smooth(fromLogits ? onLogits(ofLogits) : ofProbabilities),
      ...(!fromLogits && { fused: { activation: "softmax", ...smooth(ofLogits) } }),
    };
  },
);

export interface SparseCategoricalCrossentropyOptions extends LogitsOptions {
  /** Rows of this class are left out: they have no loss, and a mean is not over them. Any integer. Default: none. */
  readonly ignoreClass?: number | null;
}

/**
 * categoricalCrossentropy with targets given as class numbers: integers in [0, width), [rows] or [rows, 1].
 *
 * @throws TypeError, RangeError for options that are unknown or out of range.
 */
export const sparseCategoricalCrossentropy = /* @__PURE__ */ defineLoss<SparseCategoricalCrossentropyOptions>(
  "sparseCategoricalCrossentropy",
  "SparseCategoricalCrossentropy",
  ["fromLogits", "ignoreClass", "axis"],
  ({ ignoreClass, ...options }) => {
    const { fromLogits, axis } = checkLogits(options, "sparseCategoricalCrossentropy");
    if (ignoreClass != null) {
      checkInteger(ignoreClass, "sparseCategoricalCrossentropy: ignoreClass", Number.MIN_SAFE_INTEGER);
    }
    return {
      config: { from_logits: fromLogits, ignore_class: ignoreClass ?? null, axis },
      targets: "indices",
      axis,
      ...(fromLogits ? onLogits(ofLogits) : ofProbabilities),
      ...(!fromLogits && { fused: { activation: "softmax", ...ofLogits } }),
      ...(ignoreClass != null && {
        ignoreClass,
        // The target of a row that is left out is all zero
        countRows: (kernels, { targets, targetStride, rows, width }, counts) =>
          kernels.rowSums(counts, targets, targetStride, rows, width),
      }),
    };
  },
);

const ofProbabilities = /* @__PURE__ */ plain((kernels) => [
  kernels.categoricalCrossentropyForward,
  kernels.categoricalCrossentropyBackward,
]);
const ofLogits = /* @__PURE__ */ joined((kernels) => [
  kernels.softmaxCrossentropyForward,
  kernels.softmaxCrossentropyBackward,
]);
