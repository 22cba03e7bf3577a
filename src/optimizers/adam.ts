import { checkBoolean } from "../checks.js";
import { power } from "../schedules/elementary.js";
import type { Pointer } from "../wasm/kernels.js";
import { checkCommon, makeOptimizer, type ReadyOptimizer, type Rule } from "./common.js";
import { checkMoments, type Moments, type MomentsOptions } from "./moments.js";

/** `learningRate` defaults to 0.001. */
export interface AdamOptions extends MomentsOptions {
  /** Divides by the highest v so far (Reddi et al. 2018). Default false. */
  readonly amsgrad?: boolean;
}

/**
 * Adam (Kingma and Ba 2014) as in Keras: m += (g - m)(1 - beta1), v += (g² - v)(1 - beta2),
 * w -= learningRate · √(1 - beta2^t) / (1 - beta1^t) · m / (√v + epsilon).
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function adam(options: AdamOptions = {}): ReadyOptimizer {
  checkCommon(options, ["beta1", "beta2", "epsilon", "amsgrad"], "adam");
  const rule = adamRule("Adam", checkMoments(options, "adam"), options.amsgrad, "adam");
  return makeOptimizer("adam", options, 0.001, { ...rule, inTensorFlow: { slotNames: ["m", "v"] } });
}

/** The rule of Adam under a class name of its own. @throws TypeError when amsgrad is no boolean. */
export function adamRule(className: string, moments: Moments, amsgrad = false, where: string): Rule {
  checkBoolean(amsgrad, `${where}: amsgrad`);
  const { beta1, beta2, epsilon } = moments;
  return {
    className,
    settings: { beta1, beta2, epsilon, amsgrad },
    slotStarts: amsgrad ? [0, 0, 0] : [0, 0],
    slotNames: amsgrad ? ["m", "v", "vhat"] : ["m", "v"],
    restsAtZero: true,
    step(update, learningRate) {
      const rate = (learningRate * Math.sqrt(1 - power(beta2, update))) / (1 - power(beta1, update));
      const [b1, b2] = [1 - beta1, 1 - beta2];
      return (kernels, weight, state, gradient, count) => {
        const [m, v, peak] = state as readonly [Pointer, Pointer, Pointer];
        if (amsgrad) kernels.momentsUpdate(weight, m, v, peak, gradient, 1, rate, 0, b1, b2, epsilon, count);
        else kernels.adamUpdate(weight, m, v, gradient, rate, b1, b2, epsilon, count);
      };
    },
  };
}
