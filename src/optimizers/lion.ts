import { checkNumber } from "../checks.js";
import type { Pointer } from "../wasm/kernels.js";
import { optimizerKernels } from "../wasm/parts/optimizers.js";
import { type CommonOptions, checkCommon, checkShare, makeOptimizer, type ReadyOptimizer } from "./common.js";

/** `learningRate` defaults to 0.001; 3 to 10 times less than for Adam is advised. */
export interface LionOptions extends CommonOptions {
  /** The share of the mean in the direction of a step, in (0, 1]. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of gradients, in [0, 1). Default 0.99. */
  readonly beta2?: number;
}

/**
 * Lion (Chen et al. 2023; Keras: Lion): w -= learningRate · sign(beta1 · m + (1 - beta1) · g), and then
 * m = beta2 · m + (1 - beta2) · g. Means under 2^-100 count as 0, and have no sign.
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function lion(options: LionOptions = {}): ReadyOptimizer {
  checkCommon(options, ["beta1", "beta2"], "lion");
  const { beta1 = 0.9, beta2 = 0.99 } = options;
  checkNumber(beta1, "lion: beta1", "a number in (0, 1]", (value) => value > 0 && value <= 1);
  checkShare(beta2, "lion: beta2");
  return makeOptimizer("lion", options, 0.001, {
    className: "Lion",
    settings: { beta1, beta2 },
    slotStarts: [0],
    slotNames: ["m"],
    restsAtZero: true,
    step: (_, rate) => (kernels, weight, state, gradient, count) => {
      optimizerKernels(kernels).lionUpdate(
        weight,
        state[0] as Pointer,
        gradient,
        rate,
        beta1,
        1 - beta1,
        beta2,
        1 - beta2,
        count,
      );
    },
  });
}
