/** Constraints: every member by its name. @module */

export type { AxisOptions } from "./axes.js";
export type { Constraint } from "./constraint.js";
export { nonNeg } from "./non-neg.js";
export { type MaxNormOptions, type MinMaxNormOptions, maxNorm, minMaxNorm, unitNorm } from "./norms.js";
