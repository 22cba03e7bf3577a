import { checkNumber } from "../checks.js";
import { lossKernels } from "../wasm/parts/losses.js";
import { defineLoss } from "./define-loss.js";
import { withNumber } from "./kernel-passes.js";
import type { LossOptions } from "./loss.js";

export interface GeneralizedCrossEntropyOptions extends LossOptions {
  /** Between 0, which is cross-entropy, and 1, the absolute error. Default: 0.5. */
  readonly q?: number;
}

/**
 * (1 - p[class]^q) / q: bears wrong labels better than cross-entropy (Zhang and Sabuncu 2018). Targets: class numbers,
 * [rows] or [rows, 1].
 *
 * @throws TypeError, RangeError for options that are unknown or out of range.
 */
export const categoricalGeneralizedCrossEntropy = /* @__PURE__ */ defineLoss<GeneralizedCrossEntropyOptions>(
  "categoricalGeneralizedCrossEntropy",
  "CategoricalGeneralizedCrossEntropy",
  ["q"],
  ({ q = 0.5 }) => {
    checkNumber(q, "categoricalGeneralizedCrossEntropy: q", "a number in (0, 1)", (value) => value > 0 && value < 1);
    return {
      config: { q },
      targets: "indices",
      ...withNumber(q, (kernels) => {
        const { generalizedCrossentropyForward, generalizedCrossentropyBackward } = lossKernels(kernels);
        return [generalizedCrossentropyForward, generalizedCrossentropyBackward];
      }),
    };
  },
);
