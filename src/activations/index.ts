import { lookUp, resolve } from "../lookup.js";
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

/** @throws RangeError for a name that is not in the table; TypeError for what is no activation. */
export function getActivation(activation: ActivationName | (string & {}) | Activation): Activation {
  return resolve<Activation>(
    (name) => lookUp<Activation>(activations, name, "activation"),
    activation,
    "forward",
    "activation",
  );
}

export type { Activation } from "./activation.js";
