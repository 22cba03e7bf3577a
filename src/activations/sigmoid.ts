import type { Activation } from "./activation.js";

/** f(x) = 1 / (1 + e^-x). */
export const sigmoid: Activation = {
  name: "sigmoid",
  forward: (kernels, y, x, { rows, stride }) => kernels.sigmoidForward(y, x, rows * stride),
  backward: (kernels, dX, dY, y, { rows, stride }) => kernels.sigmoidBackward(dX, dY, y, rows * stride),
};
