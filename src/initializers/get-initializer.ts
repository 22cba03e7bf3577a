import { findMember, resolve } from "../lookup.js";
import { lookUpRegistered } from "../registry.js";
import type * as members from "./index.js";
import type { Initializer } from "./initializer.js";

export type InitializerName = keyof typeof members;

/** A name, a configured initializer, or a member of `initializers` for its defaults. */
export type InitializerInput = InitializerName | (string & {}) | Initializer | (() => Initializer);

/** Other names of Keras's. */
const aliases: Readonly<Record<string, InitializerName>> = {
  identityInitializer: "identity",
  normal: "randomNormal",
  one: "ones",
  orthogonalInitializer: "orthogonal",
  uniform: "randomUniform",
  zero: "zeros",
};

/** @throws RangeError for a name that is not known; TypeError for what is no initializer. */
export function getInitializer(given: InitializerInput): Initializer {
  return resolve<Initializer>(
    (name) => lookUpRegistered<() => Initializer>("initializers", findMember(aliases, name) ?? name)(),
    typeof given === "function" ? given() : given,
    "fill",
    "initializer",
  );
}
