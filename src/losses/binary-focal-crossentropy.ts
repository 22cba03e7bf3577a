import { checkBoolean, checkNumber } from "../checks.js";
import { defineLoss } from "./define-loss.js";
import { elementwise } from "./elementwise.js";
import { checkSmoothing, type SmoothingOptions } from "./options.js";
import { behind, onLogits, smoothed } from "./passes.js";

export interface BinaryFocalCrossentropyOptions extends SmoothingOptions {
  /** Whether targets of 1 count alpha and those of 0 count 1 - alpha. Default: false. */
  readonly applyClassBalancing?: boolean;
  /** The weight of targets of 1, in [0, 1]. Default: 0.25. */
  readonly alpha?: number;
  /** How much less it counts what is nearly right already, at least 0. Default: 2. */
  readonly gamma?: number;
}

/**
 * Mean over j of binaryCrossentropy times d^gamma, d being how far p[j] is from y[j] (Lin et al. 2017). Targets: 0, 1 or
 * probabilities, [rows, width].
 *
 * @throws TypeError, RangeError for options that are unknown or out of range.
 */
export const binaryFocalCrossentropy = /* @__PURE__ */ defineLoss<BinaryFocalCrossentropyOptions>(
  "binaryFocalCrossentropy",
  "BinaryFocalCrossentropy",
  ["applyClassBalancing", "alpha", "gamma", "fromLogits", "labelSmoothing", "axis"],
  ({ applyClassBalancing = false, alpha = 0.25, gamma = 2, ...options }) => {
    const where = "binaryFocalCrossentropy";
    const { fromLogits, labelSmoothing, axis } = checkSmoothing(options, where);
    checkBoolean(applyClassBalancing, `${where}: applyClassBalancing`);
    checkNumber(alpha, `${where}: alpha`, "a number in [0, 1]", (value) => value >= 0 && value <= 1);
    checkNumber(gamma, `${where}: gamma`, "a number of at least 0", (value) => value >= 0);
    const focal = elementwise("focal", applyClassBalancing ? [gamma, alpha, 1 - alpha] : [gamma, 1, 1]);
    return {
      config: {
        from_logits: fromLogits,
        label_smoothing: labelSmoothing,
        axis,
        apply_class_balancing: applyClassBalancing,
        alpha,
        gamma,
      },
      axis,
      ...smoothed(labelSmoothing, () => 0.5, fromLogits ? onLogits(behind("sigmoid", focal)) : focal),
    };
  },
);
