import { checkNumber } from "../checks.js";
import { cosinePi, power } from "./elementary.js";
import { checkSchedule, checkSteps, makeSchedule, type Schedule, type WarmupOptions } from "./schedule.js";

export interface CosineDecayRestartsOptions extends WarmupOptions {
  readonly initialLearningRate: number;
  /** The length of the first period. Above 0. */
  readonly firstDecaySteps: number;
  /** How many times longer each period is than the one before. Above 0. Default 2. */
  readonly tMul?: number;
  /** How many times higher each period starts than the one before. Default 1. */
  readonly mMul?: number;
  /** The least share of the initial rate. Default 0. */
  readonly alpha?: number;
}

/**
 * initialLearningRate · ((1 - alpha) · ½ · mMul^period · (1 + cos(π · share)) + alpha), with the period, counted from 0, and
 * the share of it that is over (Loshchilov and Hutter 2016; Keras: CosineDecayRestarts).
 *
 * @throws TypeError, RangeError for options out of range.
 */
export function cosineDecayRestarts(options: CosineDecayRestartsOptions): Schedule {
  const where = "cosineDecayRestarts";
  const warmup = checkSchedule(options, ["initialLearningRate", "firstDecaySteps", "tMul", "mMul", "alpha"], where);
  const { initialLearningRate, firstDecaySteps, tMul = 2, mMul = 1, alpha = 0 } = options;
  checkNumber(initialLearningRate, `${where}: initialLearningRate`);
  checkSteps(firstDecaySteps, `${where}: firstDecaySteps`);
  checkSteps(tMul, `${where}: tMul`);
  checkNumber(mMul, `${where}: mMul`);
  checkNumber(alpha, `${where}: alpha`);
  const config = { initialLearningRate, firstDecaySteps, tMul, mMul, alpha, ...warmup };
  return makeSchedule("CosineDecayRestarts", config, initialLearningRate, (step, initial) => {
    const { period, share } = findPeriod(step / firstDecaySteps, tMul);
    const cosine = 0.5 * power(mMul, period) * (1 + cosinePi(share));
    return initial * ((1 - alpha) * cosine + alpha);
  });
}

/** Counting periods, not by logarithms: those miss by one where a period ends. `time` is in lengths of the first. */
function findPeriod(time: number, growth: number): { period: number; share: number } {
  if (growth === 1) return { period: Math.floor(time), share: time - Math.floor(time) };
  let [period, start, length] = [0, 0, 1];
  // Periods that shrink come to an end, where a sum no longer grows
  for (; time >= start + length && start + length > start; length *= growth) {
    start += length;
    period++;
  }
  return { period, share: Math.min((time - start) / length, 1) };
}
