import { describe } from "../arrays.js";
import { lookUp } from "../lookup.js";
import type { Activation } from "./activation.js";
import { celu, elu, selu } from "./elu.js";
import { exponential } from "./exponential.js";
import { gelu } from "./gelu.js";
import { linear } from "./linear.js";
import { leakyRelu, relu, relu6 } from "./relu.js";
import { hardShrink, softShrink, threshold } from "./shrink.js";
import { hardSigmoid, logSigmoid, sigmoid, sparseSigmoid } from "./sigmoid.js";
import { hardSilu, mish, silu } from "./silu.js";
import { logSoftmax, softmax, sparsemax } from "./softmax.js";
import { softplus, sparsePlus, squareplus } from "./softplus.js";
import { softsign } from "./softsign.js";
import { hardTanh, tanh, tanhShrink } from "./tanh.js";

/**
 * Every activation by its name. Each takes options and returns an activation for a layer, or takes an array, and options
 * behind it, and applies the activation at once: `activations.elu({ alpha: 0.5 })`, `activations.elu([-1, 1])`.
 */
export const activations = {
  celu,
  elu,
  exponential,
  gelu,
  hardShrink,
  hardSigmoid,
  hardSilu,
  hardSwish: hardSilu,
  hardTanh,
  leakyRelu,
  linear,
  logSigmoid,
  logSoftmax,
  mish,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  softShrink,
  softsign,
  sparsemax,
  sparsePlus,
  sparseSigmoid,
  squareplus,
  swish: silu,
  tanh,
  tanhShrink,
  threshold,
} as const;

export type ActivationName = keyof typeof activations;

/** What stands for an activation: its name, a member of the table, or what that made of options. */
export type ActivationInput = ActivationName | (string & {}) | Activation | (() => Activation);

/** @throws RangeError for a name that is not in the table; TypeError for what is no activation. */
export function getActivation(given: ActivationInput): Activation {
  if (typeof given === "string") return lookUp<() => Activation>(activations, given, "activation")();
  const made: unknown = typeof given === "function" && !("forward" in given) ? given() : given;
  if (typeof (made as Activation | null | undefined)?.forward === "function") return made as Activation;
  throw new TypeError(
    `activation: expected a name, a member of activations or an object with the method forward, got ${describe(given)}`,
  );
}

export {
  type Activation,
  type ActivationFunction,
  type Axis,
  type CallableActivation,
  describeActivation,
} from "./activation.js";
