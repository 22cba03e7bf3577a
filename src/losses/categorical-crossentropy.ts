import type { Loss } from "./loss.js";

/**
 * -Σj y[j] · ln p[j]. Targets: one-hot or probabilities, [rows, width].
 *
 * After a softmax it is computed from the logits. After anything else p is divided by its sum and kept in
 * [1e-7, 1 - 1e-7] first, as in Keras.
 */
export const categoricalCrossentropy: Loss = {
  name: "categoricalCrossentropy",
  targets: "dense",
  forward(kernels, { losses, predictions, stride, targets, targetStride, rows, width, scratch }) {
    kernels.categoricalCrossentropyForward(losses, predictions, stride, targets, targetStride, rows, width, scratch);
  },
  backward(kernels, { predictions, stride, targets, targetStride, rows, width, scratch }, gradient, scale) {
    kernels.categoricalCrossentropyBackward(
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
  fused: {
    activation: "softmax",
    forward(kernels, { losses, predictions, logits, stride, targets, targetStride, rows, width, scratch }) {
      kernels.softmaxCrossentropyForward(
        losses,
        predictions,
        logits,
        stride,
        targets,
        targetStride,
        rows,
        width,
        scratch,
      );
    },
    backward(kernels, { predictions, stride, targets, targetStride, rows, width }, gradient, scale) {
      kernels.softmaxCrossentropyBackward(gradient, predictions, stride, targets, targetStride, scale, rows, width);
    },
  },
};

/** categoricalCrossentropy with targets given as class numbers: integers in [0, width), [rows] or [rows, 1]. */
export const sparseCategoricalCrossentropy: Loss = {
  ...categoricalCrossentropy,
  name: "sparseCategoricalCrossentropy",
  targets: "indices",
};
