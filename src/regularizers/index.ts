import { describe } from "../arrays.js";
import { findMember, lookUp } from "../lookup.js";
import { l1, l1l2, l2 } from "./l1l2.js";
import { orthogonal } from "./orthogonal.js";
import type { Regularizer } from "./regularizer.js";

/** Every regularizer by its name. */
export const regularizers = { l1, l1l2, l2, orthogonal } as const;

export type RegularizerName = keyof typeof regularizers;

/** A name, a configured regularizer, or a member of `regularizers` for its defaults. */
export type RegularizerInput = RegularizerName | (string & {}) | Regularizer | (() => Regularizer);

/** Other names of Keras's. */
const aliases: Readonly<Record<string, RegularizerName>> = { orthogonalRegularizer: "orthogonal" };

/** @throws RangeError for a name that is not in the table; TypeError for what is no regularizer. */
export function getRegularizer(given: RegularizerInput): Regularizer {
  const table: Readonly<Record<string, () => Regularizer>> = regularizers;
  if (typeof given === "string") return lookUp(table, findMember(aliases, given) ?? given, "regularizer")();
  if (typeof given === "function" && Object.values(table).includes(given as () => Regularizer)) {
    return (given as () => Regularizer)();
  }
  const member = given as Regularizer | null | undefined;
  if (typeof member?.penalty === "function" && typeof member.addGradient === "function") return member;
  throw new TypeError(`regularizer: expected a name or an object with penalty and addGradient, got ${describe(given)}`);
}

export type { Regularizer } from "./regularizer.js";
