/** Optimizers: every member by its name. */
export { adadelta } from "./adadelta.js";
export { adagrad } from "./adagrad.js";
export { adam } from "./adam.js";
export { adamax } from "./adamax.js";
export { adamw } from "./adamw.js";
export type { GradientAndParameter } from "./apply.js";
export type { CommonOptions, ReadyOptimizer } from "./common.js";
export { ftrl } from "./ftrl.js";
export { lamb } from "./lamb.js";
export { lion } from "./lion.js";
export { nadam } from "./nadam.js";
export type { Optimizer } from "./optimizer.js";
export { rmsprop } from "./rmsprop.js";
export { sgd } from "./sgd.js";
