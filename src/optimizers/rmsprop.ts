import { checkBoolean } from "../checks.js";
import type { Pointer } from "../wasm/kernels.js";
import { optimizerKernels } from "../wasm/parts/optimizers.js";
import {
  type CommonOptions,
  checkCommon,
  checkMomentum,
  checkPositive,
  checkShare,
  makeOptimizer,
  type ReadyOptimizer,
} from "./common.js";

/** `learningRate` defaults to 0.001. */
export interface RmspropOptions extends CommonOptions {
  /** Decay of the mean of squared gradients, in [0, 1). Default 0.9. */
  readonly rho?: number;
  /** In [0, 1]. Default 0. */
  readonly momentum?: number;
  /** Default 1e-7. */
  readonly epsilon?: number;
  /** Divides by the deviation of the gradients instead of their size. Default false. */
  readonly centered?: boolean;
}

const NONE = 0 as Pointer;

/**
 * RMSprop (Hinton 2012) as in Keras: v = rho · v + (1 - rho) · g², step = learningRate · g / √(v + epsilon), w -= step.
 * With momentum, velocity = momentum · velocity + step, w -= velocity. Centered, v - mean² in place of v, with
 * mean = rho · mean + (1 - rho) · g.
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function rmsprop(options: RmspropOptions = {}): ReadyOptimizer {
  checkCommon(options, ["rho", "momentum", "epsilon", "centered"], "rmsprop");
  const { rho = 0.9, momentum = 0, epsilon = 1e-7, centered = false } = options;
  checkShare(rho, "rmsprop: rho");
  checkMomentum(momentum, "rmsprop: momentum");
  checkPositive(epsilon, "rmsprop: epsilon");
  checkBoolean(centered, "rmsprop: centered");
  const slotNames = ["rms", ...(momentum > 0 ? ["momentum"] : []), ...(centered ? ["mg"] : [])];
  return makeOptimizer("rmsprop", options, 0.001, {
    className: "RMSprop",
    settings: { rho, momentum, epsilon, centered },
    slotStarts: slotNames.map(() => 0),
    slotNames,
    inTensorFlow: { slotNames: ["rms", "momentum", ...(centered ? ["mg"] : [])] },
    restsAtZero: true,
    step: (_, rate) => (kernels, weight, state, gradient, count) => {
      const [v, ...rest] = state as readonly [Pointer, ...Pointer[]];
      const velocity = momentum > 0 ? (rest.shift() as Pointer) : NONE;
      const mean = centered ? (rest.shift() as Pointer) : NONE;
      optimizerKernels(kernels).rmspropUpdate(
        weight,
        v,
        mean,
        velocity,
        gradient,
        rate,
        rho,
        1 - rho,
        momentum,
        epsilon,
        count,
      );
    },
  });
}
