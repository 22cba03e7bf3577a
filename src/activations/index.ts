import { lookUp } from "../lookup.js";
import type { Activation } from "./activation.js";
import { elu, selu } from "./elu.js";
import { linear } from "./linear.js";
import { relu } from "./relu.js";
import { sigmoid } from "./sigmoid.js";
import { softmax } from "./softmax.js";
import { tanh } from "./tanh.js";

/** Every activation by its name. */
export const activations = { elu, linear, relu, selu, sigmoid, softmax, tanh } as const;

export type ActivationName = keyof typeof activations;

/** @throws RangeError for a name that is not in the table. */
export function getActivation(activation: ActivationName | (string & {}) | Activation): Activation {
  return typeof activation === "string" ? lookUp<Activation>(activations, activation, "activation") : activation;
}

export type { Activation } from "./activation.js";
