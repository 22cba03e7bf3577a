import type { Activation } from "./activation.js";

/** f(x) = max(x, 0). */
export const relu: Activation = {
  name: "relu",
  forward: (kernels, y, x, { rows, stride }) => kernels.reluForward(y, x, rows * stride),
  backward: (kernels, dX, dY, y, { rows, stride }) => kernels.reluBackward(dX, dY, y, rows * stride),
};
