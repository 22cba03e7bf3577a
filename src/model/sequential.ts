/** The model: a stack of layers that is trained and asked. */
import { type ArrayInput, describe, type NDArray, ndarray, toNDArray } from "../arrays.js";
import type { Logs, ModelInTraining } from "../callbacks/callback.js";
import { checkBoolean, checkNumber, checkOptions } from "../checks.js";
import { StateError } from "../errors.js";
import type { Layer, Step, WeightSpec } from "../layers/layer.js";
import type { Loss } from "../losses/loss.js";
import type { Metric } from "../metrics/metric.js";
import { connect } from "../network/connect.js";
import { registerModel } from "../network/nesting.js";
import type { Network } from "../network/network.js";
import { readOptimizerState } from "../network/optimizer-state.js";
import { checkWeights } from "../network/weights.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import type { ModelArtifacts, ModelSource, ModelTarget } from "../saving/artifacts.js";
import { checkMetadata, type UserDefinedMetadata } from "../saving/metadata.js";
import type { Scored } from "../training/batches.js";
import { checkPredictOptions, type EvaluateOptions, type PredictOptions } from "../training/evaluate-options.js";
import type { EvaluateDatasetOptions, FitDatasetOptions } from "../training/fit-dataset-options.js";
import type { FitOptions } from "../training/fit-options.js";
import { checkInputs } from "../training/inputs.js";
import { predict } from "../training/prediction.js";
import type { WeightingOptions } from "../training/sample-weights.js";
import type { Dataset } from "../training/streams.js";
import type { TrainOnBatchOptions } from "../training/train-on-batch.js";
import type { Trainee } from "../training/trainee.js";
import type { History } from "../training/training.js";
import { type CompileOptions, checkCompileOptions } from "./compile-options.js";
import { NetworkKeeper } from "./network-keeper.js";
import { checkSequentialOptions, type SequentialOptions } from "./sequential-options.js";
import { LayerStack } from "./stack.js";
import { summarize } from "./summary.js";

export interface SaveOptions {
  /**
   * Save what the optimizer remembers, too. Default false.
   *
   * TensorFlow.js goes on from it with the same numbers: with adam, adagrad, rmsprop and sgd, to rounding and the places
   * of their epsilons. (Its adadelta and its centered rmsprop are other rules.) For what it has no place for, it loads the
   * model uncompiled: adamax, amsgrad, `useEma`, `gradientAccumulationSteps`, weights that are frozen.
   */
  readonly includeOptimizer?: boolean;
}

/**
 * A stack of layers, each fed by the one before.
 *
 * Its weights are made when they are first needed: from the first layer's `inputShape`, or from the data of the first
 * `fit`, `evaluate` or `predict`.
 */
export class Sequential implements ModelInTraining, Layer {
  readonly className = "Sequential";
  readonly name: string;
  /** Set it to true in a callback, and training ends after the batch at hand. */
  stopTraining = false;
  readonly #stack: LayerStack;
  readonly #keeper: NetworkKeeper;
  readonly #seed: number | undefined;
  #scored: Scored | undefined;
  /** That of the last fit. */
  #lastSeed: number | undefined;
  #metadata: UserDefinedMetadata = {};

  /** @throws TypeError, RangeError, ShapeError for layers that are none, or do not fit together. */
  constructor(layers: readonly Layer[] = [], options: SequentialOptions = {}) {
    const { name, hasName, seed, precision } = checkSequentialOptions(options);
    if (!Array.isArray(layers)) throw new TypeError(`Sequential: expected an array of layers, got ${describe(layers)}`);
    this.name = name;
    this.#seed = seed;
    this.#stack = new LayerStack(hasName, seed);
    this.#keeper = new NetworkKeeper(this.#stack, seed, precision);
    registerModel(this, this.#stack.parts);
    for (const layer of layers) this.add(layer);
  }

  /**
   * Loads what `save` or TensorFlow.js has saved: weights, layers and, where optimizer, loss and metrics are known here,
   * what `compile` was given. The optimizer goes on where it was, if its state has been saved as well, and starts anew if not.
   *
   * An initializer that is not known here becomes the layer's default, and seeds that are none here are passed over: the
   * weights are there. Weights quantized to float16, uint8 or uint16 become float32.
   *
   * @param source A path or URL of a model.json, a directory that holds one (which no http: URL can be), artifacts in
   *   memory, as from `toArtifacts` or TensorFlow.js, or an object with `load()`, as from `lanewise/browser`.
   * @throws LanewiseError when a file cannot be read; FormatError for everything in it that is wrong or not supported, such
   *   as a layer that is not known here.
   */
  static async load(source: ModelSource): Promise<Sequential> {
    const { readModel } = await import("../saving/load-model.js");
    const saved = await readModel(source, connect, makeInner, async (...given) => {
      const { readSavedTraining } = await import("../saving/index.js");
      return readSavedTraining(...given);
    });
    const { name, layers, weights, training, optimizerState, seed } = saved;
    const model = new Sequential(layers, { name, ...(seed !== undefined && { seed }) });
    model.#metadata = saved.metadata;
    model.setWeights(weights);
    if (training) {
      model.compile(training);
      const scored = model.#compiled("load");
      const network = model.#keeper.networkToTrain(scored);
      if (optimizerState) {
        const { writeOptimizerState } = await import("../network/write-optimizer-state.js");
        writeOptimizerState(network, scored.optimizer, optimizerState);
      }
    }
    return model;
  }

  get layers(): readonly Layer[] {
    return this.#stack.layers;
  }

  /**
   * False when every layer is frozen. Setting it freezes all layers, or lets all learn: it counts from the next `fit` or
   * `trainOnBatch`. `model.layers[0].trainable` does the same for one layer.
   */
  get trainable(): boolean {
    return this.layers.length === 0 || this.layers.some((layer) => layer.trainable !== false);
  }

  set trainable(trainable: boolean) {
    checkBoolean(trainable, "trainable");
    for (const layer of this.layers) layer.trainable = trainable;
  }

  /**
   * That of the optimizer's next step. May be set, unless it follows a schedule.
   *
   * @throws StateError before compile.
   */
  get learningRate(): number {
    return this.#compiled("learningRate").optimizer.learningRate;
  }

  set learningRate(rate: number) {
    checkNumber(rate, "learningRate", "a number of at least 0", (value) => value >= 0);
    this.#compiled("learningRate").optimizer.learningRate = rate;
  }

  /** What `compile` was given; undefined before. */
  get optimizer(): Optimizer | undefined {
    return this.#scored?.optimizer;
  }

  /** What `compile` was given; undefined before. */
  get loss(): Loss | undefined {
    return this.#scored?.objective.loss;
  }

  /** What `compile` was given to measure beside the loss, those with sample weights at the end. */
  get metrics(): readonly Metric[] {
    const { metrics = [], weightedMetrics = [] } = this.#scored?.objective ?? {};
    return [...metrics, ...weightedMetrics];
  }

  /** The shape of one sample, where it is known. */
  get inputShape(): readonly number[] | undefined {
    return this.#keeper.network?.inputShape ?? this.#stack.inputShape;
  }

  /** As a layer of another model: the settings of its layers. */
  get config(): Readonly<Record<string, unknown>> {
    return { layers: this.layers.map(({ className, config }) => ({ class_name: className, config })) };
  }

  /** As a layer of another model: the shape of its output. @throws ShapeError for input that it can't take. */
  outputShape(inputShape: readonly number[]): readonly number[] {
    return this.#stack.outputShape(inputShape);
  }

  /** As a layer of another model: all its weights, named `dense/kernel`. */
  weights(inputShape: readonly number[]): readonly WeightSpec[] {
    return this.#stack.weights(inputShape);
  }

  /** A model that is a layer of another takes part with its own layers, so that there is nothing left to plan. */
  plan(): readonly Step[] {
    return [];
  }

  /** The bytes of WebAssembly memory that the model holds. */
  get byteLength(): number {
    return this.#keeper.network?.arena.byteLength ?? 0;
  }

  /**
   * Puts a layer on top. It may be another model: its weights are then shared, so that training either changes what both
   * predict. Each keeps a copy in its own memory, and brings it up to date when it is used.
   *
   * @throws TypeError when it is no layer; ShapeError when it does not fit; StateError once the weights exist, or for a
   *   model that has been disposed; RangeError for the model itself or one that it is a layer of.
   */
  add(layer: Layer): void {
    this.#keeper.checkUsable("add");
    if (layer instanceof Sequential) layer.#keeper.checkUsable("add");
    if (this.#keeper.isFitting || this.#keeper.network || this.#stack.parts.ownWeights().length > 0) {
      throw new StateError("add: the model has its weights already; add layers before it is used");
    }
    this.#stack.add(layer, this);
  }

  /**
   * Sets how the model is trained and measured. Weights stay, the optimizer starts anew.
   *
   * @throws RangeError for unknown names, with the nearest known one; StateError while `fit` runs.
   */
  compile(options: CompileOptions): void {
    this.#keeper.checkUsable("compile");
    this.#keeper.checkNotFitting("compile");
    this.#scored = checkCompileOptions(options);
  }

  /**
   * Trains for some epochs: x [n, ...inputShape], y as the loss wants it, [n, ...outputShape] or [n] class numbers. The arrays
   * are copied when training begins, soon after the call: leave them as they are until the first callback.
   *
   * @returns loss and metrics of each epoch. The loss of an epoch is the mean over its batches, each before its update.
   * @throws StateError before compile or while another fit runs; ShapeError, RangeError, TypeError for data and options
   *   that do not fit; LanewiseError when training diverges, the weights then being those of the last finite epoch.
   */
  async fit(x: ArrayInput, y: ArrayInput, options: FitOptions = {}): Promise<History> {
    const scored = this.#compiled("fit");
    return this.#keeper.whileFitting("fit", async () => {
      const { fit } = await import("../training/index.js");
      return fit(this.#trainee("fit", scored), x, y, options);
    });
  }

  /**
   * Trains on batches that come one after the other, so that the data need not fit in memory. Nothing is shuffled but what
   * the data set shuffles itself.
   *
   * @param dataset Batches `{ xs, ys }`, `[xs, ys]` or `[xs, ys, sampleWeight]`, of any numbers of samples: an object that
   *   gives them anew whenever it is iterated, such as an array, or a function that is asked for them in every epoch, such
   *   as an (async) generator function.
   * @returns As `fit`.
   * @throws As `fit`; LanewiseError when the batches have run dry, such as those of a generator in the second epoch.
   */
  async fitDataset(dataset: Dataset, options: FitDatasetOptions = {}): Promise<History> {
    const scored = this.#compiled("fitDataset");
    return this.#keeper.whileFitting("fitDataset", async () => {
      const { fitDataset } = await import("../training/fit-dataset.js");
      return fitDataset(this.#trainee("fit", scored), dataset, options);
    });
  }

  /**
   * Measures the model: `{ loss, ...metrics }`. Others have their turn every 16 milliseconds, so leave the arrays as they are;
   * but what they ask of the model comes behind this, and while `fit` runs this is done in one go.
   *
   * @throws StateError before compile; ShapeError, RangeError, TypeError for data that does not fit.
   */
  async evaluate(x: ArrayInput, y: ArrayInput, options: EvaluateOptions = {}): Promise<Logs> {
    const scored = this.#compiled("evaluate");
    const { evaluate } = await import("../training/index.js");
    return evaluate(this.#trainee("evaluate", scored), x, y, options);
  }

  /**
   * The same over batches that come one after the other: see `fitDataset`.
   *
   * @throws as `evaluate`; LanewiseError when there is no batch.
   */
  async evaluateDataset(dataset: Dataset, options: EvaluateDatasetOptions = {}): Promise<Logs> {
    const scored = this.#compiled("evaluateDataset");
    const { evaluateDataset } = await import("../training/fit-dataset.js");
    return evaluateDataset(this.#trainee("evaluateDataset", scored), dataset, options);
  }

  /** Measures the model on one batch. @throws as `evaluate`. */
  async testOnBatch(x: ArrayInput, y: ArrayInput, options: WeightingOptions = {}): Promise<Logs> {
    checkOptions(options, ["sampleWeight"], "testOnBatch");
    const input = toNDArray(x, "x");
    return this.evaluate(input, y, { ...options, batchSize: Math.max(input.shape[0] ?? 1, 1) });
  }

  /**
   * The model's output for x [n, ...inputShape]: a fresh float32 array [n, ...outputShape]. Others have their turn as in
   * `evaluate`.
   *
   * @throws ShapeError, RangeError, TypeError for data that does not fit.
   */
  async predict(x: ArrayInput, options: PredictOptions = {}): Promise<NDArray<Float32Array>> {
    this.#keeper.checkUsable("predict");
    const settings = checkPredictOptions(options);
    const { batchSize, steps = Infinity, hooks, verbose } = settings;
    const input = toNDArray(x, "x");
    const network = this.#keeper.networkFor(input);
    const rows = Math.min(checkInputs(input, network.inputShape, "x"), steps * batchSize);
    if (hooks.length > 0 || verbose > 0) {
      this.#keeper.keep(network);
      const { predictInTurns } = await import("../training/in-turns.js");
      return predictInTurns(() => this.#networkNow("predict", input), input, rows, settings);
    }
    return this.#keeper.inTurns(network, predict(network, input, rows, batchSize));
  }

  /**
   * One step of the optimizer on one batch. @returns `{ loss, ...metrics }` before the step.
   *
   * @throws as `fit`; LanewiseError, with nothing changed, when the loss is not finite.
   */
  async trainOnBatch(x: ArrayInput, y: ArrayInput, options: TrainOnBatchOptions = {}): Promise<Logs> {
    const scored = this.#compiled("trainOnBatch");
    this.#keeper.checkFree("trainOnBatch");
    const { trainOnBatch } = await import("../training/train-on-batch.js");
    // Another call may have begun to train meanwhile
    this.#keeper.checkFree("trainOnBatch");
    return trainOnBatch(this.#trainee("trainOnBatch", scored), x, y, options);
  }

  /** The same as `predict`. It is there under the name that TensorFlow.js gives it. */
  predictOnBatch(x: ArrayInput): Promise<NDArray<Float32Array>> {
    return this.predict(x);
  }

  /** A table of the layers with their output shapes and numbers of parameters. Prints it unless given another printer. */
  summary(print: (text: string) => void = console.log): void {
    const { inputShape } = this;
    if (!inputShape) {
      throw new StateError("summary: the input shape is not known yet; give the first layer an inputShape");
    }
    print(summarize(this.name, this.#stack.connect(inputShape)));
  }

  /** Copies of all weights, layer by layer: of a dense layer kernel [width, units], then bias [units]. */
  getWeights(): NDArray<Float32Array>[] {
    const network = this.#networkNow("getWeights");
    return network.weights.map((weight) => ndarray(network.readWeight(weight), weight.shape));
  }

  /**
   * Sets all weights, in the order of getWeights.
   *
   * @throws ShapeError, RangeError or TypeError when they do not fit, with no weight changed.
   */
  setWeights(weights: readonly ArrayInput[]): void {
    this.#keeper.checkUsable("setWeights");
    const network = this.#keeper.networkFor(undefined);
    const arrays = checkWeights(network, weights);
    this.#keeper.checkNotShared("setWeights");
    this.#keeper.keep(network, "all");
    network.weights.forEach((weight, index) => {
      network.writeWeight(weight, (arrays[index] as NDArray).data);
    });
  }

  /**
   * Saves the model in TensorFlow.js's LayersModel format: layers, weights and what `compile` was given; with
   * `includeOptimizer` also the state of the optimizer and the seed of its training, so that training can go on from there
   * as if it had never stopped: `fit` with `initialEpoch`. (An optimizer with `useEma` sets the weights to their averages
   * when `fit` ends. What is to go on is then better saved in mid-training, by `callbacks.backupAndRestore`.)
   *
   * TensorFlow.js loads every model of layers and activations that it has. What it has not of the rest comes back here only:
   * without such a loss or optimizer it loads the model uncompiled; metrics, regularizers and options it passes over, and
   * for a schedule it has the learning rate of the next step.
   *
   * @param target A directory, as a path or `file:` URL: model.json and weights.bin in it are replaced, both or none. It is
   *   made, with its parents, if it is not there. Or an `http:` or `https:` URL, to which both are posted as a form; or an object
   *   with `save(artifacts)`, as from `lanewise/browser`.
   * @throws LanewiseError when the model cannot be saved, with the reason; TypeError, RangeError for another target;
   *   StateError when the input shape is not known yet.
   */
  async save(target: ModelTarget, options: SaveOptions = {}): Promise<void> {
    checkOptions(options, ["includeOptimizer"], "save");
    const [artifacts, { saveModel }] = await Promise.all([this.toArtifacts(options), import("../saving/index.js")]);
    await saveModel(artifacts, target);
  }

  /**
   * The same in memory: `tf.loadLayersModel(tf.io.fromMemory(await model.toArtifacts()))` takes it. (TensorFlow.js wants layer
   * names of letters, digits, `_`, `-` and `.`.)
   *
   * @throws LanewiseError for what could not be loaded again: layers and activations of the user's own, and weights that
   *   are not finite; StateError when the input shape is not known yet.
   */
  async toArtifacts(options: SaveOptions = {}): Promise<ModelArtifacts> {
    this.#keeper.checkUsable("toArtifacts");
    checkOptions(options, ["includeOptimizer"], "toArtifacts");
    const { includeOptimizer = false } = options;
    checkBoolean(includeOptimizer, "includeOptimizer");
    const network = this.#keeper.networkNow();
    const scored = this.#scored;
    if (scored && includeOptimizer) network.allocateState(scored.optimizer, scored);
    // Copies, made at once: training may go on meanwhile
    const description = {
      name: this.name,
      layers: this.#stack.connect(network.inputShape),
      weights: network.weights.map((weight) => ndarray(network.readWeight(weight), weight.shape)),
      training: scored && { optimizer: scored.optimizer, ...scored.objective },
      progress:
        scored && includeOptimizer
          ? { optimizerState: readOptimizerState(network, scored.optimizer), seed: this.#seed ?? this.#lastSeed }
          : undefined,
      metadata: this.#metadata,
    };
    const { toArtifacts } = await import("../saving/index.js");
    return toArtifacts(description, makeInner);
  }

  /**
   * Keeps something with the model that `save` and `load` hand on: `{ classes: ["cat", "dog"] }`. It takes the place of what
   * was kept before.
   *
   * @throws TypeError unless it is an object of what JSON can hold; RangeError for the key `lanewise`, which is the library's.
   */
  setUserDefinedMetadata(metadata: UserDefinedMetadata): void {
    this.#metadata = checkMetadata(metadata, "setUserDefinedMetadata");
  }

  /** A copy of what was kept with the model; `{}` when that is nothing. */
  getUserDefinedMetadata(): UserDefinedMetadata {
    return structuredClone(this.#metadata);
  }

  /** Lets go of the model's memory now, not when the garbage is collected. @throws StateError while `fit` runs. */
  dispose(): void {
    this.#keeper.dispose();
  }

  #networkNow(method: string, x?: NDArray): Network {
    this.#keeper.checkUsable(method);
    return this.#keeper.networkNow(x);
  }

  /** The model, as training and measuring see it. */
  #trainee(method: string, scored: Scored): Trainee {
    const keeper = this.#keeper;
    return {
      model: this,
      scored,
      seed: this.#seed,
      shapesFor: (x) => {
        const inputShape = keeper.network?.inputShape ?? this.#stack.inputShapeFor(x);
        return { inputShape, outputShape: this.#stack.outputShape(inputShape) };
      },
      networkFor: (x) => {
        keeper.checkUsable(method);
        return keeper.networkFor(x);
      },
      networkNow: (x) => this.#networkNow(method, x),
      networkToTrain: (x, seed) => {
        keeper.checkUsable(method);
        return keeper.networkToTrain(scored, x, seed);
      },
      inTurns: (network, steps) => keeper.inTurns(network, steps),
      keepTrained: (network, seed = this.#lastSeed) => {
        keeper.keep(network, "all");
        this.#lastSeed = seed;
      },
    };
  }

  #compiled(method: string): Scored {
    this.#keeper.checkUsable(method);
    if (!this.#scored)
      throw new StateError(`${method}: the model must be compiled first: model.compile({ optimizer, loss })`);
    return this.#scored;
  }
}

/** The model that is a layer of a saved one. */
function makeInner(layers: readonly Layer[], name: string): Sequential {
  return new Sequential(layers, { name });
}
