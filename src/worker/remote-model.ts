/** A model in a worker, as it looks from outside. */
import { type ArrayInput, describe, type NDArray } from "../arrays.js";
import type { Logs } from "../callbacks/callback.js";
import { measuringProgress, progressCallbacks } from "../callbacks/progress-bar.js";
import { checkBoolean, checkOptions } from "../checks.js";
import { StateError } from "../errors.js";
import type { Layer } from "../layers/layer.js";
import type { CompileOptions } from "../model/compile-options.js";
import type { SaveOptions } from "../model/sequential.js";
import type { SequentialOptions } from "../model/sequential-options.js";
import {
  type ForeignArtifacts,
  isLoader,
  type ModelArtifacts,
  type ModelLoader,
  type ModelTarget,
} from "../saving/artifacts.js";
import { saveModel } from "../saving/save-model.js";
import {
  type CheckedPredictOptions,
  checkEvaluateOptions,
  checkPredictOptions,
  type EvaluateOptions,
  type PredictOptions,
} from "../training/evaluate-options.js";
import { checkFitOptions, type FitOptions } from "../training/fit-options.js";
import type { WeightingOptions } from "../training/sample-weights.js";
import type { TrainOnBatchOptions } from "../training/train-on-batch.js";
import type { History } from "../training/training.js";
import { hearHooks, splitCallbacks } from "./caller-callbacks.js";
import { Cargo } from "./cargo.js";
import type { CallContext, Channel } from "./channel.js";
import { describeCompileOptions, describeStack } from "./describe-model.js";
import type { Call, Methods } from "./protocol.js";

export interface TransferOptions {
  /**
   * Move the arrays to the worker rather than copy them. They are empty from then on, and so is everything that shares their
   * buffers; an array that is a part of its buffer is copied all the same. What lies in a SharedArrayBuffer is shared with the
   * worker, never copied or moved. Default false.
   */
  readonly transfer?: boolean;
}

export interface RemoteFitOptions extends FitOptions, TransferOptions {}

/**
 * What `connect` gives: a Sequential model in a worker. All methods return promises, which reject with what the worker
 * throws: an error of the same class, with the same message, and the worker's stack behind its own; and with a LanewiseError
 * when the worker is gone.
 *
 * Calls are carried out in the order in which they are made, but for those made while `fit` runs, which do not wait for it.
 */
export class RemoteModel {
  readonly #channel: Channel;
  readonly #number: number;
  /** The layers so far, or a saved model. Undefined once the worker has it. */
  #from: Origin | undefined;
  /** Of a saved model that this side loads. */
  #loading: Promise<void> | undefined;
  readonly #options: SequentialOptions;
  #stopTraining = false;

  /** @internal Use `connect`. */
  constructor(channel: Channel, from: Origin, options: SequentialOptions) {
    this.#channel = channel;
    this.#number = channel.number();
    this.#from = isLayers(from) ? [...from] : from;
    this.#options = options;
  }

  /** Set it to true, in a callback or at any time while `fit` runs, and training ends after the batch at hand. */
  get stopTraining(): boolean {
    return this.#stopTraining;
  }

  set stopTraining(stop: boolean) {
    this.#stopTraining = stop;
    if (this.#from === undefined) this.#channel.post({ kind: "stop", model: this.#number, stop });
  }

  /** Puts a layer on top. What is wrong with it is told by the first call that needs it. @throws StateError once the model is in use. */
  add(layer: Layer): void {
    if (!isLayers(this.#from))
      throw new StateError("add: the model is in the worker already; add layers before it is used");
    this.#from = [...this.#from, layer];
  }

  /** Sets how the model is trained and measured: see `Sequential.compile`. Names are looked up in the worker. */
  async compile(options: CompileOptions): Promise<void> {
    await this.#call({ method: "compile", values: [describeCompileOptions(options)] });
  }

  /**
   * Trains the model: see `Sequential.fit`, whose options it takes.
   *
   * Callbacks run here, with the arguments that they always get, and training waits for them. Only what one of them listens
   * to crosses: without a hook for batches nothing is sent for a batch. For progress take `onYield`, which comes 60 times a
   * second at most, or the end of an epoch. `run.model` has `stopTraining`, `learningRate` and `save`.
   *
   * Members of `callbacks` that need weights or the state of the run are made anew in the worker and run there:
   * `backupAndRestore`, `csvLogger`, `earlyStopping`, `modelCheckpoint`, `reduceLROnPlateau`, `swapEMAWeights`,
   * `terminateOnNaN`. Paths mean the same there. What callbacks on this side remember is no part of a backup.
   *
   * The signal crosses: `fit` rejects with its reason, and the model stays usable.
   *
   * @throws as `Sequential.fit`; what a callback throws.
   */
  async fit(x: ArrayInput, y: ArrayInput, options: RemoteFitOptions = {}): Promise<History> {
    const { transfer, ...fitOptions } = options;
    const { signal, callbacks, verbose } = checkFitOptions(fitOptions);
    const { validationData, sampleWeight, callbacks: _, signal: __, verbose: ___, ...rest } = fitOptions;
    signal?.throwIfAborted();
    const cargo = cargoFor(transfer, "fit");
    const weights = cargo.addIfGiven(sampleWeight, "fit: sampleWeight");
    const validation = validationData && packValidation(cargo, validationData);
    const { sent, answer } = splitCallbacks([...callbacks, ...progressCallbacks(verbose)], this);
    const sentOptions = {
      ...rest,
      callbacks: sent,
      ...(weights && { sampleWeight: weights }),
      ...(validation && { validationData: validation }),
    };
    this.#stopTraining = false;
    const values = [cargo.add(x, "x"), cargo.add(y, "y"), sentOptions] as const;
    return this.#call({ method: "fit", values }, { buffers: cargo.buffers, signal, answer });
  }

  /** Measures the model: see `Sequential.evaluate`. Callbacks run here, and only what they listen to crosses. */
  async evaluate(x: ArrayInput, y: ArrayInput, options: EvaluateOptions & TransferOptions = {}): Promise<Logs> {
    const { transfer, ...evaluateOptions } = options;
    const settings = checkEvaluateOptions(evaluateOptions);
    const { callbacks: _, verbose: __, ...rest } = options;
    const [cargo, xs, ys, sent] = packLabelled(x, y, rest, "evaluate");
    const { names, answer } = hearHooks([...settings.hooks, ...progressOf(settings, xs)]);
    const values = [xs, ys, { ...sent, hooks: names }] as const;
    return this.#call({ method: "evaluate", values }, { buffers: cargo.buffers, answer });
  }

  /** The model's output for x: see `Sequential.predict`. Callbacks run here, and only what they listen to crosses. */
  async predict(x: ArrayInput, options: PredictOptions & TransferOptions = {}): Promise<NDArray<Float32Array>> {
    const { transfer, ...predictOptions } = options;
    const settings = checkPredictOptions(predictOptions);
    const { callbacks: _, verbose: __, ...sent } = predictOptions;
    const cargo = cargoFor(transfer, "predict");
    const xs = cargo.add(x, "x");
    const { names, answer } = hearHooks([...settings.hooks, ...progressOf(settings, xs)]);
    const values = [xs, { ...sent, hooks: names }] as const;
    return this.#call({ method: "predict", values }, { buffers: cargo.buffers, answer });
  }

  /** One step of the optimizer on one batch: see `Sequential.trainOnBatch`. */
  async trainOnBatch(x: ArrayInput, y: ArrayInput, options: TrainOnBatchOptions & TransferOptions = {}): Promise<Logs> {
    const [cargo, ...values] = packLabelled(x, y, options, "trainOnBatch");
    return this.#call({ method: "trainOnBatch", values }, { buffers: cargo.buffers });
  }

  /** Copies of all weights: see `Sequential.getWeights`. */
  async getWeights(): Promise<NDArray<Float32Array>[]> {
    return this.#call({ method: "getWeights", values: [] });
  }

  /** Sets all weights: see `Sequential.setWeights`. */
  async setWeights(weights: readonly ArrayInput[]): Promise<void> {
    if (!Array.isArray(weights)) throw new TypeError(`setWeights: expected an array, got ${describe(weights)}`);
    const cargo = new Cargo();
    const values = [weights.map((weight, index) => cargo.add(weight, `setWeights: array ${index}`))] as const;
    await this.#call({ method: "setWeights", values }, { buffers: cargo.buffers });
  }

  /**
   * The model in memory: see `Sequential.toArtifacts`. `Sequential.load` makes a model here of it, `connect` one in another
   * worker.
   */
  async toArtifacts(options: SaveOptions = {}): Promise<ModelArtifacts> {
    checkOptions(options, ["includeOptimizer"], "toArtifacts");
    return this.#call({ method: "toArtifacts", values: [options] });
  }

  /** Saves the model: see `Sequential.save`. The files are written from here, and an object's `save` is called here. */
  async save(target: ModelTarget, options: SaveOptions = {}): Promise<void> {
    checkOptions(options, ["includeOptimizer"], "save");
    await saveModel(await this.toArtifacts(options), target);
  }

  /** A table of the layers, printed here: see `Sequential.summary`. */
  async summary(print: (text: string) => void = console.log): Promise<void> {
    print(await this.#call({ method: "summary", values: [] }));
  }

  /** Lets go of the model's memory. The worker and its other models stay. @throws StateError while `fit` runs. */
  async dispose(): Promise<void> {
    await this.#call({ method: "dispose", values: [] });
  }

  async #call<C extends Call>(call: C, context: CallContext = {}): Promise<ReturnType<Methods[C["method"]]>> {
    this.#loading ??= this.#load();
    // Else it is sent at once, as arrays may change
    if (this.#loading) await this.#loading;
    const from = this.#from;
    if (from !== undefined) {
      const sent = isLayers(from) ? describeStack(from, this.#options) : (from as Exclude<typeof from, ModelLoader>);
      this.#channel.post({ kind: "create", model: this.#number, from: sent });
      this.#from = undefined;
    }
    return this.#channel.call(this.#number, call, context);
  }

  #load(): Promise<void> | undefined {
    const from = this.#from;
    if (typeof from !== "object" || isLayers(from) || !isLoader(from)) return undefined;
    return from.load().then((artifacts) => {
      this.#from = artifacts;
    });
  }
}

/** What a model is made from. */
type Origin = readonly Layer[] | string | ForeignArtifacts | ModelLoader;

function isLayers(from: Origin | undefined): from is readonly Layer[] {
  return Array.isArray(from);
}

function progressOf({ verbose, batchSize, steps = Infinity }: Omit<CheckedPredictOptions, "hooks">, x: NDArray) {
  return measuringProgress(verbose, Math.min(Math.ceil((x.shape[0] ?? 0) / batchSize), steps));
}

function cargoFor(transfer: boolean | undefined, where: string): Cargo {
  if (transfer !== undefined) checkBoolean(transfer, `${where}: transfer`);
  return new Cargo(transfer);
}

function packLabelled<Options extends WeightingOptions & TransferOptions>(
  x: ArrayInput,
  y: ArrayInput,
  { transfer, sampleWeight, ...rest }: Options,
  where: string,
) {
  const cargo = cargoFor(transfer, where);
  const weights = cargo.addIfGiven(sampleWeight, `${where}: sampleWeight`);
  const options = { ...rest, ...(weights && { sampleWeight: weights }) };
  return [cargo, cargo.add(x, "x"), cargo.add(y, "y"), options] as const;
}

function packValidation(cargo: Cargo, [x, y, sampleWeight]: NonNullable<FitOptions["validationData"]>) {
  const pair = [cargo.add(x, "validationData[0]"), cargo.add(y, "validationData[1]")] as const;
  const weights = cargo.addIfGiven(sampleWeight, "validationData[2]");
  return weights ? ([...pair, weights] as const) : pair;
}
