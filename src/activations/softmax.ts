import type { Activation } from "./activation.js";

/** f(x)[j] = e^(x[j] - max x) / Σ e^(x - max x), over each row. */
export const softmax: Activation = {
  name: "softmax",
  forward: (kernels, y, x, { rows, width, stride }) => kernels.softmaxForward(y, x, stride, rows, width),
  backward: (kernels, dX, dY, y, { rows, width, stride }) => {
    kernels.softmaxBackward(dX, dY, y, stride, rows, width);
  },
};
