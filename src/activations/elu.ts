import type { Activation } from "./activation.js";

/** f(x) = x for x > 0, e^x - 1 elsewhere (Clevert, Unterthiner, Hochreiter 2015). */
export const elu: Activation = exponentialLinear("elu", 1, 1);

/**
 * f(x) = 1.0507 · x for x > 0, 1.0507 · 1.6733 · (e^x - 1) elsewhere (Klambauer et al. 2017). With lecunNormal weights
 * and alphaDropout it keeps the mean of activations at 0 and their variance at 1.
 */
export const selu: Activation = exponentialLinear("selu", 1.6732632423543772, 1.0507009873554805);

function exponentialLinear(name: string, alpha: number, scale: number): Activation {
  return {
    name,
    forward: (kernels, y, x, { rows, stride }) => kernels.eluForward(y, x, alpha, scale, rows * stride),
    backward: (kernels, dX, dY, y, { rows, stride }) => kernels.eluBackward(dX, dY, y, alpha, scale, rows * stride),
  };
}
