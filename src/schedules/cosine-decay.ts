import { checkNumber } from "../checks.js";
import { cosinePi } from "./elementary.js";
import { checkSchedule, checkSteps, makeSchedule, type Schedule, type WarmupOptions } from "./schedule.js";

export interface CosineDecayOptions extends WarmupOptions {
  readonly initialLearningRate: number;
  /** Above 0. The steps of a warm-up come before them. */
  readonly decaySteps: number;
  /** The share of the initial rate that is left at the end. Default 0. */
  readonly alpha?: number;
}

/**
 * initialLearningRate · ((1 - alpha) · ½ · (1 + cos(π · step / decaySteps)) + alpha), and alpha · initialLearningRate from
 * then on (Loshchilov and Hutter 2016; Keras: CosineDecay).
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function cosineDecay(options: CosineDecayOptions): Schedule {
  const warmup = checkSchedule(options, ["initialLearningRate", "decaySteps", "alpha"], "cosineDecay");
  const { initialLearningRate, decaySteps, alpha = 0 } = options;
  checkNumber(initialLearningRate, "cosineDecay: initialLearningRate");
  checkSteps(decaySteps, "cosineDecay: decaySteps");
  checkNumber(alpha, "cosineDecay: alpha");
  const config = { initialLearningRate, decaySteps, alpha, ...warmup };
  return makeSchedule("CosineDecay", config, initialLearningRate, (step, initial) => {
    const cosine = 0.5 * (1 + cosinePi(Math.min(step, decaySteps) / decaySteps));
    return initial * ((1 - alpha) * cosine + alpha);
  });
}
