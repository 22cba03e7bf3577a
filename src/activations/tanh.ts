import type { Activation } from "./activation.js";

/** f(x) = tanh x. */
export const tanh: Activation = {
  name: "tanh",
  forward: (kernels, y, x, { rows, stride }) => kernels.tanhForward(y, x, rows * stride),
  backward: (kernels, dX, dY, y, { rows, stride }) => kernels.tanhBackward(dX, dY, y, rows * stride),
};
