/** Losses that are a sum over a row of one formula of each prediction and its target: see assembly/losses/elementwise.ts. */
import type { Kernels } from "../wasm/kernels.js";
import { lossKernels } from "../wasm/parts/losses.js";
import type { LossBatch, LossPasses } from "./loss.js";

/** The formulas, in the order of their numbers in the core. */
const FORMULAS = [
  "absolute",
  "percentage",
  "squaredLogarithmic",
  "huber",
  "logCosh",
  "hinge",
  "squaredHinge",
  "poisson",
  "divergence",
  "focal",
] as const;

/** Up to three numbers that a formula needs. */
export type Parameters = readonly number[];

/**
 * @param factor What the sum over a row is multiplied by: by default the share of each value in a mean.
 * @param parameters The formula's numbers, or how to find them for a batch.
 */
export function elementwise(
  formula: (typeof FORMULAS)[number],
  parameters: Parameters | ((kernels: Kernels, batch: LossBatch) => Parameters) = [],
  factor = (width: number): number => 1 / width,
): LossPasses {
  const number = FORMULAS.indexOf(formula);
  const find = typeof parameters === "function" ? parameters : () => parameters;
  return {
    forward(kernels, batch) {
      const { losses, predictions, stride, targets, targetStride, rows, width, scratch } = batch;
      const [a = 0, b = 0, c = 0] = find(kernels, batch);
      lossKernels(kernels).elementwiseLossForward(
        losses,
        predictions,
        stride,
        targets,
        targetStride,
        number,
        a,
        b,
        c,
        factor(width),
        rows,
        width,
        scratch,
      );
    },
    backward(kernels, batch, gradient, scale) {
      const { predictions, stride, targets, targetStride, rows, width } = batch;
      const [a = 0, b = 0, c = 0] = find(kernels, batch);
      lossKernels(kernels).elementwiseLossBackward(
        gradient,
        predictions,
        stride,
        targets,
        targetStride,
        number,
        a,
        b,
        c,
        scale * factor(width),
        rows,
        width,
      );
    },
  };
}
