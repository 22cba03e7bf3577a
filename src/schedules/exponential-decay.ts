import { checkBoolean, checkNumber } from "../checks.js";
import { power } from "./elementary.js";
import { checkSchedule, checkSteps, makeSchedule, type Schedule, type WarmupOptions } from "./schedule.js";

export interface ExponentialDecayOptions extends WarmupOptions {
  readonly initialLearningRate: number;
  /** In how many steps the rate is multiplied by `decayRate`. Above 0. */
  readonly decaySteps: number;
  /** At least 0. */
  readonly decayRate: number;
  /** All at once at the end of each such stretch of steps. Default false. */
  readonly staircase?: boolean;
}

/**
 * initialLearningRate · decayRate^(step / decaySteps), the exponent rounded down for a staircase (Keras: ExponentialDecay).
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function exponentialDecay(options: ExponentialDecayOptions): Schedule {
  const own = ["initialLearningRate", "decaySteps", "decayRate", "staircase"];
  const warmup = checkSchedule(options, own, "exponentialDecay");
  const { initialLearningRate, decaySteps, decayRate, staircase = false } = options;
  checkNumber(initialLearningRate, "exponentialDecay: initialLearningRate");
  checkSteps(decaySteps, "exponentialDecay: decaySteps");
  checkNumber(decayRate, "exponentialDecay: decayRate", "a number of at least 0", (rate) => rate >= 0);
  checkBoolean(staircase, "exponentialDecay: staircase");
  const config = { initialLearningRate, decaySteps, decayRate, staircase, ...warmup };
  return makeSchedule("ExponentialDecay", config, initialLearningRate, (step, initial) => {
    const stretches = step / decaySteps;
    return initial * power(decayRate, staircase ? Math.floor(stretches) : stretches);
  });
}
