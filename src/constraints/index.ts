/** Constraints: every member by its name. */

export type { Constraint } from "./constraint.js";
export { nonNeg } from "./non-neg.js";
export { maxNorm, minMaxNorm, unitNorm } from "./norms.js";
