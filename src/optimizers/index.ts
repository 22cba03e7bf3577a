import { lookUp } from "../lookup.js";
import { adam } from "./adam.js";
import type { Optimizer } from "./optimizer.js";
import { sgd } from "./sgd.js";

/** Every optimizer by its name. */
export const optimizers = { adam, sgd } as const;

export type OptimizerName = keyof typeof optimizers;

/** @throws RangeError for a name that is not in the table. */
export function getOptimizer(optimizer: OptimizerName | (string & {}) | Optimizer): Optimizer {
  return typeof optimizer === "string" ? lookUp<() => Optimizer>(optimizers, optimizer, "optimizer")() : optimizer;
}

export type { Optimizer } from "./optimizer.js";
