import { activationKernels } from "../wasm/parts/activations.js";
import type { Axis } from "./activation.js";
import { checkAxis } from "./arrange-rows.js";
import { defineActivation } from "./define-activation.js";

export interface SoftmaxOptions {
  /**
   * The axis or axes along which the values sum to 1, the batch's being 0. Null takes the whole array; in a model, samples
   * don't mix. Default -1, the last.
   */
  readonly axis?: Axis;
}

/** f(x)[j] = e^(x[j] - max x) / Σ e^(x - max x). @throws TypeError, RangeError for an axis that is no integer. */
export const softmax = /* @__PURE__ */ defineActivation<SoftmaxOptions>("softmax", ["axis"], ({ axis = -1 }) => {
  checkAxis(axis, "softmax");
  return {
    config: { axis },
    layerClass: "Softmax",
    axis,
    derivativeFrom: "y",
    forward: (kernels, y, x, { rows, width, stride }) => kernels.softmaxForward(y, x, stride, rows, width),
    backward: (kernels, dX, dY, y, { rows, width, stride }) => {
      kernels.softmaxBackward(dX, dY, y, stride, rows, width);
    },
  };
});

/** f(x)[j] = x[j] - max x - ln Σ e^(x - max x). @throws TypeError, RangeError for an axis that is no integer. */
export const logSoftmax = /* @__PURE__ */ defineActivation<SoftmaxOptions>("logSoftmax", ["axis"], ({ axis = -1 }) => {
  checkAxis(axis, "logSoftmax");
  return {
    config: { axis },
    axis,
    derivativeFrom: "x",
    forward: (kernels, y, x, { rows, width, stride }) =>
      activationKernels(kernels).logSoftmaxForward(y, x, stride, rows, width),
    backward: (kernels, dX, dY, x, { rows, width, stride }) => {
      activationKernels(kernels).logSoftmaxBackward(dX, dY, x, stride, rows, width);
    },
  };
});

/**
 * The point nearest to x that is a probability distribution (Martins and Astudillo 2016): x less a number, where that is
 * above 0, and 0 elsewhere.
 *
 * @throws TypeError, RangeError for an axis that is no integer.
 */
export const sparsemax = /* @__PURE__ */ defineActivation<SoftmaxOptions>("sparsemax", ["axis"], ({ axis = -1 }) => {
  checkAxis(axis, "sparsemax");
  return {
    config: { axis },
    axis,
    derivativeFrom: "y",
    forward: (kernels, y, x, { rows, width, stride }) =>
      activationKernels(kernels).sparsemaxForward(y, x, stride, rows, width),
    backward: (kernels, dX, dY, y, { rows, width, stride }) => {
      activationKernels(kernels).sparsemaxBackward(dX, dY, y, stride, rows, width);
    },
  };
});
