import { describe } from "../arrays.js";
import { lookUpRegistered } from "../registry.js";
import type { Activation } from "./activation.js";
import type * as members from "./index.js";

export type ActivationName = keyof typeof members;

/** What stands for an activation: its name, a member of the table, or what that made of options. */
export type ActivationInput = ActivationName | (string & {}) | Activation | (() => Activation);

/** 'gelu_new' is TensorFlow.js's name of the approximate gelu. @throws RangeError for a name that is not known; TypeError for what is no activation. */
export function getActivation(given: ActivationInput): Activation {
  if (typeof given === "string") {
    const isNewGelu = /^gelu_?new$/i.test(given);
    const make = lookUpRegistered<(options?: object) => Activation>("activations", isNewGelu ? "gelu" : given);
    return isNewGelu ? make({ approximate: true }) : make();
  }
  const made: unknown = typeof given === "function" && !("forward" in given) ? given() : given;
  if (typeof (made as Activation | null | undefined)?.forward === "function") return made as Activation;
  throw new TypeError(
    `activation: expected a name, a member of activations or an object with the method forward, got ${describe(given)}`,
  );
}
