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

/** @throws RangeError for a name that is not known; TypeError for what is no regularizer. */
export function getRegularizer(given: RegularizerInput): Regularizer {
  if (typeof given === "string") {
    return lookUpRegistered<() => Regularizer>("regularizers", findMember(aliases, given) ?? given)();
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
