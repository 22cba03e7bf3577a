import type { NDArray } from "../arrays.js";
import type { LanewiseError } from "../errors.js";
import type { StateTree } from "../state-tree.js";

/** Figures by name: `loss`, each metric, and for validation `val_loss` and so on. */
export type Logs = Readonly<Record<string, number>>;

/** The hooks that `predict` calls. */
export interface PredictHooks {
  onPredictBegin?(): unknown;
  onPredictEnd?(): unknown;
  /** batch counts from 0. */
  onPredictBatchBegin?(batch: number): unknown;
  /** logs: what the model has made of the batch. */
  onPredictBatchEnd?(batch: number, logs: { readonly outputs: NDArray<Float32Array> }): unknown;
}

/** What may happen during training. Training waits for a hook that returns a promise; whatever else it returns is ignored. */
export interface CallbackHooks extends PredictHooks {
  onTrainBegin?(): unknown;
  /** logs: those of the last epoch. */
  onTrainEnd?(logs: Logs): unknown;
  /** epoch counts from 0. */
  onEpochBegin?(epoch: number): unknown;
  /** What a callback adds to the logs is seen by those behind it and by the history. */
  onEpochEnd?(epoch: number, logs: Record<string, number>): unknown;
  /** batch counts from 0 in each epoch. */
  onBatchBegin?(batch: number): unknown;
  /** logs: `batch`, `size`, and the means of loss and metrics over the epoch so far. */
  onBatchEnd?(batch: number, logs: Logs): unknown;
  /** Around the measuring of validation data, at the end of an epoch. */
  onTestBegin?(): unknown;
  onTestEnd?(logs: Logs): unknown;
  /** batch counts from 0 in each measuring. */
  onTestBatchBegin?(batch: number): unknown;
  /** logs: loss and metrics of the batches so far. */
  onTestBatchEnd?(batch: number, logs: Logs): unknown;
  /** Others have had their turn behind this batch: see `yieldEvery`. */
  onYield?(epoch: number, batch: number, logs: Logs): unknown;
  /** Training has diverged, and the last finite weights are back. Return true to end it without this error. */
  onDivergence?(error: LanewiseError): unknown;

  /** Before every onTrainBegin: the moment for `run.restore`. */
  beforeTrain?(): unknown;
  /** Behind the batch, when every callback is through with it: the moment for `run.state`. */
  afterBatch?(batch: number): unknown;
  /** Behind the epoch, when every callback is through with it: the moment for `run.state`. */
  afterEpoch?(epoch: number): unknown;
  /** Behind every onTrainEnd, unless training was aborted or failed. */
  afterTrain?(): unknown;

  /** The name under which `state` is kept. Default 'callback'. */
  readonly name?: string;
  /** All that the callback remembers, for training that goes on in another process. */
  state?(): StateTree;
  /** Takes back what `state` gave. Called before onTrainBegin. */
  restore?(state: StateTree): unknown;
}

/** The hooks that `evaluate` calls, too. */
export type TestHooks = Pick<CallbackHooks, "onTestBegin" | "onTestEnd" | "onTestBatchBegin" | "onTestBatchEnd">;

/** The model, as far as a callback needs it. */
export interface ModelInTraining {
  /** Set it to true, and training ends after the batch at hand. */
  stopTraining: boolean;
  /** Of the next step. May be set, unless the optimizer follows a schedule. */
  learningRate: number;
  getWeights(): NDArray<Float32Array>[];
  setWeights(weights: readonly NDArray[]): void;
  save(target: string | URL, options?: { readonly includeOptimizer?: boolean }): Promise<void>;
}

/** What a callback can see and steer: the model and the run. */
export interface TrainingRun {
  readonly model: ModelInTraining;
  readonly epochs: number;
  /** Undefined when only the end of an epoch can tell. */
  readonly batchesPerEpoch: number | undefined;
  /** The names of the figures that the logs of an epoch have, those of validation after the epochs with it. */
  readonly figures: readonly string[];
  /**
   * A copy of all that the rest of training depends on, but for the data. To be waited for in `afterBatch` or `afterEpoch`, so
   * that training stands still meanwhile.
   */
  state(): Promise<StateTree>;
  /**
   * Goes on from there; to be called in `beforeTrain`.
   *
   * @throws LanewiseError when it is the state of another model, optimizer or seed, with nothing changed.
   */
  restore(state: StateTree): Promise<void>;
  /**
   * Exchanges the weights with the averages that the optimizer keeps of them. A second call undoes it.
   *
   * @throws StateError unless the optimizer was made with useEma.
   */
  swapAverages(): void;
}

/** Hooks, or a function that is asked for new hooks at the start of each `fit`, so that they may remember things. */
export type Callback = CallbackHooks | ((run: TrainingRun) => CallbackHooks);
