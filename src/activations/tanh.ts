import { algebraic } from "./algebraic.js";
import { defineActivation } from "./define-activation.js";
import { transcendental } from "./transcendental.js";

/** f(x) = tanh x. */
export const tanh = /* @__PURE__ */ defineActivation("tanh", [], () => ({
  config: {},
  derivativeFrom: "y",
  forward: (kernels, y, x, { rows, stride }) => kernels.tanhForward(y, x, rows * stride),
  backward: (kernels, dX, dY, y, { rows, stride }) => kernels.tanhBackward(dX, dY, y, rows * stride),
}));

/** f(x) = x, but at least -1 and at most 1. */
export const hardTanh = /* @__PURE__ */ defineActivation("hardTanh", [], () => ({
  config: {},
  ...algebraic("threshold", -1, -1, -1, 1),
  derivativeFrom: "y",
}));

/** f(x) = x - tanh x. */
export const tanhShrink = /* @__PURE__ */ defineActivation("tanhShrink", [], () => ({
  config: {},
  ...transcendental("tanhShrink"),
}));
