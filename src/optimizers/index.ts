/** Optimizers: every member by its name. @module */
export { type AdadeltaOptions, adadelta } from "./adadelta.js";
export { type AdagradOptions, adagrad } from "./adagrad.js";
export { type AdamOptions, adam } from "./adam.js";
export { adamax } from "./adamax.js";
export { adamw } from "./adamw.js";
export type { GradientAndParameter } from "./apply.js";
export type { CommonOptions, ReadyOptimizer } from "./common.js";
export { type FtrlOptions, ftrl } from "./ftrl.js";
export { lamb } from "./lamb.js";
export { type LionOptions, lion } from "./lion.js";
export type { MomentsOptions } from "./moments.js";
export { nadam } from "./nadam.js";
export type { Optimizer } from "./optimizer.js";
export { type RmspropOptions, rmsprop } from "./rmsprop.js";
export { type SgdOptions, sgd } from "./sgd.js";
