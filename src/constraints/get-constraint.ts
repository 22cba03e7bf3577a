import { describe } from "../arrays.js";
import { lookUpRegistered } from "../registry.js";
import type { Constraint } from "./constraint.js";
import type * as members from "./index.js";

export type ConstraintName = keyof typeof members;

/** A name, a configured constraint, or a member of `constraints` for its defaults. */
export type ConstraintInput = ConstraintName | (string & {}) | Constraint | (() => Constraint);

/** @throws RangeError for a name that is not known; TypeError for what is no constraint. */
export function getConstraint(given: ConstraintInput): Constraint {
  if (typeof given === "string") return lookUpRegistered<() => Constraint>("constraints", given)();
  if (isConstraint(given)) return given;
  const made: unknown = typeof given === "function" ? given() : undefined;
  if (isConstraint(made)) return made;
  throw new TypeError(`constraint: expected a name or an object with className and apply, got ${describe(given)}`);
}

/** A function has an apply of its own. */
function isConstraint(given: unknown): given is Constraint {
  const member = given as Constraint | null | undefined;
  return typeof member?.className === "string" && typeof member.apply === "function";
}
