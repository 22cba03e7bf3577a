import { checkBoolean, checkNumber } from "../checks.js";
import { offset, toVectors } from "../wasm/kernels.js";
import { lossKernels } from "../wasm/parts/losses.js";
import { defineLoss } from "./define-loss.js";
import type { LossOptions } from "./loss.js";

export interface CircleOptions extends LossOptions {
  /** How steep the loss is, above 0. Default: 80. */
  readonly gamma?: number;
  /** How near rows of one label are to be, and how far those of different ones. Default: 0.4. */
  readonly margin?: number;
  /** Whether a row is not compared to itself. Default: true. */
  readonly removeDiagonal?: boolean;
}

/**
 * Circle loss (Sun et al. 2020) of embeddings of length 1: see assembly/losses/circle.ts. Each row of a batch is compared
 * to all others. Targets: labels, any integers, [rows] or [rows, 1]. A mean is over the rows that have a loss.
 *
 * @throws TypeError, RangeError for options that are unknown or out of range.
 */
export const circle = /* @__PURE__ */ defineLoss<CircleOptions>(
  "circle",
  "Circle",
  ["gamma", "margin", "removeDiagonal"],
  ({ gamma = 80, margin = 0.4, removeDiagonal = true }) => {
    checkNumber(gamma, "circle: gamma", "a number above 0", (value) => value > 0);
    checkNumber(margin, "circle: margin", "a number of at least 0", (value) => value >= 0);
    checkBoolean(removeDiagonal, "circle: removeDiagonal");
    return {
      config: { gamma, margin, remove_diagonal: removeDiagonal },
      targets: "labels",
      couplesRows: "inPairs",
      // The pulls between all pairs of rows, then two rows of scores or one of weights
      workspaceLength: (rows) => (rows + 2) * toVectors(rows),
      countRows: (kernels, { losses, rows }, counts) => kernels.isPositive(counts, losses, rows),
      forward(kernels, { losses, predictions, stride, targets, targetStride, rows, width, scratch, workspace }) {
        const scores = offset(workspace, rows * toVectors(rows));
        lossKernels(kernels).circleForward(
          losses,
          workspace,
          predictions,
          stride,
          targets,
          targetStride,
          gamma,
          margin,
          !removeDiagonal,
          rows,
          width,
          scores,
          scratch,
        );
      },
      backward(kernels, { predictions, stride, sampleWeights, rows, width, workspace }, gradient, scale) {
        const weights = sampleWeights ?? offset(workspace, rows * toVectors(rows));
        if (!sampleWeights) kernels.fill(weights, 1, rows);
        lossKernels(kernels).circleBackward(gradient, workspace, predictions, stride, weights, scale, rows, width);
      },
    };
  },
);
