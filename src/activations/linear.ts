import { defineActivation } from "./define-activation.js";

/** f(x) = x. Layers leave it out, so that it costs nothing. */
export const linear = /* @__PURE__ */ defineActivation("linear", [], () => ({
  config: {},
  derivativeFrom: "y",
  forward(kernels, y, x, { rows, stride }) {
    if (y !== x) kernels.copyRows(y, stride, x, stride, rows, stride);
  },
  backward(kernels, dX, dY, _y, { rows, stride }) {
    if (dX !== dY) kernels.copyRows(dX, stride, dY, stride, rows, stride);
  },
}));
