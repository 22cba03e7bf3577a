import { checkNumber, checkOptions } from "../checks.js";
import type { Pointer } from "../wasm/kernels.js";
import type { Optimizer } from "./optimizer.js";

export interface AdamOptions {
  /** Default 0.001. */
  readonly learningRate?: number;
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
export function adam(options: AdamOptions = {}): Optimizer {
  checkOptions(options, ["learningRate", "beta1", "beta2", "epsilon"], "adam");
  const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = options;
  checkNumber(learningRate, "adam: learningRate", "a number of at least 0", (value) => value >= 0);
  checkNumber(beta1, "adam: beta1", "a number in [0, 1)", (value) => value >= 0 && value < 1);
  checkNumber(beta2, "adam: beta2", "a number in [0, 1)", (value) => value >= 0 && value < 1);
  checkNumber(epsilon, "adam: epsilon", "a positive number", (value) => value > 0);
  return {
    className: "Adam",
    learningRate,
    get config() {
      return { learningRate: this.learningRate, beta1, beta2, epsilon };
    },
    slots: 2,
    restsAtZero: true,
    step(iteration) {
      const rate = (this.learningRate * Math.sqrt(1 - power(beta2, iteration))) / (1 - power(beta1, iteration));
      return (kernels, weight, state, gradient, count) => {
        const [m, v] = state as readonly [Pointer, Pointer];
        kernels.adamUpdate(weight, m, v, gradient, rate, 1 - beta1, 1 - beta2, epsilon, count);
      };
    },
  };
}

/** base^exponent by squaring: Math.pow may differ from engine to engine. */
function power(base: number, exponent: number): number {
  let result = 1;
  for (let square = base, rest = exponent; rest > 0; rest = Math.floor(rest / 2), square *= square) {
    if (rest % 2 === 1) result *= square;
  }
  return result;
}
