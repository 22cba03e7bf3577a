import type { NDArray } from "../arrays.js";

/** Figures by name: `loss`, each metric, and for validation `val_loss` and so on. */
export type Logs = Readonly<Record<string, number>>;

/** What may happen during training. Training waits for a hook that returns a promise; whatever else it returns is ignored. */
export interface CallbackHooks {
  onTrainBegin?(): unknown;
  onTrainEnd?(): unknown;
  /** epoch counts from 0. */
  onEpochBegin?(epoch: number): unknown;
  /** What a callback adds to the logs is seen by those behind it and by the history. */
  onEpochEnd?(epoch: number, logs: Record<string, number>): unknown;
  /** batch counts from 0 in each epoch. */
  onBatchBegin?(batch: number): unknown;
  /** logs: `batch`, `size`, and the means of loss and metrics over the epoch so far. */
  onBatchEnd?(batch: number, logs: Logs): unknown;
}

/** The model, as far as a callback needs it. */
export interface ModelInTraining {
  /** Set it to true, and training ends after the batch at hand. */
  stopTraining: boolean;
  getWeights(): NDArray<Float32Array>[];
  setWeights(weights: readonly NDArray[]): void;
}

/** What a callback can see and steer: the model and the run. */
export interface TrainingRun {
  readonly model: ModelInTraining;
  readonly epochs: number;
  /** Undefined when only the end of an epoch can tell. */
  readonly batchesPerEpoch: number | undefined;
}

/** Hooks, or a function that is asked for new hooks at the start of each `fit`, so that they may remember things. */
export type Callback = CallbackHooks | ((run: TrainingRun) => CallbackHooks);
