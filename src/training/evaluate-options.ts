/** What `evaluate` and `predict` can be told. */
import { describe } from "../arrays.js";
import type { PredictHooks, TestHooks } from "../callbacks/callback.js";
import { checkInteger, checkOptions } from "../checks.js";
import type { EvaluationSettings } from "./measuring.js";
import type { WeightingOptions } from "./sample-weights.js";

export interface BatchOptions {
  /** Default 128. Changes no result but the order of summing a loss. */
  readonly batchSize?: number;
}

type Verbose = 0 | 1 | 2;

export interface ReportOptions<Hooks> {
  /** What to call before and behind the measuring or predicting, and each of its batches. */
  readonly callbacks?: Hooks | readonly Hooks[];
  /** 1: a progress bar in a terminal, elsewhere as 2: a line at the end. Default 0: nothing. */
  readonly verbose?: Verbose;
}

export interface CheckedReportOptions<Hooks> {
  readonly hooks: readonly Hooks[];
  readonly verbose: Verbose;
}

export interface EvaluateOptions extends BatchOptions, WeightingOptions, ReportOptions<TestHooks> {
  /** How many batches to measure, from the first. Default: all. */
  readonly steps?: number;
}

export interface CheckedEvaluateOptions extends EvaluationSettings, CheckedReportOptions<TestHooks> {}

export interface PredictOptions extends BatchOptions, ReportOptions<PredictHooks> {
  /** How many batches to predict, from the first. Default: all. */
  readonly steps?: number;
}

export interface CheckedPredictOptions extends EvaluationSettings, CheckedReportOptions<PredictHooks> {}

/** @throws TypeError, RangeError for options that are unknown or out of range. */
export function checkEvaluateOptions(options: EvaluateOptions): CheckedEvaluateOptions {
  return checkMeasuring<TestHooks>(options, ["sampleWeight"], "evaluate");
}

/** @throws TypeError, RangeError for options that are unknown or out of range. */
export function checkPredictOptions(options: PredictOptions): CheckedPredictOptions {
  return checkMeasuring<PredictHooks>(options, [], "predict");
}

function checkMeasuring<Hooks extends object>(
  options: BatchOptions & ReportOptions<Hooks> & { readonly steps?: number },
  own: readonly string[],
  where: string,
): EvaluationSettings & CheckedReportOptions<Hooks> {
  checkOptions(options, ["batchSize", ...own, "steps", "callbacks", "verbose"], where);
  const { batchSize = 128, steps } = options;
  checkInteger(batchSize, `${where}: batchSize`, 1);
  if (steps !== undefined) checkInteger(steps, `${where}: steps`, 1);
  return { batchSize, steps, ...checkReport(options, where) };
}

/** @throws TypeError for options that are out of range. */
export function checkReport<Hooks extends object>(
  options: ReportOptions<Hooks>,
  where: string,
): CheckedReportOptions<Hooks> {
  const { callbacks = [], verbose = 0 } = options;
  if (![0, 1, 2].includes(verbose)) {
    throw new TypeError(`${where}: verbose: expected 0, 1 or 2, got ${describe(verbose)}`);
  }
  const hooks = [callbacks].flat() as readonly Hooks[];
  for (const one of hooks) {
    if (typeof one !== "object" || one === null) {
      throw new TypeError(`${where}: callbacks: expected objects with hooks, got ${describe(one)}`);
    }
  }
  return { hooks, verbose };
}
