import { checkBoolean, checkNumber } from "../checks.js";
import { checkSchedule, checkSteps, makeSchedule, type Schedule, type WarmupOptions } from "./schedule.js";

export interface InverseTimeDecayOptions extends WarmupOptions {
  readonly initialLearningRate: number;
  /** In how many steps the divisor grows by `decayRate`. Above 0. */
  readonly decaySteps: number;
  readonly decayRate: number;
  /** All at once at the end of each such stretch of steps. Default false. */
  readonly staircase?: boolean;
}

/**
 * initialLearningRate / (1 + decayRate · step / decaySteps), the quotient of steps rounded down for a staircase
 * (Keras: InverseTimeDecay).
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function inverseTimeDecay(options: InverseTimeDecayOptions): Schedule {
  const own = ["initialLearningRate", "decaySteps", "decayRate", "staircase"];
  const warmup = checkSchedule(options, own, "inverseTimeDecay");
  const { initialLearningRate, decaySteps, decayRate, staircase = false } = options;
  checkNumber(initialLearningRate, "inverseTimeDecay: initialLearningRate");
  checkSteps(decaySteps, "inverseTimeDecay: decaySteps");
  checkNumber(decayRate, "inverseTimeDecay: decayRate");
  checkBoolean(staircase, "inverseTimeDecay: staircase");
  const config = { initialLearningRate, decaySteps, decayRate, staircase, ...warmup };
  return makeSchedule("InverseTimeDecay", config, initialLearningRate, (step, initial) => {
    const stretches = step / decaySteps;
    return initial / (1 + decayRate * (staircase ? Math.floor(stretches) : stretches));
  });
}
