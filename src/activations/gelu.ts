import { checkBoolean } from "../checks.js";
import { defineActivation } from "./define-activation.js";
import { transcendental } from "./transcendental.js";

export interface GeluOptions {
  /** Whether to take tanh(√(2/π) · (x + 0.044715 x³)) in place of erf(x / √2). Default false. */
  readonly approximate?: boolean;
}

/**
 * f(x) = x · (1 + erf(x / √2)) / 2 (Hendrycks and Gimpel 2016).
 *
 * @throws TypeError unless `approximate` is true or false.
 */
export const gelu = /* @__PURE__ */ defineActivation<GeluOptions>(
  "gelu",
  ["approximate"],
  ({ approximate = false }) => {
    checkBoolean(approximate, "gelu: approximate");
    return { config: { approximate }, ...transcendental(approximate ? "geluTanh" : "gelu") };
  },
);
