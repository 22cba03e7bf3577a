import { algebraic } from "./algebraic.js";
import { defineActivation } from "./define-activation.js";
import { transcendental } from "./transcendental.js";

/** f(x) = 1 / (1 + e^-x). */
export const sigmoid = /* @__PURE__ */ defineActivation("sigmoid", [], () => ({
  config: {},
  derivativeFrom: "y",
  forward: (kernels, y, x, { rows, stride }) => kernels.sigmoidForward(y, x, rows * stride),
  backward: (kernels, dX, dY, y, { rows, stride }) => kernels.sigmoidBackward(dX, dY, y, rows * stride),
}));

/** f(x) = ln(1 / (1 + e^-x)). */
export const logSigmoid = /* @__PURE__ */ defineActivation("logSigmoid", [], () => ({
  config: {},
  ...transcendental("softplus", -1),
}));

/** f(x) = x / 6 + 1/2, but at least 0 and at most 1, as in Keras 3. (That of TensorFlow.js and Keras 2 is x / 5 + 1/2.) */
export const hardSigmoid = /* @__PURE__ */ defineActivation("hardSigmoid", [], () => ({
  config: {},
  ...algebraic("hardSigmoid", 6),
}));

/** f(x) = x / 2 + 1/2, but at least 0 and at most 1. */
export const sparseSigmoid = /* @__PURE__ */ defineActivation("sparseSigmoid", [], () => ({
  config: {},
  ...algebraic("hardSigmoid", 2),
}));
