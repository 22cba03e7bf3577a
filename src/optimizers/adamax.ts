import { power } from "../schedules/elementary.js";
import type { Pointer } from "../wasm/kernels.js";
import { optimizerKernels } from "../wasm/parts/optimizers.js";
import { checkCommon, makeOptimizer, type ReadyOptimizer } from "./common.js";
import { checkMoments, type MomentsOptions } from "./moments.js";

/** `learningRate` defaults to 0.001. */
export type AdamaxOptions = MomentsOptions;

/**
 * Adamax (Kingma and Ba 2014, section 7.1; Keras: Adamax): m += (g - m)(1 - beta1), u = max(beta2 · u, |g|),
 * w -= learningRate / (1 - beta1^t) · m / (u + epsilon).
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function adamax(options: AdamaxOptions = {}): ReadyOptimizer {
  checkCommon(options, ["beta1", "beta2", "epsilon"], "adamax");
  const { beta1, beta2, epsilon } = checkMoments(options, "adamax");
  return makeOptimizer("adamax", options, 0.001, {
    className: "Adamax",
    settings: { beta1, beta2, epsilon },
    slotStarts: [0, 0],
    slotNames: ["m", "u"],
    inTensorFlow: {},
    restsAtZero: true,
    step(update, learningRate) {
      const rate = learningRate / (1 - power(beta1, update));
      return (kernels, weight, state, gradient, count) => {
        const [m, u] = state as readonly [Pointer, Pointer];
        optimizerKernels(kernels).adamaxUpdate(weight, m, u, gradient, rate, 1 - beta1, beta2, epsilon, count);
      };
    },
  });
}
