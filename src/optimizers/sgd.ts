import { checkBoolean, checkNumber, checkOptions } from "../checks.js";
import type { Optimizer } from "./optimizer.js";

export interface SgdOptions {
  /** Default 0.01. */
  readonly learningRate?: number;
  /** In [0, 1). Default 0. */
  readonly momentum?: number;
  /** Default false. */
  readonly nesterov?: boolean;
}

/**
 * Stochastic gradient descent (Keras: SGD): w -= learningRate · g, and with momentum v = momentum · v - learningRate · g,
 * w += v, or by Nesterov w += momentum · v - learningRate · g.
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function sgd(options: SgdOptions = {}): Optimizer {
  checkOptions(options, ["learningRate", "momentum", "nesterov"], "sgd");
  const { learningRate = 0.01, momentum = 0, nesterov = false } = options;
  checkNumber(learningRate, "sgd: learningRate", "a number of at least 0", (value) => value >= 0);
  checkNumber(momentum, "sgd: momentum", "a number in [0, 1)", (value) => value >= 0 && value < 1);
  checkBoolean(nesterov, "sgd: nesterov");
  return {
    className: "SGD",
    learningRate,
    get config() {
      return { learningRate: this.learningRate, momentum, nesterov };
    },
    slots: momentum > 0 ? 1 : 0,
    restsAtZero: true,
    step() {
      const rate = this.learningRate;
      return (kernels, weight, [velocity], gradient, count) => {
        if (velocity === undefined) kernels.sgdUpdate(weight, gradient, rate, count);
        else kernels.sgdMomentumUpdate(weight, velocity, gradient, rate, momentum, nesterov, count);
      };
    },
  };
}
