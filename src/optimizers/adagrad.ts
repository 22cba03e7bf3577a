import type { Pointer } from "../wasm/kernels.js";
import { optimizerKernels } from "../wasm/parts/optimizers.js";
import {
  type CommonOptions,
  checkAtLeastZero,
  checkCommon,
  checkPositive,
  makeOptimizer,
  type ReadyOptimizer,
} from "./common.js";

/** `learningRate` defaults to 0.001. */
export interface AdagradOptions extends CommonOptions {
  /** What the sum of squared gradients starts at, at least 0. Default 0.1. */
  readonly initialAccumulatorValue?: number;
  /** Default 1e-7. */
  readonly epsilon?: number;
}

/**
 * Adagrad (Duchi et al. 2011; Keras: Adagrad): sum += g², w -= learningRate · g / √(sum + epsilon).
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function adagrad(options: AdagradOptions = {}): ReadyOptimizer {
  checkCommon(options, ["initialAccumulatorValue", "epsilon"], "adagrad");
  const { initialAccumulatorValue = 0.1, epsilon = 1e-7 } = options;
  checkAtLeastZero(initialAccumulatorValue, "adagrad: initialAccumulatorValue");
  checkPositive(epsilon, "adagrad: epsilon");
  return makeOptimizer("adagrad", options, 0.001, {
    className: "Adagrad",
    settings: { initialAccumulatorValue, epsilon },
    slotStarts: [initialAccumulatorValue],
    slotNames: ["accumulator"],
    inTensorFlow: { slotNames: ["accumulator"] },
    restsAtZero: true,
    step: (_, rate) => (kernels, weight, state, gradient, count) => {
      optimizerKernels(kernels).adagradUpdate(weight, state[0] as Pointer, gradient, rate, epsilon, count);
    },
  });
}
