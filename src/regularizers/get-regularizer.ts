import { describe } from "../arrays.js";
import { findMember } from "../lookup.js";
import { lookUpRegistered } from "../registry.js";
import type * as members from "./index.js";
import type { Regularizer } from "./regularizer.js";

export type RegularizerName = keyof typeof members;

/** A name, a configured regularizer, or a member of `regularizers` for its defaults. */
export type RegularizerInput = RegularizerName | (string & {}) | Regularizer | (() => Regularizer);

/** Other names of Keras's. */
const aliases: Readonly<Record<string, RegularizerName>> = { orthogonalRegularizer: "orthogonal" };

/** The options that a text stands for, where they are not the member's defaults: as Keras documents it, and TensorFlow.js does it. */
const ofTexts: Readonly<Record<string, object>> = { l1l2: { l1: 0.01, l2: 0.01 } };

/** @throws RangeError for a name that is not known; TypeError for what is no regularizer. */
export function getRegularizer(given: RegularizerInput): Regularizer {
  if (typeof given === "string") {
    const name = findMember(aliases, given) ?? given;
    return lookUpRegistered<(options?: object) => Regularizer>("regularizers", name)(findMember(ofTexts, name));
  }
  if (isRegularizer(given)) return given;
  const made: unknown = typeof given === "function" ? given() : undefined;
  if (isRegularizer(made)) return made;
  throw new TypeError(`regularizer: expected a name or an object with penalty and addGradient, got ${describe(given)}`);
}

function isRegularizer(given: unknown): given is Regularizer {
  const member = given as Regularizer | null | undefined;
  return typeof member?.penalty === "function" && typeof member.addGradient === "function";
}
