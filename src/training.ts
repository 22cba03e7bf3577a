/** The loop: epochs, batches, validation, callbacks. */
import { type BatchSettings, batchesOf } from "./batches.js";
import type { Callback, Logs, ModelInTraining } from "./callbacks/callback.js";
import { history as recordHistory } from "./callbacks/history.js";
import { forEachHook, toHooks } from "./callbacks/hooks.js";
import { progressBar } from "./callbacks/progress-bar.js";
import { ascending, type LabelledArrays, loadDataset } from "./dataset.js";
import { LanewiseError } from "./errors.js";
import { planEvaluation, prefixed, RunningMeans } from "./measuring.js";
import { type Network, toSeed } from "./network.js";
import type { Optimizer } from "./optimizers/index.js";
import { type Objective, planTraining } from "./plans.js";
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

export interface Scored {
  readonly optimizer: Optimizer;
  readonly objective: Objective;
}

export interface FitSettings extends BatchSettings {
  readonly epochs: number;
  readonly initialEpoch: number;
  readonly callbacks: readonly Callback[];
  readonly verbose: number;
  readonly validation: LabelledArrays | undefined;
  readonly validationBatchSize: number;
  readonly validationSteps: number | undefined;
  /** Whether to measure validation data at the end of an epoch, which counts from 0. */
  validatesAfter(epoch: number): boolean;
  readonly yieldEvery: YieldEvery;
  readonly signal: AbortSignal | undefined;
}

/**
 * Trains the network on checked data. On any error all memory but that of the weights is free again.
 *
 * @param onLoaded Called when the data is in memory and nothing is wrong with it, before anything changes.
 */
export async function train(
  network: Network,
  model: ModelInTraining,
  { optimizer, objective }: Scored,
  data: LabelledArrays,
  settings: FitSettings,
  onLoaded: () => void,
): Promise<History> {
  const { epochs, initialEpoch, seed, validation, signal } = settings;
  const start = network.arena.mark();
  try {
    const dataset = loadDataset(network, data, objective.loss, "x");
    const validationSet = validation && loadDataset(network, validation, objective.loss, "validationData[0]");
    const capacity = Math.min(settings.batchSize, dataset.rows);
    const plan = planTraining(
      network,
      capacity,
      dataset.format(capacity, optimizer),
      objective,
      optimizer,
      toSeed(seed),
    );
    const validate =
      validationSet &&
      planEvaluation(network, validationSet, objective, {
        batchSize: settings.validationBatchSize,
        steps: settings.validationSteps,
      });
    const source = batchesOf(network, dataset, plan, capacity, settings);
    const lastFinite = network.snapshot();

    onLoaded();
    const run = { model, epochs, batchesPerEpoch: source.batchesPerEpoch };
    const recorded = recordHistory();
    const callbacks = [...settings.callbacks, recorded, ...(settings.verbose > 0 ? [progressBar()] : [])];
    const hooks = callbacks.map((callback) => toHooks(callback, run));
    const pauses = planPauses(settings.yieldEvery);
    const giveUp = async (what: string, epoch: number): Promise<never> => {
      lastFinite.restore();
      await forEachHook(hooks, (hook) => hook.onTrainEnd?.());
      throw diverged(what, epoch, optimizer);
    };

    model.stopTraining = false;
    await forEachHook(hooks, (hook) => hook.onTrainBegin?.());
    for (let epoch = initialEpoch; epoch < epochs && !model.stopTraining; epoch++) {
      lastFinite.save();
      await forEachHook(hooks, (hook) => hook.onEpochBegin?.(epoch));
      const totals = new RunningMeans(objective);
      const batches = source.openEpoch(epoch);
      for (let batch = 0; ; batch++) {
        const next = await batches.next();
        if (!next) break;
        await forEachHook(hooks, (hook) => hook.onBatchBegin?.(batch));
        const score = next.train();
        if (!Number.isFinite(score.loss)) {
          await giveUp(`the loss of batch ${batch + 1} of epoch ${epoch + 1} is ${score.loss}`, epoch);
        }
        totals.add(score, next.rows);
        const logs = { batch, size: next.rows, ...totals.logs() };
        await forEachHook(hooks, (hook) => hook.onBatchEnd?.(batch, logs));
        await pauses.afterBatch();
        if (model.stopTraining || signal?.aborted) break;
      }
      if (!network.weightsAreFinite()) {
        await giveUp(`a weight became infinite or NaN in epoch ${epoch + 1}`, epoch);
      }
      if (signal?.aborted) break;
      const validates = validate && settings.validatesAfter(epoch);
      const logs = { ...totals.logs(), ...(validates && prefixed(validate())) };
      await forEachHook(hooks, (hook) => hook.onEpochEnd?.(epoch, logs));
      await pauses.afterEpoch();
      if (signal?.aborted) break;
    }
    if (!signal?.aborted) plan.finish();
    await forEachHook(hooks, (hook) => hook.onTrainEnd?.());
    signal?.throwIfAborted();
    return { epoch: recorded.epoch, history: recorded.history, seed };
  } finally {
    network.release(start);
  }
}

/** One step on one batch of checked data. @throws LanewiseError, with nothing changed, when the loss is not finite. */
export function trainOnBatch(
  network: Network,
  { optimizer, objective }: Scored,
  data: LabelledArrays,
  seed: number,
): Logs {
  const start = network.arena.mark();
  try {
    const dataset = loadDataset(network, data, objective.loss, "x");
    const { rows } = dataset;
    const format = dataset.format(rows, optimizer);
    const plan = planTraining(network, rows, format, objective, optimizer, toSeed(seed));
    const before = network.snapshot();
    before.save();
    dataset.gather(plan, ascending(network, rows), rows);
    const score = plan.train(rows);
    if (!Number.isFinite(score.loss)) throw diverged(`the loss of the batch is ${score.loss}`, 0, optimizer);
    if (!network.weightsAreFinite()) {
      before.restore();
      throw diverged("a weight became infinite or NaN", 0, optimizer);
    }
    const totals = new RunningMeans(objective);
    totals.add(score, rows);
    return totals.logs();
  } finally {
    network.release(start);
  }
}

function diverged(what: string, epoch: number, { learningRate }: Optimizer): LanewiseError {
  const stay = epoch > 0 ? `the weights are those of the end of epoch ${epoch}` : "the weights are as they were";
  return new LanewiseError(`training diverged: ${what}; try a learning rate smaller than ${learningRate} (${stay})`);
}
