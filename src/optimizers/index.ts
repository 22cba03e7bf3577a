import { lookUp, resolve } from "../lookup.js";
import { adam } from "./adam.js";
import type { Optimizer } from "./optimizer.js";
import { sgd } from "./sgd.js";

/** Every optimizer by its name. */
export const optimizers = { adam, sgd } as const;

export type OptimizerName = keyof typeof optimizers;

/** @throws RangeError for a name that is not in the table; TypeError for what is no optimizer. */
export function getOptimizer(optimizer: OptimizerName | (string & {}) | Optimizer): Optimizer {
  return resolve<Optimizer>(
    (name) => lookUp<() => Optimizer>(optimizers, name, "optimizer")(),
    optimizer,
    "step",
    "optimizer",
  );
}

export type { Optimizer } from "./optimizer.js";
