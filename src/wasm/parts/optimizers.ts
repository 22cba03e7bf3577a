/** Optimizers beyond the core's. See assembly/parts/optimizers.ts. */
import { optimizers } from "../binaries/optimizers.js";
import { part } from "../instantiate.js";
import type { P, Update } from "../kernels.js";

export interface OptimizerKernels {
  rmspropUpdate: Update<
    [v: P, mean: P, velocity: P],
    [rate: number, rho: number, oneMinusRho: number, momentum: number, epsilon: number]
  >;
  adagradUpdate: Update<[sum: P], [rate: number, epsilon: number]>;
  adadeltaUpdate: Update<[v: P, u: P], [rate: number, rho: number, oneMinusRho: number, epsilon: number]>;
  adamaxUpdate: Update<[m: P, u: P], [rate: number, oneMinusBeta1: number, beta2: number, epsilon: number]>;
  lionUpdate: Update<
    [m: P],
    [rate: number, beta1: number, oneMinusBeta1: number, beta2: number, oneMinusBeta2: number]
  >;
  ftrlUpdate: Update<[sum: P, linear: P], [rate: number, exponent: number, l1: number, l2: number, shrinkage: number]>;
}

/** These kernels in the memory of a core. */
export const optimizerKernels = /* @__PURE__ */ part<OptimizerKernels>(optimizers);
