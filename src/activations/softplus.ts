import { checkNumber } from "../checks.js";
import { algebraic } from "./algebraic.js";
import { defineActivation } from "./define-activation.js";
import { transcendental } from "./transcendental.js";

export interface SquareplusOptions {
  /** How round the bend at 0 is, at least 0. Default 4. */
  readonly b?: number;
}

/** f(x) = ln(1 + e^x). */
export const softplus = /* @__PURE__ */ defineActivation("softplus", [], () => ({
  config: {},
  ...transcendental("softplus", 1),
}));

/** f(x) = (x + √(x² + b)) / 2 (Barron 2021). @throws TypeError, RangeError for a b below 0. */
export const squareplus = /* @__PURE__ */ defineActivation<SquareplusOptions>("squareplus", ["b"], ({ b = 4 }) => {
  checkNumber(b, "squareplus: b", "a number of at least 0", (value) => value >= 0);
  return { config: { b }, ...algebraic("squareplus", b) };
});

/** f(x) = 0 for x ≤ -1, (x + 1)² / 4 up to 1, x from there on. */
export const sparsePlus = /* @__PURE__ */ defineActivation("sparsePlus", [], () => ({
  config: {},
  ...algebraic("sparsePlus", 2),
}));
