import { algebraic } from "./algebraic.js";
import { defineActivation } from "./define-activation.js";
import { transcendental } from "./transcendental.js";

/** f(x) = x / (1 + e^-x), also known as swish (Elfwing et al. 2017, Ramachandran et al. 2017). */
export const silu = /* @__PURE__ */ defineActivation("silu", [], () => ({ config: {}, ...transcendental("silu") }));

/** f(x) = x · hardSigmoid(x), also known as hardSwish (Howard et al. 2019). */
export const hardSilu = /* @__PURE__ */ defineActivation("hardSilu", [], () => ({
  config: {},
  ...algebraic("hardSilu", 6),
}));

/** f(x) = x · tanh ln(1 + e^x) (Misra 2019). */
export const mish = /* @__PURE__ */ defineActivation("mish", [], () => ({ config: {}, ...transcendental("mish") }));
