import { resolve } from "../lookup.js";
import { lookUpRegistered } from "../registry.js";
import type * as members from "./index.js";
import type { Optimizer } from "./optimizer.js";

export type OptimizerName = keyof typeof members;

/**
 * The names of Keras and TensorFlow.js work in upper and lower case: 'adam', 'Adam', 'AdamW', 'RMSProp'.
 *
 * @throws RangeError for a name that is not known; TypeError for what is no optimizer.
 */
export function getOptimizer(optimizer: OptimizerName | (string & {}) | Optimizer): Optimizer {
  return resolve<Optimizer>(
    (name) => lookUpRegistered<() => Optimizer>("optimizers", name)(),
    optimizer,
    "step",
    "optimizer",
  );
}
