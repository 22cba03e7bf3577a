import { power } from "../schedules/elementary.js";
import type { Pointer } from "../wasm/kernels.js";
import { checkCommon, makeOptimizer, type ReadyOptimizer } from "./common.js";
import { checkMoments, type MomentsOptions } from "./moments.js";

/** `learningRate` defaults to 0.001. */
export type LambOptions = MomentsOptions;

/**
 * Lamb (You et al. 2019; Keras: Lamb): m and v as in Adam, step = (m / (1 - beta1^t)) / (√(v / (1 - beta2^t)) + epsilon),
 * w -= learningRate · ‖w‖ / ‖step‖ · step, the ratio being 1 where a norm is 0. The norms are of whole weights.
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function lamb(options: LambOptions = {}): ReadyOptimizer {
  checkCommon(options, ["beta1", "beta2", "epsilon"], "lamb");
  const { beta1, beta2, epsilon } = checkMoments(options, "lamb");
  return makeOptimizer("lamb", options, 0.001, {
    className: "Lamb",
    settings: { beta1, beta2, epsilon },
    slotStarts: [0, 0],
    slotNames: ["m", "v"],
    restsAtZero: true,
    takesWholeWeights: true,
    step(update, learningRate) {
      const correction = Math.sqrt(1 - power(beta2, update));
      const mRate = correction / (1 - power(beta1, update));
      const eps = epsilon * correction;
      return (kernels, weight, state, gradient, count) => {
        const [m, v] = state as readonly [Pointer, Pointer];
        // Leaves -step in the place of the gradient
        kernels.momentsUpdate(gradient, m, v, v, gradient, 0, mRate, 0, 1 - beta1, 1 - beta2, eps, count);
        const [ofWeight, ofStep] = [weight, gradient].map((x) => Math.sqrt(kernels.sumOfSquares(x, count)));
        const ratio = ofWeight && ofStep ? ofWeight / ofStep : 1;
        kernels.sgdUpdate(weight, gradient, -learningRate * ratio, count);
      };
    },
  });
}
