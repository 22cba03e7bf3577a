import { defineActivation } from "./define-activation.js";
import { transcendental } from "./transcendental.js";

/** f(x) = e^x. */
export const exponential = /* @__PURE__ */ defineActivation("exponential", [], () => ({
  config: {},
  ...transcendental("exponential"),
  derivativeFrom: "y",
  backward: (kernels, dX, dY, y, { rows, stride }) => kernels.multiply(dX, dY, y, rows * stride),
}));
