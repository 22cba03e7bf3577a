/** A training run: fit, and how it ended. Prints nothing. */
import { type Callback, callbacks, type NDArray, type Sequential } from "../index.js";
import { createCallbacks, targetsFor } from "../study/network.js";
import type { DataSet, Samples } from "./data.js";
import type { TrainOptions } from "./train-options.js";

export interface RunSettings {
  readonly callbacks?: readonly Callback[];
  /** Ends training after the batch at hand. Its reason is a signal's name. */
  readonly stop?: AbortSignal;
}

/** What training leaves behind, besides the model's weights. */
export interface Run {
  readonly history: {
    readonly epoch: readonly number[];
    readonly history: Readonly<Record<string, readonly number[]>>;
  };
  /** What ended training before its last epoch, if anything: a signal's name, or `patience`. */
  readonly stopped: string | null;
  /** The epoch, from 1, at whose end the weights were as they are now. */
  readonly weightsOfEpoch: number;
  readonly seconds: number;
  /** Samples trained on per second, validation included in the time. */
  readonly samplesPerSecond: number;
}

/**
 * Trains. The weights are those of the last epoch; with patience, and when stopped, those of the epoch with the lowest
 * validation loss.
 */
export async function train(
  model: Sequential,
  { parts, summary }: DataSet,
  { epochs, batchSize, seed, patience, averaging }: TrainOptions,
  { callbacks: observers = [], stop }: RunSettings = {},
): Promise<Run> {
  const best = rememberBest();
  const samples = countSamples();
  const requestStop = () => {
    model.stopTraining = true;
  };
  stop?.addEventListener("abort", requestStop);
  const list = [...createCallbacks({ averaging }), best.callback, samples.callback, ...observers];
  if (patience !== undefined) list.push(callbacks.earlyStopping({ patience, restoreBestWeights: true }));
  const targets = ({ y }: Samples) => targetsFor(model, y, summary.classes.length);
  const start = performance.now();
  const { epoch, history } = await model.fit(parts.train.x, targets(parts.train), {
    epochs,
    batchSize,
    seed,
    validationData: [parts.validation.x, targets(parts.validation)],
    callbacks: list,
  });
  const seconds = (performance.now() - start) / 1000;
  stop?.removeEventListener("abort", requestStop);
  if (stop?.aborted) best.restore(model);
  return {
    history: { epoch, history },
    stopped: stop?.aborted ? `${stop.reason}` : epoch.length < epochs ? "patience" : null,
    weightsOfEpoch: stop?.aborted || patience !== undefined ? best.epoch() + 1 : epoch.length,
    seconds,
    samplesPerSecond: samples.count() / seconds,
  };
}

/** Keeps a copy of the weights of the epoch with the lowest validation loss. */
function rememberBest() {
  let lowest = Infinity;
  let bestEpoch = -1;
  let weights: NDArray<Float32Array>[] | undefined;
  const callback: Callback = ({ model }) => ({
    onEpochEnd(epoch, { val_loss: loss = Infinity }) {
      if (loss >= lowest) return;
      lowest = loss;
      bestEpoch = epoch;
      weights = model.getWeights();
    },
  });
  const restore = (model: Sequential): void => {
    if (weights) model.setWeights(weights);
  };
  return { callback, restore, epoch: () => bestEpoch };
}

function countSamples() {
  let count = 0;
  const callback: Callback = {
    onBatchEnd(_, { size = 0 }) {
      count += size;
    },
  };
  return { callback, count: () => count };
}
