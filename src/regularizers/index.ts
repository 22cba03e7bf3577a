/** Regularizers: every member by its name. */
export { l1, l1l2, l2 } from "./l1l2.js";
export { orthogonal } from "./orthogonal.js";
export type { Regularizer } from "./regularizer.js";
