import { lookUp, resolve } from "../lookup.js";
import { adadelta } from "./adadelta.js";
import { adagrad } from "./adagrad.js";
import { adam } from "./adam.js";
import { adamax } from "./adamax.js";
import { adamw } from "./adamw.js";
import { ftrl } from "./ftrl.js";
import { lamb } from "./lamb.js";
import { lion } from "./lion.js";
import { nadam } from "./nadam.js";
import type { Optimizer } from "./optimizer.js";
import { rmsprop } from "./rmsprop.js";
import { sgd } from "./sgd.js";

/** Every optimizer by its name. */
export const optimizers = { adadelta, adagrad, adam, adamax, adamw, ftrl, lamb, lion, nadam, rmsprop, sgd } as const;

export type OptimizerName = keyof typeof optimizers;

/**
 * The names of Keras and TensorFlow.js work in upper and lower case: 'adam', 'Adam', 'AdamW', 'RMSProp'.
 *
 * @throws RangeError for a name that is not in the table; TypeError for what is no optimizer.
 */
export function getOptimizer(optimizer: OptimizerName | (string & {}) | Optimizer): Optimizer {
  return resolve<Optimizer>(
    (name) => {
      const known = Object.keys(optimizers).find((candidate) => candidate === name.toLowerCase());
      return lookUp<() => Optimizer>(optimizers, known ?? name, "optimizer")();
    },
    optimizer,
    "step",
    "optimizer",
  );
}

export { type Schedule, schedules } from "../schedules/index.js";
export type { GradientAndParameter } from "./apply.js";
export type { CommonOptions, ReadyOptimizer } from "./common.js";
export type { Optimizer } from "./optimizer.js";
