import { checkNumber } from "../checks.js";
import type { Pointer } from "../wasm/kernels.js";
import { optimizerKernels } from "../wasm/parts/optimizers.js";
import { type CommonOptions, checkAtLeastZero, checkCommon, makeOptimizer, type ReadyOptimizer } from "./common.js";

/** `learningRate` defaults to 0.001. */
export interface FtrlOptions extends CommonOptions {
  /** At most 0, which stands for a rate that stays. Default -0.5. */
  readonly learningRatePower?: number;
  /** What the sum of squared gradients starts at, at least 0. Default 0.1. */
  readonly initialAccumulatorValue?: number;
  /** At least 0. Default 0. */
  readonly l1RegularizationStrength?: number;
  /** At least 0. Default 0. */
  readonly l2RegularizationStrength?: number;
  /** Of a penalty on the loss, added to the gradient; at least 0. Default 0. */
  readonly l2ShrinkageRegularizationStrength?: number;
  /** As in the paper, at least 0. Default 0. */
  readonly beta?: number;
}

const own = [
  "initialAccumulatorValue",
  "l1RegularizationStrength",
  "l2RegularizationStrength",
  "l2ShrinkageRegularizationStrength",
  "beta",
] as const;

/**
 * Follow the regularized leader (McMahan et al. 2013; Keras: Ftrl): with q = -learningRatePower and sum' = sum + g²,
 * linear += g + 2 · l2Shrinkage · w - (sum'^q - sum^q) / learningRate · w, and
 * w = (clip(linear, -l1, l1) - linear) / ((sum'^q + beta) / learningRate + 2 · l2).
 *
 * A weight that never has a gradient becomes 0 in the first step. With a learning rate of 0 nothing changes.
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function ftrl(options: FtrlOptions = {}): ReadyOptimizer {
  checkCommon(options, ["learningRatePower", ...own], "ftrl");
  const { learningRatePower = -0.5, initialAccumulatorValue = 0.1, beta = 0 } = options;
  const { l1RegularizationStrength = 0, l2RegularizationStrength = 0, l2ShrinkageRegularizationStrength = 0 } = options;
  checkNumber(learningRatePower, "ftrl: learningRatePower", "a number of at most 0", (value) => value <= 0);
  for (const name of own) if (options[name] !== undefined) checkAtLeastZero(options[name], `ftrl: ${name}`);
  return makeOptimizer("ftrl", options, 0.001, {
    className: "Ftrl",
    settings: {
      learningRatePower,
      initialAccumulatorValue,
      l1RegularizationStrength,
      l2RegularizationStrength,
      l2ShrinkageRegularizationStrength,
      beta,
    },
    slotStarts: [initialAccumulatorValue, 0],
    slotNames: ["accumulator", "linear"],
    restsAtZero: false,
    step: (_, rate) => (kernels, weight, state, gradient, count) => {
      if (rate === 0) return;
      const [sum, linear] = state as readonly [Pointer, Pointer];
      const l1 = l1RegularizationStrength;
      const l2 = 2 * l2RegularizationStrength + beta / rate;
      const shrinkage = 2 * l2ShrinkageRegularizationStrength;
      optimizerKernels(kernels).ftrlUpdate(
        weight,
        sum,
        linear,
        gradient,
        rate,
        -learningRatePower,
        l1,
        l2,
        shrinkage,
        count,
      );
    },
  });
}
