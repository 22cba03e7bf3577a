import { describe } from "../arrays.js";
import { checkInteger, checkNumber, checkOptions } from "../checks.js";
import { cosinePi } from "./elementary.js";
import { asSchedule, type Schedule } from "./schedule.js";

export interface OneCycleOptions {
  /** Where the rate goes up to. */
  readonly maxLearningRate: number;
  /** At least 1. */
  readonly totalSteps: number;
  /** The share of the steps in which the rate goes up, in [0, 1]. Default 0.3. */
  readonly percentageStart?: number;
  /** Default 'cos': slow, fast, slow. Or 'linear'. */
  readonly annealing?: "cos" | "linear";
  /** The rate starts at maxLearningRate / divFactor. Above 0. Default 25. */
  readonly divFactor?: number;
  /** It ends at its start / finalDivFactor. Above 0. Default 10,000. */
  readonly finalDivFactor?: number;
}

/**
 * Up to the highest rate and down to nearly nothing, once (Smith and Topin 2017; PyTorch: OneCycleLR, in two phases).
 *
 * Up from step 0 to percentageStart · totalSteps - 1, down to totalSteps - 1; from then on the rate stays.
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function oneCycle(options: OneCycleOptions): Schedule {
  const known = ["maxLearningRate", "totalSteps", "percentageStart", "annealing", "divFactor", "finalDivFactor"];
  checkOptions(options, known, "oneCycle");
  const { maxLearningRate, totalSteps, percentageStart = 0.3, annealing = "cos" } = options;
  const { divFactor = 25, finalDivFactor = 10_000 } = options;
  checkNumber(maxLearningRate, "oneCycle: maxLearningRate");
  checkInteger(totalSteps, "oneCycle: totalSteps", 1);
  checkNumber(percentageStart, "oneCycle: percentageStart", "a number in [0, 1]", (share) => share >= 0 && share <= 1);
  if (annealing !== "cos" && annealing !== "linear") {
    throw new RangeError(`oneCycle: annealing: expected 'cos' or 'linear', got ${describe(annealing)}`);
  }
  for (const [name, factor] of Object.entries({ divFactor, finalDivFactor })) {
    checkNumber(factor, `oneCycle: ${name}`, "a positive number", (value) => value > 0);
  }
  const start = maxLearningRate / divFactor;
  const end = start / finalDivFactor;
  const summit = percentageStart * totalSteps - 1;
  const last = totalSteps - 1;
  const between = (from: number, to: number, share: number): number =>
    annealing === "cos" ? to + ((from - to) / 2) * (1 + cosinePi(share)) : from + (to - from) * share;
  const config = { maxLearningRate, totalSteps, percentageStart, annealing, divFactor, finalDivFactor };
  return asSchedule("OneCycle", config, (step) => {
    if (step >= last) return end;
    if (step <= summit) return between(start, maxLearningRate, summit === 0 ? 1 : step / summit);
    return between(maxLearningRate, end, (step - summit) / (last - summit));
  });
}
