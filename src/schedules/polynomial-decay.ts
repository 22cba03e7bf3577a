import { checkBoolean, checkNumber } from "../checks.js";
import { power } from "./elementary.js";
import { checkSchedule, checkSteps, makeSchedule, type Schedule, type WarmupOptions } from "./schedule.js";

export interface PolynomialDecayOptions extends WarmupOptions {
  readonly initialLearningRate: number;
  /** Above 0. */
  readonly decaySteps: number;
  /** Default 0.0001. */
  readonly endLearningRate?: number;
  /** Default 1: a straight line. */
  readonly power?: number;
  /** Beyond decaySteps, take the next multiple of it in its place, instead of staying at the end. Default false. */
  readonly cycle?: boolean;
}

/**
 * (initialLearningRate - endLearningRate) · (1 - step / decaySteps)^power + endLearningRate, and endLearningRate from then
 * on (Keras: PolynomialDecay).
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function polynomialDecay(options: PolynomialDecayOptions): Schedule {
  const own = ["initialLearningRate", "decaySteps", "endLearningRate", "power", "cycle"];
  const warmup = checkSchedule(options, own, "polynomialDecay");
  const { initialLearningRate, decaySteps, endLearningRate = 0.0001, power: exponent = 1, cycle = false } = options;
  checkNumber(initialLearningRate, "polynomialDecay: initialLearningRate");
  checkSteps(decaySteps, "polynomialDecay: decaySteps");
  checkNumber(endLearningRate, "polynomialDecay: endLearningRate");
  checkNumber(exponent, "polynomialDecay: power");
  checkBoolean(cycle, "polynomialDecay: cycle");
  const config = { initialLearningRate, decaySteps, endLearningRate, power: exponent, cycle, ...warmup };
  return makeSchedule("PolynomialDecay", config, initialLearningRate, (step, initial) => {
    const end = cycle && step !== 0 ? decaySteps * Math.ceil(step / decaySteps) : decaySteps;
    const left = 1 - (cycle ? step : Math.min(step, end)) / end;
    return (initial - endLearningRate) * power(left, exponent) + endLearningRate;
  });
}
