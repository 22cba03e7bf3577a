import type { Loss } from "./loss.js";

/**
 * Mean over j of -(y[j] · ln p[j] + (1 - y[j]) · ln(1 - p[j])). Targets: 0, 1 or probabilities, [rows, width].
 *
 * After a sigmoid it is computed from the logits. After anything else p is kept in [1e-7, 1 - 1e-7] first, as in Keras.
 */
export const binaryCrossentropy: Loss = {
  name: "binaryCrossentropy",
  targets: "dense",
  forward(kernels, { losses, predictions, stride, targets, targetStride, rows, width, scratch }) {
    kernels.binaryCrossentropyForward(losses, predictions, stride, targets, targetStride, rows, width, scratch);
  },
  backward(kernels, { predictions, stride, targets, targetStride, rows, width }, gradient, scale) {
    kernels.binaryCrossentropyBackward(gradient, predictions, stride, targets, targetStride, scale, rows, width);
  },
  fused: {
    activation: "sigmoid",
    forward(kernels, { losses, predictions, logits, stride, targets, targetStride, rows, width, scratch }) {
      kernels.sigmoidCrossentropyForward(
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
      kernels.sigmoidCrossentropyBackward(gradient, predictions, stride, targets, targetStride, scale, rows, width);
    },
  },
};
