import { algebraic } from "./algebraic.js";
import { defineActivation } from "./define-activation.js";

/** f(x) = x / (1 + |x|). */
export const softsign = /* @__PURE__ */ defineActivation("softsign", [], () => ({
  config: {},
  ...algebraic("softsign"),
}));
