/** Feeding a callback by hand: no training, only the figures that it is told. */
import { type Callback, type CallbackHooks, ndarray, type TrainingRun } from "../../src/index.js";
import { wrong } from "./failure.js";

export interface FakeModel {
  stopTraining: boolean;
  learningRate: number;
  /** What `save` was given. */
  readonly saved: [target: string, includeOptimizer: boolean | undefined][];
}

/** Figures of an epoch; and of each of its batches, if there are any. */
export interface FakeEpoch {
  readonly logs: Readonly<Record<string, number>>;
  readonly batches?: readonly Readonly<Record<string, number>>[];
}

/** Calls the hooks as `fit` does, until the epochs end or training is stopped. */
export async function feed(
  callback: Callback,
  epochs: readonly FakeEpoch[],
  { learningRate = 1, initialEpoch = 0, state }: { learningRate?: number; initialEpoch?: number; state?: unknown } = {},
): Promise<{
  model: FakeModel;
  hooks: CallbackHooks;
  logs: Record<string, number>[];
  rates: number[];
  epochs: number;
}> {
  const model: FakeModel & object = { stopTraining: false, learningRate, saved: [] };
  Object.assign(model, {
    getWeights: () => [ndarray(Float32Array.of(0))],
    setWeights: () => {},
    save: async (target: string, options?: { includeOptimizer?: boolean }) => {
      model.saved.push([target, options?.includeOptimizer]);
    },
  });
  const figures = [...new Set(epochs.flatMap(({ logs }) => Object.keys(logs)))];
  const run = { model, epochs: epochs.length, batchesPerEpoch: epochs[0]?.batches?.length ?? 1, figures };
  const hooks = typeof callback === "function" ? callback(run as unknown as TrainingRun) : callback;
  if (state !== undefined) await hooks.restore?.(wrong(state));
  const seen: Record<string, number>[] = [];
  const rates: number[] = [];
  await hooks.onTrainBegin?.();
  let epoch = initialEpoch;
  for (const { logs, batches = [] } of epochs) {
    await hooks.onEpochBegin?.(epoch);
    for (const [batch, figuresOfBatch] of batches.entries()) await hooks.onBatchEnd?.(batch, figuresOfBatch);
    const ofEpoch = { ...logs };
    await hooks.onEpochEnd?.(epoch, ofEpoch);
    seen.push(ofEpoch);
    rates.push(model.learningRate);
    epoch++;
    if (model.stopTraining) break;
  }
  await hooks.onTrainEnd?.(seen.at(-1) ?? {});
  return { model, hooks, logs: seen, rates, epochs: seen.length };
}

/** Epochs that have one figure. */
export function withFigure(name: string, values: readonly number[]): FakeEpoch[] {
  return values.map((value) => ({ logs: { [name]: value } }));
}
