import { describe } from "../arrays.js";
import { lookUp } from "../lookup.js";
import type { Constraint } from "./constraint.js";
import { nonNeg } from "./non-neg.js";
import { maxNorm, minMaxNorm, unitNorm } from "./norms.js";

/** Every constraint by its name. */
export const constraints = { maxNorm, minMaxNorm, nonNeg, unitNorm } as const;

export type ConstraintName = keyof typeof constraints;

/** A name, a configured constraint, or a member of `constraints` for its defaults. */
export type ConstraintInput = ConstraintName | (string & {}) | Constraint | (() => Constraint);

/** @throws RangeError for a name that is not in the table; TypeError for what is no constraint. */
export function getConstraint(given: ConstraintInput): Constraint {
  const table: Readonly<Record<string, () => Constraint>> = constraints;
  if (typeof given === "string") return lookUp(table, given, "constraint")();
  if (typeof given === "function" && Object.values(table).includes(given as () => Constraint)) {
    return (given as () => Constraint)();
  }
  // A function has an apply of its own
  const member = given as Constraint | null | undefined;
  if (typeof member?.className === "string" && typeof member.apply === "function") return member;
  throw new TypeError(`constraint: expected a name or an object with className and apply, got ${describe(given)}`);
}

export type { Constraint } from "./constraint.js";
