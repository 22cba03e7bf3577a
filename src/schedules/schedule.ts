/** A learning rate that changes with the steps. */
import { checkInteger, checkNumber, checkOptions } from "../checks.js";

/** Call it with the count of steps taken, 0 for the first. */
export interface Schedule {
  (step: number): number;
  /** The name under which Keras knows it in a saved model. */
  readonly className: string;
  /** The options it was made with, and the defaults of the others. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The same as a call. */
  at(step: number): number;
}

/** As Keras has it for CosineDecay alone. */
export interface WarmupOptions {
  /**
   * First the rate rises in equal steps from `initialLearningRate` to this, and then the schedule begins, at its step 0, as
   * if this were the initial rate. Default (or null): no warm-up, whatever `warmupSteps` is.
   */
  readonly warmupTarget?: number | null;
  /** For how many steps. Default 0. */
  readonly warmupSteps?: number;
}

/** The common checks, with the warm-up as it goes into the config. @throws TypeError, RangeError for what is out of range. */
export function checkSchedule(options: WarmupOptions, own: readonly string[], where: string): WarmupOptions {
  checkOptions(options, [...own, "warmupTarget", "warmupSteps"], where);
  const { warmupTarget, warmupSteps = 0 } = options;
  if (warmupTarget != null) checkNumber(warmupTarget, `${where}: warmupTarget`);
  checkInteger(warmupSteps, `${where}: warmupSteps`, 0);
  return { warmupSteps, ...(warmupTarget != null && { warmupTarget }) };
}

/** @throws TypeError, RangeError unless value is a number above 0. */
export function checkSteps(value: unknown, where: string): asserts value is number {
  checkNumber(value, where, "a positive number", (steps) => steps > 0);
}

/** The rate `step` steps after the start of the schedule, where it begins at `initial`. */
type Decay = (step: number, initial: number) => number;

/** A schedule that decays from an initial rate, if need be after a warm-up. */
export function makeSchedule(
  className: string,
  config: WarmupOptions & Schedule["config"],
  initial: number,
  decay: Decay,
): Schedule {
  const { warmupTarget: target, warmupSteps = 0 } = config;
  return asSchedule(className, config, (step) => {
    if (target == null) return decay(step, initial);
    if (step < warmupSteps) return initial + (target - initial) * (step / warmupSteps);
    return decay(step - warmupSteps, target);
  });
}

export function asSchedule(className: string, config: Schedule["config"], at: (step: number) => number): Schedule {
  return Object.assign((step: number) => at(step), { className, config, at });
}
