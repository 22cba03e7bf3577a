/**
 * The naive arithmetic: every kernel of assembly/ again, one rounding per operation, in the order the kernels promise.
 *
 * No tiles, no lanes, no tricks. The deterministic builds must equal it bit for bit. Names and arguments are those of the
 * kernels, except that a result is returned, densely packed, unless the kernel updates its argument in place.
 */
export * from "./reference/activations.js";
export * from "./reference/algebraic.js";
export * as augmentation from "./reference/augmentation.js";
export * from "./reference/circle.js";
export * from "./reference/dropout.js";
export * from "./reference/elementary.js";
export * from "./reference/elementwise-losses.js";
export { type Matrix, sum, sumOfSquares } from "./reference/float.js";
export * from "./reference/losses.js";
export * from "./reference/metrics.js";
export * from "./reference/normalization.js";
export * from "./reference/optimizers.js";
export * from "./reference/products.js";
export * from "./reference/random.js";
export * from "./reference/regularizers.js";
export * from "./reference/row-losses.js";
export * from "./reference/rows.js";
export * from "./reference/sparse.js";
export * from "./reference/transcendental.js";
