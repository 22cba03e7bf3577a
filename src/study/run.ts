/** One run: a configuration is trained on one split and measured. The same job gives the same figures, wherever it runs. */
import type { NDArray } from "../arrays.js";
import { LanewiseError } from "../errors.js";
import { type Callback, callbacks, type Sequential, take } from "../index.js";
import type { Configuration } from "./configuration.js";
import { countParameters, createCallbacks, createNetwork, type Task, targetsFor } from "./network.js";
import { type ReplicatePlan, seedOf, splitRest, splitTest } from "./replicates.js";

/** The data of a study, as every worker holds it. */
export interface StudyData {
  /** [n, ...], as in the file. */
  readonly images: NDArray;
  /** The classes' numbers, [n]. */
  readonly labels: NDArray<Int32Array>;
  readonly task: Task;
  readonly plan: ReplicatePlan;
  readonly patience: number | null;
}

/** Plain data, that says all there is to say to whoever has the study's data. */
export interface Job {
  readonly configuration: Configuration;
  readonly epochs: number;
  /** The number of the seed and split, from 0. */
  readonly replicate: number;
}

export interface Figures {
  readonly loss: number;
  readonly accuracy: number;
}

/** After each epoch. */
export interface Curves {
  readonly loss: readonly number[];
  readonly accuracy: readonly number[];
  readonly validationLoss: readonly number[];
  readonly validationAccuracy: readonly number[];
}

export interface RunResult {
  readonly validation: Figures;
  /** Of the rows held back for the whole study. No choice may depend on it. */
  readonly test: Figures;
  readonly curves: Curves;
  readonly parameters: number;
  /** Not the same in every run. */
  readonly timing: {
    readonly seconds: number;
    readonly secondsPerEpoch: number;
    readonly microsecondsPerPrediction: number;
  };
}

/** A run whose loss left the numbers has no figures. */
export interface Divergence {
  readonly diverged: string;
}

export type Outcome = RunResult | Divergence;

/** The samples of one run. */
export interface RunParts {
  readonly train: LabelledRows;
  readonly validation: LabelledRows;
  readonly test: LabelledRows;
}

export interface LabelledRows {
  readonly x: NDArray;
  readonly y: NDArray<Int32Array>;
  readonly rows: Uint32Array;
}

export function hasDiverged(outcome: Outcome): outcome is Divergence {
  return "diverged" in outcome;
}

/** @returns What the journal keeps. @throws The signal's reason, once it has come. */
export async function run(job: Job, data: StudyData, signal?: AbortSignal): Promise<Outcome> {
  const parts = cutParts(data, job.replicate);
  let trained: { model: Sequential; curves: Curves; seconds: number };
  try {
    trained = await trainJob(job, data, parts, signal);
  } catch (error) {
    if (error instanceof LanewiseError && /^training diverged/.test(error.message)) return { diverged: error.message };
    throw error;
  }
  const { model, curves, seconds } = trained;
  const targets = (y: NDArray<Int32Array>) => targetsFor(model, y, data.task.classes.length);
  const measure = async ({ x, y }: LabelledRows): Promise<Figures> => {
    const { loss = Number.NaN, accuracy = Number.NaN } = await model.evaluate(x, targets(y));
    return { loss, accuracy };
  };
  const validation = await measure(parts.validation);
  const test = await measure(parts.test);
  const start = performance.now();
  await model.predict(parts.test.x);
  const microseconds = ((performance.now() - start) * 1000) / parts.test.rows.length;
  const result: RunResult = {
    validation,
    test,
    curves,
    parameters: countParameters(model),
    timing: { seconds, secondsPerEpoch: seconds / curves.loss.length, microsecondsPerPrediction: microseconds },
  };
  model.dispose();
  return result;
}

/** @throws LanewiseError when training diverges. */
export async function trainJob(job: Job, data: StudyData, parts: RunParts, signal?: AbortSignal) {
  const { configuration, epochs, replicate } = job;
  const { batchSize } = configuration;
  const { train, validation } = parts;
  const seed = seedOf(data.plan, replicate);
  const stepsPerEpoch = Math.ceil(train.rows.length / batchSize);
  const model = createNetwork(configuration, data.task, seed, { epochs, stepsPerEpoch });
  const list: Callback[] = createCallbacks(configuration);
  const { patience } = data;
  if (patience !== null) list.push(callbacks.earlyStopping({ patience, restoreBestWeights: true }));
  const targets = (y: NDArray<Int32Array>) => targetsFor(model, y, data.task.classes.length);
  const start = model.getWeights();
  const began = performance.now();
  const { history } = await model.fit(train.x, targets(train.y), {
    epochs,
    batchSize,
    seed,
    validationData: [validation.x, targets(validation.y)],
    callbacks: list,
    ...(signal && { signal }),
  });
  const seconds = (performance.now() - began) / 1000;
  const { loss = [], accuracy = [], val_loss = [], val_accuracy = [] } = history;
  const curves: Curves = { loss, accuracy, validationLoss: val_loss, validationAccuracy: val_accuracy };
  return { model, start, curves, seconds };
}

/** Copies of the rows, from memory that all workers share. */
export function cutParts({ images, labels, plan }: StudyData, replicate: number): RunParts {
  const { test, rest } = splitTest(labels, plan);
  const { train, validation } = splitRest(labels, rest, plan, replicate);
  const cut = (rows: Uint32Array): LabelledRows => ({ x: take(images, rows), y: take(labels, rows), rows });
  return { train: cut(train), validation: cut(validation), test: cut(test) };
}
