import type { NDArray } from "../arrays.js";

/** Figures by name: `loss`, each metric, and for validation `val_loss` and so on. */
export type Logs = Readonly<Record<string, number>>;

/** What may happen during training. Each hook may be asynchronous; training waits for it. */
export interface CallbackHooks {
  onTrainBegin?(): void | Promise<void>;
  onTrainEnd?(): void | Promise<void>;
  /** epoch counts from 0. */
  onEpochBegin?(epoch: number): void | Promise<void>;
  onEpochEnd?(epoch: number, logs: Logs): void | Promise<void>;
  /** batch counts from 0 in each epoch. */
  onBatchBegin?(batch: number): void | Promise<void>;
  /** logs: `batch`, `size`, and the means of loss and metrics over the epoch so far. */
  onBatchEnd?(batch: number, logs: Logs): void | Promise<void>;
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
  readonly batchesPerEpoch: number;
}

/** Hooks, or a function that is asked for new hooks at the start of each `fit`, so that they may remember things. */
export type Callback = CallbackHooks | ((run: TrainingRun) => CallbackHooks);
