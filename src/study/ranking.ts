/** Which configuration is the best: by validation data alone. */
import { hasDiverged, type Outcome, type RunResult } from "./run.js";
import { meanOf } from "./statistics.js";
import type { Trial } from "./strategies.js";

export interface TrialOutcomes extends Trial {
  /** Of its replicates, in their order. */
  readonly outcomes: readonly Outcome[];
}

/**
 * Best first: by mean validation accuracy, then by mean validation loss, then in the order given. What has diverged in any run
 * comes last.
 */
export function rankTrials(trials: readonly TrialOutcomes[]): TrialOutcomes[] {
  const scored = trials.map((trial) => ({ trial, ...scoreOf(trial.outcomes) }));
  return scored
    .sort((a, b) => a.diverged - b.diverged || compare(b.accuracy, a.accuracy) || compare(a.loss, b.loss))
    .map(({ trial }) => trial);
}

/** The runs that have figures. */
export function resultsOf(outcomes: readonly Outcome[]): RunResult[] {
  return outcomes.filter((outcome): outcome is RunResult => !hasDiverged(outcome));
}

function scoreOf(outcomes: readonly Outcome[]) {
  const results = resultsOf(outcomes).map(({ validation }) => validation);
  return {
    diverged: outcomes.length - results.length,
    accuracy: meanOf(results.map(({ accuracy }) => accuracy)),
    loss: meanOf(results.map(({ loss }) => loss)),
  };
}

/** Without a figure: equal. */
function compare(a: number, b: number): number {
  return a - b || 0;
}
