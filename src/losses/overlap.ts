import { checkInteger, checkNumber } from "../checks.js";
import { lossKernels } from "../wasm/parts/losses.js";
import { defineLoss, type LossParts } from "./define-loss.js";
import type { LossOptions } from "./loss.js";

export interface DiceOptions extends LossOptions {
  /**
   * The axes over which sums go. A model's loss knows two: null, all of a batch, which then has one loss, and -1, for one
   * loss per row. On host arrays: any. Default: null.
   */
  readonly axis?: number | readonly number[] | null;
}

export interface TverskyOptions extends DiceOptions {
  /** The weight of false positives, Σ p · (1 - y). Default: 0.5. */
  readonly alpha?: number;
  /** The weight of false negatives, Σ (1 - p) · y. Default: 0.5. */
  readonly beta?: number;
}

/**
 * 1 - 2 · Σ y · p / (Σ y + Σ p + 1e-7). Targets: 0 and 1, of the output's shape.
 *
 * @throws TypeError, RangeError for options that are unknown or out of range.
 */
export const dice = /* @__PURE__ */ defineLoss<DiceOptions>("dice", "Dice", ["axis"], ({ axis = null }) => ({
  config: { axis },
  ...overlap("dice", axis, 2, [0, 1, 1]),
}));

/**
 * 1 - Σ y · p / (Σ y · p + alpha · Σ p · (1 - y) + beta · Σ (1 - p) · y + 1e-7) (Salehi et al. 2017). Targets: 0 and 1, of
 * the output's shape.
 *
 * @throws TypeError, RangeError for options that are unknown or out of range.
 */
export const tversky = /* @__PURE__ */ defineLoss<TverskyOptions>(
  "tversky",
  "Tversky",
  ["alpha", "beta", "axis"],
  ({ alpha = 0.5, beta = 0.5, axis = null }) => {
    checkNumber(alpha, "tversky: alpha");
    checkNumber(beta, "tversky: beta");
    return { config: { alpha, beta, axis }, ...overlap("tversky", axis, 1, [1 - alpha - beta, beta, alpha]) };
  },
);

/** 1 - share · Σ y · p / (a · Σ y · p + b · Σ y + c · Σ p + ε). */
function overlap(
  where: string,
  axis: NonNullable<DiceOptions["axis"]> | null,
  share: number,
  [a, b, c]: readonly [number, number, number],
): Omit<LossParts, "config"> {
  for (const one of [axis ?? []].flat()) checkInteger(one, `${where}: axis`, Number.MIN_SAFE_INTEGER);
  const asOne = axis === null;
  return {
    axis,
    ...(asOne && { couplesRows: "asOne" }),
    forward(kernels, { losses, predictions, stride, targets, targetStride, rows, width, scratch }) {
      lossKernels(kernels).overlapLossForward(
        losses,
        predictions,
        stride,
        targets,
        targetStride,
        share,
        a,
        b,
        c,
        asOne ? rows : 1,
        rows,
        width,
        scratch,
      );
    },
    backward(kernels, batch, gradient, scale) {
      const { predictions, stride, targets, targetStride, sampleWeights, rows, width, scratch } = batch;
      const weight = asOne ? (sampleWeights ? kernels.sum(sampleWeights, rows) : rows) : 1;
      lossKernels(kernels).overlapLossBackward(
        gradient,
        predictions,
        stride,
        targets,
        targetStride,
        share,
        a,
        b,
        c,
        scale * weight,
        asOne ? rows : 1,
        rows,
        width,
        scratch,
      );
    },
  };
}
