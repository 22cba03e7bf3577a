import { type AdamOptions, adamRule } from "./adam.js";
import { checkCommon, makeOptimizer, type ReadyOptimizer } from "./common.js";
import { checkMoments } from "./moments.js";

/** `learningRate` defaults to 0.001, `weightDecay` to 0.004. */
export type AdamwOptions = AdamOptions;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019; Keras: AdamW): before each step of Adam,
 * w -= w · weightDecay · learningRate.
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function adamw(options: AdamwOptions = {}): ReadyOptimizer {
  checkCommon(options, ["beta1", "beta2", "epsilon", "amsgrad"], "adamw");
  const rule = adamRule("AdamW", checkMoments(options, "adamw"), options.amsgrad, "adamw");
  return makeOptimizer("adamw", { ...options, weightDecay: options.weightDecay ?? 0.004 }, 0.001, rule);
}
