/** Regularizers: every member by its name. @module */
export { type L1L2Options, type L1Options, type L2Options, l1, l1l2, l2 } from "./l1l2.js";
export { type OrthogonalOptions, orthogonal } from "./orthogonal.js";
export type { Regularizer } from "./regularizer.js";
