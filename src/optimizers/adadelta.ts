import type { Pointer } from "../wasm/kernels.js";
import { optimizerKernels } from "../wasm/parts/optimizers.js";
import {
  type CommonOptions,
  checkCommon,
  checkPositive,
  checkShare,
  makeOptimizer,
  type ReadyOptimizer,
} from "./common.js";

/** `learningRate` defaults to 0.001; the paper has 1. */
export interface AdadeltaOptions extends CommonOptions {
  /** Decay of the means of squares, in [0, 1). Default 0.95. */
  readonly rho?: number;
  /** Default 1e-7. */
  readonly epsilon?: number;
}

/**
 * Adadelta (Zeiler 2012) as in Keras: v = rho · v + (1 - rho) · g², step = √(u + epsilon) / √(v + epsilon) · g,
 * u = rho · u + (1 - rho) · step², w -= learningRate · step.
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function adadelta(options: AdadeltaOptions = {}): ReadyOptimizer {
  checkCommon(options, ["rho", "epsilon"], "adadelta");
  const { rho = 0.95, epsilon = 1e-7 } = options;
  checkShare(rho, "adadelta: rho");
  checkPositive(epsilon, "adadelta: epsilon");
  return makeOptimizer("adadelta", options, 0.001, {
    className: "Adadelta",
    settings: { rho, epsilon },
    slotStarts: [0, 0],
    slotNames: ["accum_grad", "accum_var"],
    inTensorFlow: { slotNames: ["accum_grad", "accum_var"] },
    restsAtZero: true,
    step: (_, rate) => (kernels, weight, state, gradient, count) => {
      const [v, u] = state as readonly [Pointer, Pointer];
      optimizerKernels(kernels).adadeltaUpdate(weight, v, u, gradient, rate, rho, 1 - rho, epsilon, count);
    },
  });
}
