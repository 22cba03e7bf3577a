/** A study: rounds of runs, each of which is computed once, wherever there is room. */
import { type Configuration, keyOf } from "./configuration.js";
import { multiplications } from "./cost.js";
import type { Executor } from "./executor.js";
import type { Journal } from "./journal.js";
import { rankTrials, type TrialOutcomes } from "./ranking.js";
import type { Job, Outcome } from "./run.js";
import type { Rounds, Trial } from "./strategies.js";

/** How far it has come. */
export interface Progress {
  /** The run that has just ended. */
  readonly job: Job;
  readonly outcome: Outcome;
  /** Of the rounds so far. */
  readonly done: number;
  readonly total: number;
  /** The share of this session's work that is done, by multiplications, in (0, 1]. */
  readonly share: number;
}

export interface StudySettings {
  readonly rounds: Rounds;
  readonly replicates: number;
  readonly journal: Journal;
  readonly executor: Executor;
  readonly onRun?: (progress: Progress) => void;
  /** No job begins after it. */
  readonly stop?: AbortSignal;
}

/**
 * Runs what the journal does not have yet.
 *
 * @returns All trials with their outcomes, in the order in which they were first asked for; undefined when it was stopped.
 * @throws What keeps a run from being computed or written down. What has ended is in the journal.
 */
export async function runStudy(settings: StudySettings): Promise<TrialOutcomes[] | undefined> {
  const { rounds, replicates, journal, stop } = settings;
  const trials = new Map<string, TrialOutcomes>();
  const collect = (trial: Trial): TrialOutcomes => {
    const outcomes = jobsOf(trial, replicates).map((job) => journal.find(job));
    return { ...trial, outcomes: outcomes.filter((outcome) => outcome !== undefined) };
  };
  let done = 0;
  let total = 0;
  let step = rounds.next(() => []);
  while (!step.done) {
    const round = step.value;
    const jobs = round.flatMap((trial) => jobsOf(trial, replicates)).sort((a, b) => a.replicate - b.replicate);
    const open = jobs.filter((job) => journal.find(job) === undefined);
    total += jobs.length;
    done += jobs.length - open.length;
    done = await runJobs(open, settings, done, total);
    if (stop?.aborted) return undefined;
    for (const trial of round) trials.set(`${keyOf(trial.configuration)} ${trial.epochs}`, collect(trial));
    step = rounds.next((asked) => rankTrials(asked.map(collect)));
  }
  return [...trials.values()];
}

/** @returns How many are done now. */
async function runJobs(jobs: readonly Job[], settings: StudySettings, before: number, total: number): Promise<number> {
  const { executor, journal, onRun, stop } = settings;
  const work = jobs.reduce((sum, job) => sum + workOf(job), 0);
  let done = before;
  let worked = 0;
  let next = 0;
  let failed = false;
  const lane = async (): Promise<void> => {
    while (!failed && !stop?.aborted) {
      const job = jobs[next++];
      if (!job) return;
      const outcome = await executor.run(job);
      await journal.append({ job, outcome });
      done++;
      worked += workOf(job);
      onRun?.({ job, outcome, done, total, share: worked / work });
    }
  };
  const lanes = Array.from({ length: Math.min(executor.lanes, jobs.length) }, () =>
    lane().catch((error: unknown) => {
      failed = true;
      // What is dropped by a stop ends with an error of its own
      if (!stop?.aborted) throw error;
    }),
  );
  await Promise.all(lanes);
  return done;
}

function jobsOf({ configuration, epochs }: Trial, replicates: number): Job[] {
  return Array.from({ length: replicates }, (_, replicate) => ({ configuration, epochs, replicate }));
}

/** About how long a job takes, in no unit; each epoch takes something whatever the network. */
function workOf({ configuration, epochs }: { configuration: Configuration; epochs: number }): number {
  return epochs * (multiplications(configuration) + 50_000);
}
