/**
 * Activations: every member by its name. Each takes options and returns an activation for a layer, or takes an array, and
 * options behind it, and applies the activation at once: `activations.elu({ alpha: 0.5 })`, `activations.elu([-1, 1])`.
 *
 * @module
 */

export type { Activation, ActivationFunction, Axis, CallableActivation } from "./activation.js";
export { type CeluOptions, celu, type EluOptions, elu, selu } from "./elu.js";
export { exponential } from "./exponential.js";
export { type GeluOptions, gelu } from "./gelu.js";
export { linear } from "./linear.js";
export { type LeakyReluOptions, leakyRelu, type ReluOptions, relu, relu6 } from "./relu.js";
export { hardShrink, type ShrinkOptions, softShrink, type ThresholdOptions, threshold } from "./shrink.js";
export { hardSigmoid, logSigmoid, sigmoid, sparseSigmoid } from "./sigmoid.js";
export { hardSilu, hardSilu as hardSwish, mish, silu, silu as swish } from "./silu.js";
export { logSoftmax, type SoftmaxOptions, softmax, sparsemax } from "./softmax.js";
export { type SquareplusOptions, softplus, sparsePlus, squareplus } from "./softplus.js";
export { softsign } from "./softsign.js";
export { hardTanh, tanh, tanhShrink } from "./tanh.js";
