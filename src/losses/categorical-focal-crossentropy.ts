import { describe } from "../arrays.js";
import { checkNumber } from "../checks.js";
import { ShapeError } from "../errors.js";
import { offset } from "../wasm/kernels.js";
import { lossKernels } from "../wasm/parts/losses.js";
import { defineLoss } from "./define-loss.js";
import { withNumber } from "./kernel-passes.js";
import type { LossPasses } from "./loss.js";
import { checkSmoothing, type SmoothingOptions } from "./options.js";
import { behind, onLogits, smoothed, withTargets } from "./passes.js";

export interface CategoricalFocalCrossentropyOptions extends SmoothingOptions {
  /** The weight of all classes, or one for each. Default: 0.25. */
  readonly alpha?: number | readonly number[];
  /** How much less it counts what is nearly right already, at least 0. Default: 2. */
  readonly gamma?: number;
}

/**
 * -Σj alpha · y[j] · (1 - q[j])^gamma · ln q[j], q = p / Σ p kept in [1e-7, 1 - 1e-7] (Lin et al. 2017). Targets: one-hot or
 * probabilities, [rows, width].
 *
 * @throws TypeError, RangeError for options that are unknown or out of range; with a list of alphas, ShapeError where there
 *   are not as many classes.
 */
export const categoricalFocalCrossentropy = /* @__PURE__ */ defineLoss<CategoricalFocalCrossentropyOptions>(
  "categoricalFocalCrossentropy",
  "CategoricalFocalCrossentropy",
  ["alpha", "gamma", "fromLogits", "labelSmoothing", "axis"],
  ({ alpha = 0.25, gamma = 2, ...options }) => {
    const where = "categoricalFocalCrossentropy";
    const { fromLogits, labelSmoothing, axis } = checkSmoothing(options, where);
    if (typeof alpha !== "number" && !Array.isArray(alpha)) {
      throw new TypeError(`${where}: alpha: expected a number or an array of numbers, got ${describe(alpha)}`);
    }
    for (const one of [alpha].flat()) checkNumber(one, `${where}: alpha`);
    checkNumber(gamma, `${where}: gamma`, "a number of at least 0", (value) => value >= 0);
    const weighted = weigh(
      [alpha].flat(),
      withNumber(gamma, (kernels) => {
        const { categoricalFocalCrossentropyForward, categoricalFocalCrossentropyBackward } = lossKernels(kernels);
        return [categoricalFocalCrossentropyForward, categoricalFocalCrossentropyBackward];
      }),
      where,
    );
    return {
      config: {
        from_logits: fromLogits,
        label_smoothing: labelSmoothing,
        axis,
        alpha: typeof alpha === "number" ? alpha : [...alpha],
        gamma,
      },
      axis,
      ...smoothed(labelSmoothing, (width) => 1 / width, fromLogits ? onLogits(behind("softmax", weighted)) : weighted),
    };
  },
);

/** Targets times the weights of their classes, as both stand in the formula as a product only. */
function weigh(alpha: readonly number[], passes: LossPasses, where: string): LossPasses {
  return withTargets((kernels, { workspace, targets, targetStride, stride, rows, width, scratch, floats }) => {
    if (alpha.length !== 1 && alpha.length !== width) {
      throw new ShapeError(`${where}: alpha: expected one for each of ${width} classes, got ${alpha.length}`);
    }
    kernels.copyRows(workspace, stride, targets, targetStride, rows, width);
    if (alpha.length === 1) {
      kernels.rescale(workspace, workspace, alpha[0] as number, 0, rows * stride);
      return;
    }
    floats(scratch, width).set(alpha);
    for (let row = 0; row < rows; row++) {
      const target = offset(workspace, row * stride);
      kernels.multiply(target, target, scratch, width);
    }
  }, passes);
}
