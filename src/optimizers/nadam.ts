import { power } from "../schedules/elementary.js";
import type { Pointer } from "../wasm/kernels.js";
import { checkCommon, makeOptimizer, type ReadyOptimizer } from "./common.js";
import { checkMoments, type MomentsOptions } from "./moments.js";

/** `learningRate` defaults to 0.001. */
export type NadamOptions = MomentsOptions;

/**
 * Adam with Nesterov's momentum (Dozat 2016; Keras: Nadam): m and v as in Adam, u_t = beta1 · (1 - ½ · 0.96^t),
 * w -= learningRate · (u_(t+1) · m / (1 - Π u_1…u_(t+1)) + (1 - u_t) · g / (1 - Π u_1…u_t)) / (√(v / (1 - beta2^t)) + epsilon).
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function nadam(options: NadamOptions = {}): ReadyOptimizer {
  checkCommon(options, ["beta1", "beta2", "epsilon"], "nadam");
  const { beta1, beta2, epsilon } = checkMoments(options, "nadam");
  const momentum = (t: number): number => beta1 * (1 - 0.5 * power(0.96, t));
  const product = planProduct(momentum);
  return makeOptimizer("nadam", options, 0.001, {
    className: "Nadam",
    settings: { beta1, beta2, epsilon },
    slotStarts: [0, 0],
    slotNames: ["m", "v"],
    restsAtZero: true,
    step(update, learningRate) {
      const [now, next] = [momentum(update), momentum(update + 1)];
      const soFar = product(update);
      const correction = Math.sqrt(1 - power(beta2, update));
      const rate = learningRate * correction;
      const mRate = (rate * next) / (1 - soFar * next);
      const gRate = (rate * (1 - now)) / (1 - soFar);
      const eps = epsilon * correction;
      return (kernels, weight, state, gradient, count) => {
        const [m, v] = state as readonly [Pointer, Pointer];
        kernels.momentsUpdate(weight, m, v, v, gradient, 1, mRate, gRate, 1 - beta1, 1 - beta2, eps, count);
      };
    },
  });
}

/** The product of the first `count` factors. Goes on from where the last call ended, or begins anew. */
function planProduct(factor: (index: number) => number): (count: number) => number {
  let [known, value] = [0, 1];
  return (count) => {
    if (count < known) [known, value] = [0, 1];
    // Once it is 0 it stays so
    while (known < count && value > 0) value *= factor(++known);
    return value;
  };
}
