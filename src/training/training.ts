/** The loop: epochs, batches, validation, callbacks. */

import type { Callback, Logs, ModelInTraining, TrainingRun } from "../callbacks/callback.js";
import { history as recordHistory } from "../callbacks/history.js";
import { forEachHook, toHooks } from "../callbacks/hooks.js";
import { LanewiseError, StateError } from "../errors.js";
import { type Network, toSeed } from "../network/network.js";
import type { Optimizer } from "../optimizers/index.js";
import type { BatchSource, Scored } from "./batches.js";
import { figureNames, prefixed, RunningFigures, type Validate } from "./measuring.js";
import { type Steps, startWork } from "./steps.js";
import { planPauses, type YieldEvery } from "./yielding.js";

/** What a training run leaves behind. */
export interface History {
  /** The epochs that were run, from 0. */
  readonly epoch: number[];
  /** Per figure, its value in each of them: `loss`, each metric, `val_loss` and so on. */
  readonly history: Record<string, number[]>;
  /** The seed of shuffles and dropout, and of the weights if this run made them. */
  readonly seed: number;
}

export interface TrainSettings {
  readonly epochs: number;
  readonly initialEpoch: number;
  readonly callbacks: readonly Callback[];
  readonly verbose: number;
  readonly seed: number;
  /** Whether the seed is the user's, so that training with another cannot go on with it. */
  readonly seedIsGiven: boolean;
  /** Whether to measure validation data at the end of an epoch, which counts from 0. */
  validatesAfter(epoch: number): boolean;
  readonly yieldEvery: YieldEvery;
  readonly signal: AbortSignal | undefined;
}

/** The data of a run. It lies in memory above all else. */
export interface TrainingData {
  /** Undefined when there is nothing to validate on. Others have their turn between batches where `pause` says so. */
  readonly validate: Validate | undefined;
  readonly source: BatchSource;
}

/**
 * Trains the network. On any error all memory but that of weights and state is free again.
 *
 * @param open Brings the data into memory, in steps, or throws, with nothing changed.
 * @param onOpened Called with the seed when that went well, and again when training goes on from a state with another seed.
 */
export async function train(
  network: Network,
  model: ModelInTraining,
  { optimizer, objective }: Scored,
  settings: TrainSettings,
  open: () => Steps<TrainingData>,
  onOpened: (seed: number) => void,
): Promise<History> {
  const { epochs, signal } = settings;
  const start = network.arena.mark();
  try {
    const lastFinite = network.snapshot();
    const pauses = planPauses(settings.yieldEvery);
    const pause = () => pauses.whileLoading()?.then(() => signal?.throwIfAborted());
    const { source, validate } = await startWork(open(), pause).result;
    onOpened(settings.seed);

    /** Where training stands. */
    let [epoch, batch, seed] = [settings.initialEpoch, 0, settings.seed];
    let resumed = false;
    let lastLogs: Logs = {};
    let totals = new RunningFigures(objective);
    const names = figureNames(network, objective);
    const run: TrainingRun = {
      model,
      epochs,
      batchesPerEpoch: source.batchesPerEpoch,
      figures: [...names, ...(validate ? names.map((name) => `val_${name}`) : [])],
      async state() {
        const { captureState } = await import("./training-state.js");
        const position = { epoch, batch, seed, totals: totals.state(), stopped: model.stopTraining };
        return captureState(network, optimizer, hooks, position);
      },
      async restore(state) {
        const { restoreState } = await import("./training-state.js");
        const position = await restoreState(network, optimizer, hooks, state, settings);
        ({ epoch, batch, seed } = position);
        resumed = true;
        totals.restore(position.totals);
        model.stopTraining = position.stopped;
        onOpened(seed);
      },
      swapAverages() {
        if (!optimizer.averaging) {
          throw new StateError("swapAverages: the optimizer keeps no averages; make it with useEma: true");
        }
        network.swapAverages(optimizer);
      },
    };
    const recorded = recordHistory();
    const callbacks = [...settings.callbacks, recorded];
    if (settings.verbose > 0) {
      const { progressCallbacks } = await import("../callbacks/progress-bar.js");
      callbacks.push(...progressCallbacks(settings.verbose));
    }
    const hooks = callbacks.map((callback) => toHooks(callback, run));

    /** The batches of an epoch that are not done yet; returns the error if training diverges. */
    const trainEpoch = async (): Promise<LanewiseError | undefined> => {
      const batches = source.openEpoch(epoch, batch);
      try {
        for (let next = await batches.next(); next; next = await batches.next()) {
          const at = batch;
          await forEachHook(hooks, (hook) => hook.onBatchBegin?.(at));
          const score = next.train();
          totals.add(score, next.rows);
          batch++;
          if (!Number.isFinite(score.loss)) {
            return diverged(`the loss of batch ${batch} of epoch ${epoch + 1} is ${score.loss}`, epoch, optimizer);
          }
          const { rows } = next;
          const logs = () => ({ batch: at, size: rows, ...totals.logs() });
          await forEachHook(hooks, (hook) => hook.onBatchEnd?.(at, logs()));
          await forEachHook(hooks, (hook) => hook.afterBatch?.(at));
          const pause = pauses.afterBatch();
          if (pause) {
            await pause;
            await forEachHook(hooks, (hook) => hook.onYield?.(epoch, at, logs()));
          }
          if (model.stopTraining || signal?.aborted) break;
        }
      } finally {
        await batches.close?.();
      }
      if (network.weightsAreFinite()) return undefined;
      return diverged(`a weight became infinite or NaN in epoch ${epoch + 1}`, epoch, optimizer);
    };

    model.stopTraining = false;
    await forEachHook(hooks, (hook) => hook.beforeTrain?.());
    source.plan(toSeed(seed));
    await forEachHook(hooks, (hook) => hook.onTrainBegin?.());
    while (epoch < epochs && !model.stopTraining) {
      const current = epoch;
      await forEachHook(hooks, (hook) => hook.onEpochBegin?.(current));
      lastFinite.save();
      const failure = await trainEpoch();
      if (failure) {
        lastFinite.restore();
        let inPeace = false;
        for (const hook of hooks) inPeace ||= (await hook.onDivergence?.(failure)) === true;
        if (!inPeace) {
          await forEachHook(hooks, (hook) => hook.onTrainEnd?.(lastLogs));
          throw failure;
        }
        model.stopTraining = true;
      }
      if (signal?.aborted) break;
      const logs: Record<string, number> = { ...totals.logs() };
      if (validate && !failure && settings.validatesAfter(current)) {
        await forEachHook(hooks, (hook) => hook.onTestBegin?.());
        const figures = await validate(current, pauses.afterBatch, hooks);
        await forEachHook(hooks, (hook) => hook.onTestEnd?.(figures));
        Object.assign(logs, prefixed(figures));
      }
      await forEachHook(hooks, (hook) => hook.onEpochEnd?.(current, logs));
      lastLogs = logs;
      [epoch, batch, totals] = [epoch + 1, 0, new RunningFigures(objective)];
      if (!failure) await forEachHook(hooks, (hook) => hook.afterEpoch?.(current));
      await pauses.afterEpoch();
      if (signal?.aborted) break;
    }
    if (!signal?.aborted) source.finish(resumed);
    await forEachHook(hooks, (hook) => hook.onTrainEnd?.(lastLogs));
    signal?.throwIfAborted();
    await forEachHook(hooks, (hook) => hook.afterTrain?.());
    return { epoch: recorded.epoch, history: recorded.history, seed };
  } finally {
    network.release(start);
  }
}

/** The error of training that must end. */
export function diverged(what: string, epoch: number, { learningRate }: Optimizer): LanewiseError {
  const stay = epoch > 0 ? `the weights are those of the end of epoch ${epoch}` : "the weights are as they were";
  return new LanewiseError(`training diverged: ${what}; try a learning rate smaller than ${learningRate} (${stay})`);
}
