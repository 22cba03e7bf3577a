import { checkNumber } from "../checks.js";
import { type ActivationParts, defineActivation } from "./define-activation.js";
import { transcendental } from "./transcendental.js";

export interface EluOptions {
  /** At least 0. Default 1. */
  readonly alpha?: number;
}

export interface CeluOptions {
  /** Above 0. Default 1. */
  readonly alpha?: number;
}

/**
 * f(x) = x for x > 0, alpha · (e^x - 1) elsewhere (Clevert, Unterthiner, Hochreiter 2015).
 *
 * @throws TypeError, RangeError for an alpha below 0.
 */
export const elu = /* @__PURE__ */ defineActivation<EluOptions>("elu", ["alpha"], ({ alpha = 1 }) => {
  checkNumber(alpha, "elu: alpha", "a number of at least 0", (value) => value >= 0);
  return { config: { alpha }, layerClass: "ELU", ...exponentialLinear(alpha, 1) };
});

/**
 * f(x) = 1.0507 · x for x > 0, 1.0507 · 1.6733 · (e^x - 1) elsewhere (Klambauer et al. 2017). With lecunNormal weights
 * and alphaDropout it keeps the mean of activations at 0 and their variance at 1.
 */
export const selu = /* @__PURE__ */ defineActivation("selu", [], () => {
  return { config: {}, ...exponentialLinear(1.6732632423543772, 1.0507009873554805) };
});

/**
 * f(x) = max(x, 0) + alpha · (e^(min(x, 0) / alpha) - 1) (Barron 2017): ELU with slope 1 on both sides of 0.
 *
 * @throws TypeError, RangeError for an alpha that is not above 0.
 */
export const celu = /* @__PURE__ */ defineActivation<CeluOptions>("celu", ["alpha"], ({ alpha = 1 }) => {
  checkNumber(alpha, "celu: alpha", "a number above 0", (value) => value > 0);
  return { config: { alpha }, ...transcendental("celu", alpha) };
});

function exponentialLinear(alpha: number, scale: number): Omit<ActivationParts, "config"> {
  return {
    derivativeFrom: "y",
    forward: (kernels, y, x, { rows, stride }) => kernels.eluForward(y, x, alpha, scale, rows * stride),
    backward: (kernels, dX, dY, y, { rows, stride }) => kernels.eluBackward(dX, dY, y, alpha, scale, rows * stride),
  };
}
