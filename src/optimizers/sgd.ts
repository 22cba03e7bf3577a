import { checkBoolean } from "../checks.js";
import { type CommonOptions, checkCommon, checkMomentum, makeOptimizer, type ReadyOptimizer } from "./common.js";

/** `learningRate` defaults to 0.01. */
export interface SgdOptions extends CommonOptions {
  /** In [0, 1]. Default 0. */
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
export function sgd(options: SgdOptions = {}): ReadyOptimizer {
  checkCommon(options, ["momentum", "nesterov"], "sgd");
  const { momentum = 0, nesterov = false } = options;
  checkMomentum(momentum, "sgd: momentum");
  checkBoolean(nesterov, "sgd: nesterov");
  return makeOptimizer("sgd", options, 0.01, {
    className: "SGD",
    settings: { momentum, nesterov },
    slotStarts: momentum > 0 ? [0] : [],
    slotNames: momentum > 0 ? ["velocity"] : [],
    inTensorFlow: { slotNames: momentum > 0 ? ["momentum", "velocity"] : [] },
    restsAtZero: true,
    step: (_, rate) => (kernels, weight, state, gradient, count) => {
      const [velocity] = state;
      if (momentum === 0 || velocity === undefined) kernels.sgdUpdate(weight, gradient, rate, count);
      else kernels.sgdMomentumUpdate(weight, velocity, gradient, rate, momentum, nesterov, count);
    },
  });
}
