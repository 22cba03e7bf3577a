import { defineLoss } from "./define-loss.js";
import type { LossOptions } from "./loss.js";

/** max(1 + maxj (1 - y[j]) · p[j] - Σj y[j] · p[j], 0). Targets: one-hot, [rows, width]. */
export const categoricalHinge = /* @__PURE__ */ defineLoss<LossOptions>(
  "categoricalHinge",
  "CategoricalHinge",
  [],
  () => ({
    config: {},
    forward(kernels, { losses, predictions, stride, targets, targetStride, rows, width, scratch }) {
      kernels.categoricalHingeForward(losses, predictions, stride, targets, targetStride, rows, width, scratch);
    },
    backward(kernels, { predictions, stride, targets, targetStride, rows, width, scratch }, gradient, scale) {
      kernels.categoricalHingeBackward(
        gradient,
        predictions,
        stride,
        targets,
        targetStride,
        scale,
        rows,
        width,
        scratch,
      );
    },
  }),
);
