/** The loop: epochs, batches, validation, callbacks. */
import { describe, type NDArray } from "./arrays.js";
import type { Callback, CallbackHooks, Logs, ModelInTraining, TrainingRun } from "./callbacks/callback.js";
import { type Dataset, loadDataset } from "./dataset.js";
import { LanewiseError } from "./errors.js";
import { type Network, toSeed } from "./network.js";
import type { Optimizer } from "./optimizers/index.js";
import { type BatchScore, type Objective, planScoring, planTraining } from "./plans.js";
import { offset, type Pointer } from "./wasm/kernels.js";
import { yieldOnBudget } from "./yielding.js";

/** Which of a model's random streams shuffles: its steps are the epochs. */
const SHUFFLE_STREAM = 0x20000;

/** What a training run leaves behind. */
export interface History {
  /** The epochs that were run, from 0. */
  readonly epoch: number[];
  /** Per figure, its value in each of them: `loss`, each metric, `val_loss` and so on. */
  readonly history: Record<string, number[]>;
  /** The seed of shuffles and dropout, and of the weights if this run made them. */
  readonly seed: number;
}

export interface LabelledArrays {
  readonly x: NDArray;
  readonly y: NDArray;
}

export interface Scored {
  readonly optimizer: Optimizer;
  readonly objective: Objective;
}

export interface FitSettings {
  readonly epochs: number;
  readonly initialEpoch: number;
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly seed: number;
  readonly callbacks: readonly Callback[];
  readonly verbose: number;
  readonly validation: LabelledArrays | undefined;
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
  const { arena } = network;
  const start = arena.mark();
  try {
    const dataset = loadDataset(network, data.x, data.y, objective.loss, "x");
    const validationSet =
      validation && loadDataset(network, validation.x, validation.y, objective.loss, "validationData[0]");
    const capacity = Math.min(settings.batchSize, dataset.rows);
    const sparseInput = dataset.sparseInput(capacity, optimizer);
    const plan = planTraining(network, capacity, sparseInput, objective, optimizer, toSeed(seed));
    const evaluateValidation = validationSet && planEvaluation(network, validationSet, objective, settings.batchSize);
    const nextOrder = planOrder(network, dataset.rows, settings);
    const lastFinite = network.snapshot();

    const batchesPerEpoch = Math.ceil(dataset.rows / capacity);
    onLoaded();
    const hooks = settings.callbacks.map((callback) => toHooks(callback, { model, epochs, batchesPerEpoch }));
    if (settings.verbose > 0) hooks.push(printEpochs(epochs));
    const pause = yieldOnBudget();
    const history: History = { epoch: [], history: {}, seed };
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
      const order = nextOrder(epoch);
      const totals = new RunningMeans(objective);
      let batch = 0;
      for (let first = 0; first < dataset.rows; first += capacity, batch++) {
        const rows = Math.min(capacity, dataset.rows - first);
        await forEachHook(hooks, (hook) => hook.onBatchBegin?.(batch));
        dataset.gather(plan, offset(order, first), rows);
        const score = plan.train(rows);
        if (!Number.isFinite(score.loss)) {
          await giveUp(`the loss of batch ${batch + 1} of epoch ${epoch + 1} is ${score.loss}`, epoch);
        }
        totals.add(score, rows);
        await forEachHook(hooks, (hook) => hook.onBatchEnd?.(batch, { batch, size: rows, ...totals.logs() }));
        await pause();
        if (model.stopTraining || signal?.aborted) break;
      }
      if (!network.weightsAreFinite()) {
        await giveUp(`a weight became infinite or NaN in epoch ${epoch + 1}`, epoch);
      }
      if (signal?.aborted) break;
      const logs = { ...totals.logs(), ...(evaluateValidation && prefixed(evaluateValidation())) };
      history.epoch.push(epoch);
      for (const [name, value] of Object.entries(logs)) {
        history.history[name] ??= [];
        history.history[name].push(value);
      }
      await forEachHook(hooks, (hook) => hook.onEpochEnd?.(epoch, logs));
      if (signal?.aborted) break;
    }
    await forEachHook(hooks, (hook) => hook.onTrainEnd?.());
    signal?.throwIfAborted();
    return history;
  } finally {
    network.release(start);
  }
}

function toHooks(callback: Callback, run: TrainingRun): CallbackHooks {
  if (typeof callback !== "function") return callback;
  const hooks = callback(run);
  if (typeof hooks === "object" && hooks !== null) return hooks;
  throw new TypeError(`fit: callbacks: expected a function that returns hooks, got ${describe(hooks)}`);
}

/** Measures loss and metrics over checked data. */
export function evaluate(network: Network, data: LabelledArrays, objective: Objective, batchSize: number): Logs {
  const start = network.arena.mark();
  try {
    const dataset = loadDataset(network, data.x, data.y, objective.loss, "x");
    return planEvaluation(network, dataset, objective, batchSize)();
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
    const dataset = loadDataset(network, data.x, data.y, objective.loss, "x");
    const { rows } = dataset;
    const sparseInput = dataset.sparseInput(rows, optimizer);
    const plan = planTraining(network, rows, sparseInput, objective, optimizer, toSeed(seed));
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

/** Sums over the batches seen so far. */
class RunningMeans {
  readonly #names: readonly string[];
  readonly #sums: number[];
  readonly #counts: number[];

  constructor({ metrics }: Objective) {
    this.#names = ["loss", ...metrics.map(({ name }) => name)];
    this.#sums = this.#names.map(() => 0);
    this.#counts = this.#names.map(() => 0);
  }

  add({ loss, metrics }: BatchScore, rows: number): void {
    [{ sum: loss, count: rows }, ...metrics].forEach(({ sum, count }, index) => {
      this.#sums[index] = (this.#sums[index] ?? 0) + sum;
      this.#counts[index] = (this.#counts[index] ?? 0) + count;
    });
  }

  logs(): Logs {
    return Object.fromEntries(
      this.#names.map((name, index) => [name, (this.#sums[index] ?? 0) / (this.#counts[index] ?? 1)]),
    );
  }
}

function planEvaluation(network: Network, dataset: Dataset, objective: Objective, batchSize: number): () => Logs {
  const { rows } = dataset;
  const capacity = Math.min(batchSize, rows);
  const plan = planScoring(network, capacity, dataset.sparseInput(capacity), objective);
  const rowNumbers = ascending(network, rows);
  return () => {
    const totals = new RunningMeans(objective);
    for (let first = 0; first < rows; first += capacity) {
      const count = Math.min(capacity, rows - first);
      dataset.gather(plan, offset(rowNumbers, first), count);
      totals.add(plan.score(count), count);
    }
    return totals.logs();
  };
}

function ascending({ arena }: Network, rows: number): Pointer {
  const rowNumbers = arena.allocate(rows);
  const view = arena.words(rowNumbers, rows);
  for (let row = 0; row < rows; row++) view[row] = row;
  return rowNumbers;
}

/** Each epoch's order of rows: a function of seed and epoch alone, so that it does not matter where training began. */
function planOrder(network: Network, rows: number, { shuffle, seed }: FitSettings): (epoch: number) => Pointer {
  const inOrder = ascending(network, rows);
  if (!shuffle) return () => inOrder;
  const { arena } = network;
  const order = arena.allocate(rows);
  const words = arena.allocate(rows);
  const { seedLow, seedHigh } = toSeed(seed);
  return (epoch) => {
    arena.copy(order, inOrder, rows * 4);
    arena.kernels.shuffle(order, words, seedLow, seedHigh, SHUFFLE_STREAM, epoch, rows);
    return order;
  };
}

function diverged(what: string, epoch: number, { learningRate }: Optimizer): LanewiseError {
  const stay = epoch > 0 ? `the weights are those of the end of epoch ${epoch}` : "the weights are as they were";
  return new LanewiseError(`training diverged: ${what}; try a learning rate smaller than ${learningRate} (${stay})`);
}

function prefixed(logs: Logs): Logs {
  return Object.fromEntries(Object.entries(logs).map(([name, value]) => [`val_${name}`, value]));
}

/** Calls a hook of each callback in turn; waits only for those that are asynchronous. */
function forEachHook(
  hooks: readonly CallbackHooks[],
  call: (hook: CallbackHooks) => unknown,
): Promise<void> | undefined {
  for (const [index, hook] of hooks.entries()) {
    const result = call(hook);
    if (result instanceof Promise) return result.then(() => waitForEach(hooks.slice(index + 1), call));
  }
  return undefined;
}

async function waitForEach(hooks: readonly CallbackHooks[], call: (hook: CallbackHooks) => unknown): Promise<void> {
  for (const hook of hooks) await call(hook);
}

/** One line per epoch on the console, as Keras's verbose=2. */
function printEpochs(epochs: number): CallbackHooks {
  let start = 0;
  return {
    onEpochBegin() {
      start = performance.now();
    },
    onEpochEnd(epoch, logs) {
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      const figures = Object.entries(logs).map(([name, value]) => `${name}: ${value.toFixed(4)}`);
      console.log(`Epoch ${epoch + 1}/${epochs} - ${seconds}s - ${figures.join(" - ")}`);
    },
  };
}
