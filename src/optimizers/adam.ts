import type { Pointer } from "../wasm/kernels.js";
import {
  type CommonOptions,
  checkCommon,
  checkPositive,
  checkShare,
  makeOptimizer,
  type ReadyOptimizer,
} from "./common.js";
import { power } from "./power.js";

/** `learningRate` defaults to 0.001. */
export interface AdamOptions extends CommonOptions {
  /** Decay of the mean of gradients, in [0, 1). Default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of their squares, in [0, 1). Default 0.999. */
  readonly beta2?: number;
  /** Default 1e-7. Moments of gradients under some 1e-15 count as 0, so that far smaller values make no sense. */
  readonly epsilon?: number;
}

/**
 * Adam (Kingma and Ba 2014) as in Keras: m += (g - m)(1 - beta1), v += (g² - v)(1 - beta2),
 * w -= learningRate · √(1 - beta2^t) / (1 - beta1^t) · m / (√v + epsilon).
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function adam(options: AdamOptions = {}): ReadyOptimizer {
  checkCommon(options, ["beta1", "beta2", "epsilon"], "adam");
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = options;
  checkShare(beta1, "adam: beta1");
  checkShare(beta2, "adam: beta2");
  checkPositive(epsilon, "adam: epsilon");
  return makeOptimizer("adam", options, 0.001, {
    className: "Adam",
    settings: { beta1, beta2, epsilon },
    slotStarts: [0, 0],
    slotNames: ["m", "v"],
    restsAtZero: true,
    step(update, learningRate) {
      const rate = (learningRate * Math.sqrt(1 - power(beta2, update))) / (1 - power(beta1, update));
      return (kernels, weight, state, gradient, count) => {
        const [m, v] = state as readonly [Pointer, Pointer];
        kernels.adamUpdate(weight, m, v, gradient, rate, 1 - beta1, 1 - beta2, epsilon, count);
      };
    },
  });
}
