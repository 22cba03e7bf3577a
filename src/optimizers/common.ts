/** What all optimizers share: the options that every one has, and the optimizer made from them and a rule. */

import { describe, type NDArray } from "../arrays.js";
import { checkBoolean, checkInteger, checkNumber, checkOptions } from "../checks.js";
import { followRate } from "../schedules/follow.js";
import type { Schedule } from "../schedules/schedule.js";
import { type GradientAndParameter, startApplication } from "./apply.js";
import type { Optimizer, Update } from "./optimizer.js";

/** Of those that have no default, null means none, as Keras's None does. */
export interface CommonOptions {
  /** A number of at least 0, or a schedule (or any function) that gives it for the count of steps taken, 0 at first. */
  readonly learningRate?: number | Schedule | ((step: number) => number);
  /** Before each update, w -= w · weightDecay · learningRate. At least 0. Default: none. */
  readonly weightDecay?: number | null;
  /**
   * The weights that do not decay: those with one of these texts in their names, `["bias", "gamma"]`, and those with one for
   * a path, `["dense_1/kernel"]`. Default: none.
   */
  readonly excludeFromWeightDecay?: readonly string[] | null;
  /** The gradient of each weight is scaled down to this norm, if it is longer. Above 0. Default: none. */
  readonly clipnorm?: number | null;
  /** All gradients together are scaled down to this norm, if they are longer. Above 0. Default: none. */
  readonly globalClipnorm?: number | null;
  /** Each element of a gradient is brought into [-clipvalue, clipvalue]. Above 0. Default: none. At most one clips. */
  readonly clipvalue?: number | null;
  /** Keeps a moving average of the weights, which they are set to when `fit` ends. Default false. */
  readonly useEma?: boolean;
  /** average = emaMomentum · average + (1 - emaMomentum) · w, the first time average = w. In [0, 1]. Default 0.99. */
  readonly emaMomentum?: number;
  /** The weights are set to their averages after every so many updates, too. At least 1. Default: never. */
  readonly emaOverwriteFrequency?: number | null;
  /** One update in so many steps, by the mean of their gradients. At least 2. Default: one in every step. */
  readonly gradientAccumulationSteps?: number | null;
  /**
   * `apply` divides its gradients by this, which their loss was multiplied by. Above 0. Default 1. A model does neither, as in
   * float32 it comes to the same.
   */
  readonly lossScaleFactor?: number | null;
}

/** What tells one optimizer from another. */
export interface Rule {
  readonly className: string;
  /** Its own settings. */
  readonly settings: Readonly<Record<string, number | boolean>>;
  /** What each of its slots is at the start. */
  readonly slotStarts: readonly number[];
  /** Their names in a saved model. */
  readonly slotNames: readonly string[];
  /** See Optimizer. */
  readonly inTensorFlow?: Optimizer["inTensorFlow"];
  readonly restsAtZero: boolean;
  readonly takesWholeWeights?: boolean;
  /** `update` counts updates from 1. */
  step(update: number, learningRate: number): Update;
}

/** An optimizer that also works without a model. */
export interface ReadyOptimizer extends Optimizer {
  /**
   * One step without a model: `[gradient, parameter]` pairs in, fresh float32 arrays of the parameters' shapes out.
   *
   * What it remembers from call to call belongs to a pair's place in the list. The state of models is another: it stays in
   * them, so that one optimizer may stand in several.
   *
   * @throws TypeError for what is no array of numbers; ShapeError unless a gradient has its parameter's shape, and number
   *   and shapes are those of the first call. Nothing has changed then.
   */
  apply(pairs: readonly GradientAndParameter[]): NDArray<Float32Array>[];
  /** How many updates `apply` has made. */
  readonly iterations: number;
  /** Copies of what `apply` remembers: of the first parameter each slot, then of the second, and so on. */
  readonly variables: readonly NDArray<Float32Array>[];
}

const commonNames = [
  "weightDecay",
  "excludeFromWeightDecay",
  "clipnorm",
  "globalClipnorm",
  "clipvalue",
  "useEma",
  "emaMomentum",
  "emaOverwriteFrequency",
  "gradientAccumulationSteps",
  "lossScaleFactor",
];

/** @throws TypeError, RangeError for options that are unknown, or common and out of range. */
export function checkCommon(options: CommonOptions, own: readonly string[], where: string): void {
  checkOptions(options, ["learningRate", ...own, ...commonNames], where);
  const { weightDecay, clipnorm, globalClipnorm, clipvalue, useEma, emaMomentum } = options;
  const { emaOverwriteFrequency, gradientAccumulationSteps, lossScaleFactor, excludeFromWeightDecay } = options;
  if (weightDecay != null) checkAtLeastZero(weightDecay, `${where}: weightDecay`);
  if (excludeFromWeightDecay != null) checkNames(excludeFromWeightDecay, `${where}: excludeFromWeightDecay`);
  if (lossScaleFactor != null) checkPositive(lossScaleFactor, `${where}: lossScaleFactor`);
  const clips = Object.entries({ clipnorm, globalClipnorm, clipvalue }).filter(([, limit]) => limit != null);
  for (const [name, limit] of clips) checkPositive(limit, `${where}: ${name}`);
  if (clips.length > 1) {
    const names = clips.map(([name]) => name).join(" and ");
    throw new RangeError(`${where}: expected one of clipnorm, globalClipnorm and clipvalue, got ${names}`);
  }
  if (useEma !== undefined) checkBoolean(useEma, `${where}: useEma`);
  if (emaMomentum !== undefined) checkMomentum(emaMomentum, `${where}: emaMomentum`);
  if (emaOverwriteFrequency != null) checkInteger(emaOverwriteFrequency, `${where}: emaOverwriteFrequency`, 1);
  if (gradientAccumulationSteps != null) {
    checkInteger(gradientAccumulationSteps, `${where}: gradientAccumulationSteps`, 2);
  }
}

function checkNames(value: unknown, where: string): void {
  if (Array.isArray(value) && value.every((name) => typeof name === "string" && name !== "")) return;
  throw new TypeError(`${where}: expected an array of names, got ${describe(value)}`);
}

/** @throws TypeError, RangeError unless value is a number of at least 0. */
export function checkAtLeastZero(value: unknown, where: string): asserts value is number {
  checkNumber(value, where, "a number of at least 0", (number) => number >= 0);
}

/** @throws TypeError, RangeError unless value is above 0. */
export function checkPositive(value: unknown, where: string): asserts value is number {
  checkNumber(value, where, "a positive number", (number) => number > 0);
}

/** @throws TypeError, RangeError unless value is in [0, 1). */
export function checkShare(value: unknown, where: string): asserts value is number {
  checkNumber(value, where, "a number in [0, 1)", (number) => number >= 0 && number < 1);
}

/** @throws TypeError, RangeError unless value is in [0, 1]. */
export function checkMomentum(value: unknown, where: string): asserts value is number {
  checkNumber(value, where, "a number in [0, 1]", (number) => number >= 0 && number <= 1);
}

/**
 * The optimizer of a rule, with checked options.
 *
 * @throws TypeError, RangeError for a learning rate that is none.
 */
export function makeOptimizer(where: string, options: CommonOptions, defaultRate: number, rule: Rule): ReadyOptimizer {
  const { learningRate = defaultRate, clipnorm, globalClipnorm, clipvalue, useEma = false, lossScaleFactor } = options;
  const weightDecay = options.weightDecay ?? 0;
  const undecayed = options.excludeFromWeightDecay ?? [];
  const accumulated = options.gradientAccumulationSteps ?? 1;
  const rate = followRate(learningRate, where);
  const averageStart = useEma ? (["weight"] as const) : [];
  const slotStarts = [...rule.slotStarts, ...averageStart, ...(accumulated > 1 ? [0] : [])];
  const given = Object.entries(options).filter(([name, value]) => commonNames.includes(name) && value != null);
  const application = startApplication();

  const optimizer: ReadyOptimizer = {
    className: rule.className,
    get learningRate(): number {
      return rate.now;
    },
    set learningRate(value: number | Schedule) {
      rate.set(value);
    },
    get config() {
      return { learningRate: rate.config, ...rule.settings, ...Object.fromEntries(given) };
    },
    slots: slotStarts.length,
    slotStarts,
    slotNames: [...rule.slotNames, ...(useEma ? ["average"] : []), ...(accumulated > 1 ? ["gradient_sum"] : [])],
    ...(rule.inTensorFlow && { inTensorFlow: rule.inTensorFlow }),
    restsAtZero: rule.restsAtZero && weightDecay === 0 && !useEma,
    ...(rule.takesWholeWeights && { takesWholeWeights: true }),
    ...(clipnorm != null && { clipnorm }),
    ...(globalClipnorm != null && { globalClipnorm }),
    ...(lossScaleFactor != null && { lossScaleFactor }),
    ...(accumulated > 1 && { accumulation: { steps: accumulated, slot: slotStarts.length - 1 } }),
    ...(useEma && {
      averaging: {
        momentum: options.emaMomentum ?? 0.99,
        overwriteFrequency: options.emaOverwriteFrequency ?? undefined,
        slot: rule.slotStarts.length,
      },
    }),
    step(iteration) {
      const learningRate = rate.take(iteration);
      const update = rule.step(Math.ceil(iteration / accumulated), learningRate);
      if (clipvalue == null && weightDecay === 0) return update;
      const decay = weightDecay * learningRate;
      return (kernels, weight, state, gradient, count, path) => {
        if (clipvalue != null) kernels.clip(gradient, gradient, -clipvalue, clipvalue, count);
        // w -= decay · w
        if (decay > 0 && !isNamed(path, undecayed)) kernels.sgdUpdate(weight, weight, decay, count);
        update(kernels, weight, state, gradient, count);
      };
    },
    apply: (pairs) => application.apply(optimizer, pairs),
    get iterations() {
      return Math.floor(application.steps / accumulated);
    },
    get variables() {
      return application.variables();
    },
  };
  return optimizer;
}

/** Whether one of the texts is the path of a weight, or in its name, which is behind the last slash. */
function isNamed(path = "", texts: readonly string[]): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return texts.some((text) => text === path || name.includes(text));
}
