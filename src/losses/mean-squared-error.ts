import { defineLoss } from "./define-loss.js";
import type { LossOptions } from "./loss.js";

/** Mean over j of (p[j] - y[j])². Targets: [rows, width]. */
export const meanSquaredError = /* @__PURE__ */ defineLoss<LossOptions>(
  "meanSquaredError",
  "MeanSquaredError",
  [],
  () => ({
    config: {},
    forward(kernels, { losses, predictions, stride, targets, targetStride, rows, width, scratch }) {
      kernels.meanSquaredErrorForward(losses, predictions, stride, targets, targetStride, rows, width, scratch);
    },
    backward(kernels, { predictions, stride, targets, targetStride, rows, width }, gradient, scale) {
      kernels.meanSquaredErrorBackward(gradient, predictions, stride, targets, targetStride, scale, rows, width);
    },
  }),
);
