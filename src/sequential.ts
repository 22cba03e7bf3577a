/** The model: a stack of layers that is trained and asked. */
import { type ArrayInput, describe, type NDArray, ndarray, toNDArray } from "./arrays.js";
import type { Logs, ModelInTraining } from "./callbacks/callback.js";
import { checkBoolean, checkInteger, checkOptions } from "./checks.js";
import { connect, layerNames } from "./connect.js";
import { checkInputs, checkTargets, type LabelledArrays } from "./dataset.js";
import { ShapeError, StateError } from "./errors.js";
import { checkFitOptions, type FitOptions, splitValidation } from "./fit-options.js";
import type { Layer } from "./layers/layer.js";
import { getModelLoss, type LossInput } from "./losses/index.js";
import { evaluate } from "./measuring.js";
import { getMetric, type Metric, type MetricName } from "./metrics/index.js";
import { Network, toSeed } from "./network.js";
import { getOptimizer, type Optimizer, type OptimizerName } from "./optimizers/index.js";
import type { Objective } from "./plans.js";
import { predict } from "./prediction.js";
import { checkSeed } from "./random.js";
import {
  type ClassWeights,
  checkClassWeights,
  toSampleWeights,
  type WeightingOptions,
  withClassWeights,
} from "./sample-weights.js";
import { type ModelArtifacts, type ModelSource, readModel, saveModel, toArtifacts } from "./saving/index.js";
import { summarize } from "./summary.js";
import { type History, type Scored, train, trainOnBatch } from "./training.js";
import type { Precision } from "./wasm/instantiate.js";
import { checkWeights } from "./weights.js";

export interface SequentialOptions {
  /** Default 'sequential'. */
  readonly name?: string;
  /**
   * Fixes the first weights, and every `fit` that has no seed of its own. A safe integer of at least 0. Without it the
   * weights come from the seed of the first `fit`, or else from a random one.
   */
  readonly seed?: number;
  /**
   * 'exact' (the default) gives the same bits everywhere. 'relaxed' uses fused multiply-add where the engine and the
   * processor have it: faster, and as accurate, but no longer the same on every machine.
   */
  readonly precision?: Precision;
}

export interface CompileOptions {
  readonly optimizer: OptimizerName | (string & {}) | Optimizer;
  readonly loss: LossInput;
  readonly metrics?: readonly (MetricName | (string & {}) | Metric)[];
}

export interface BatchOptions {
  /** Default 128. Changes no result but the order of summing a loss. */
  readonly batchSize?: number;
}

export interface EvaluateOptions extends BatchOptions, WeightingOptions {}

export interface TrainOnBatchOptions extends WeightingOptions {
  /** What the samples of each class count in the loss, times their own weights. Default: 1 each. */
  readonly classWeight?: ClassWeights | undefined;
}

/**
 * A stack of layers, each fed by the one before.
 *
 * Its weights are made when they are first needed: from the first layer's `inputShape`, or from the data of the first
 * `fit`, `evaluate` or `predict`.
 */
export class Sequential implements ModelInTraining {
  readonly name: string;
  /** Set it to true in a callback, and training ends after the batch at hand. */
  stopTraining = false;
  readonly #layers: Layer[] = [];
  /** That of an inputLayer. */
  #inputShape: readonly number[] | undefined;
  readonly #seed: number | undefined;
  readonly #precision: Precision;
  #scored: Scored | undefined;
  #network: Network | undefined;
  #fitting = false;
  #disposed = false;

  /** @throws TypeError, RangeError, ShapeError for layers that are none, or do not fit together. */
  constructor(layers: readonly Layer[] = [], options: SequentialOptions = {}) {
    checkOptions(options, ["name", "seed", "precision"], "Sequential");
    if (!Array.isArray(layers)) throw new TypeError(`Sequential: expected an array of layers, got ${describe(layers)}`);
    const { name = "sequential" } = options;
    if (typeof name !== "string") throw new TypeError(`Sequential: name: expected a text, got ${describe(name)}`);
    this.name = name;
    this.#precision = options.precision ?? "exact";
    if (this.#precision !== "exact" && this.#precision !== "relaxed") {
      throw new RangeError(`Sequential: precision: expected 'exact' or 'relaxed', got ${describe(this.#precision)}`);
    }
    this.#seed = options.seed === undefined ? undefined : checkSeed(options.seed, "Sequential: seed");
    for (const layer of layers) this.add(layer);
  }

  /**
   * Loads what `save` or TensorFlow.js has saved: weights, layers and, where optimizer, loss and metrics are known here,
   * what `compile` was given. The optimizer starts anew.
   *
   * An initializer that is not known here becomes the layer's default, and seeds that are none here are passed over: the
   * weights are there. Weights quantized to float16, uint8 or uint16 become float32.
   *
   * @param source A path or URL of a model.json, a directory that holds one (which no http: URL can be), or artifacts in
   *   memory, as from `toArtifacts` or TensorFlow.js.
   * @throws LanewiseError when a file cannot be read; FormatError for everything in it that is wrong or not supported, such
   *   as a layer that is not known here.
   */
  static async load(source: ModelSource): Promise<Sequential> {
    const { name, layers, weights, training } = await readModel(source, connect);
    const model = new Sequential(layers, { name });
    model.setWeights(weights);
    if (training) model.compile(training);
    return model;
  }

  get layers(): readonly Layer[] {
    return this.#layers;
  }

  /**
   * False when every layer is frozen. Setting it freezes all layers, or lets all learn: it counts from the next `fit` or
   * `trainOnBatch`. `model.layers[0].trainable` does the same for one layer.
   */
  get trainable(): boolean {
    return this.#layers.length === 0 || this.#layers.some((layer) => layer.trainable !== false);
  }

  set trainable(trainable: boolean) {
    checkBoolean(trainable, "trainable");
    for (const layer of this.#layers) layer.trainable = trainable;
  }

  /** The bytes of WebAssembly memory that the model holds. */
  get byteLength(): number {
    return this.#network?.arena.byteLength ?? 0;
  }

  /**
   * Puts a layer on top.
   *
   * @throws TypeError when it is no layer; ShapeError when it does not fit; StateError once the weights exist.
   */
  add(layer: Layer): void {
    this.#checkUsable("add");
    if (typeof layer?.plan !== "function") {
      throw new TypeError(`Sequential: expected a layer such as layers.dense({ units: 10 }), got ${describe(layer)}`);
    }
    if (this.#network) throw new StateError("add: the model has its weights already; add layers before it is used");
    if (layer.className === "InputLayer") {
      if (this.#layers.length > 0 || this.#inputShape) throw new ShapeError("add: an inputLayer can only stand first");
      this.#inputShape = layer.inputShape;
      return;
    }
    const layers = [...this.#layers, layer];
    layerNames(layers);
    const inputShape = this.#inputShape ?? layers[0]?.inputShape;
    if (inputShape) connect(layers, inputShape);
    this.#layers.push(layer);
  }

  /**
   * Sets how the model is trained and measured. Weights stay, the optimizer starts anew.
   *
   * @throws RangeError for unknown names, with the nearest known one; StateError while `fit` runs.
   */
  compile(options: CompileOptions): void {
    this.#checkUsable("compile");
    this.#checkNotFitting("compile");
    checkOptions(options, ["optimizer", "loss", "metrics"], "compile");
    const { optimizer, loss, metrics = [] } = options;
    if (optimizer === undefined) throw new TypeError("compile: an optimizer is needed, such as 'adam'");
    if (loss === undefined) throw new TypeError("compile: a loss is needed, such as 'categoricalCrossentropy'");
    if (!Array.isArray(metrics)) throw new TypeError(`compile: metrics: expected an array, got ${describe(metrics)}`);
    this.#scored = {
      optimizer: getOptimizer(optimizer),
      objective: { loss: getModelLoss(loss), metrics: metrics.map(getMetric) },
    };
  }

  /**
   * Trains for some epochs: x [n, ...inputShape], y as the loss wants it, [n, ...outputShape] or [n] class numbers.
   *
   * @returns loss and metrics of each epoch. The loss of an epoch is the mean over its batches, each before its update.
   * @throws StateError before compile or while another fit runs; ShapeError, RangeError, TypeError for data and options
   *   that do not fit; LanewiseError when training diverges, the weights then being those of the last finite epoch.
   */
  async fit(x: ArrayInput, y: ArrayInput, options: FitOptions = {}): Promise<History> {
    this.#checkUsable("fit");
    const scored = this.#compiled("fit");
    this.#checkNotFitting("fit");
    const settings = checkFitOptions(options);
    const seed = settings.seed ?? this.#seed ?? randomSeed();
    const all = toLabelled(x, y, options, "fit");
    const objective = this.#checkLabelled(all, scored, "x", "y");
    const { data, validation } = splitValidation(all, settings);
    if (validation) this.#checkLabelled(validation, { objective }, "validationData[0]", "validationData[1]");
    const weighted = { ...data, weights: withClassWeights(data, settings.classWeight) };
    settings.signal?.throwIfAborted();
    const network = this.#networkFor(all.x, this.#seed ?? seed);
    network.allocateState(scored.optimizer, scored);
    this.#fitting = true;
    try {
      const adopt = (): void => {
        this.#network = network;
      };
      return await train(network, this, { ...scored, objective }, weighted, { ...settings, seed, validation }, adopt);
    } finally {
      this.#fitting = false;
    }
  }

  /**
   * Measures the model: `{ loss, ...metrics }`.
   *
   * @throws StateError before compile; ShapeError, RangeError, TypeError for data that does not fit.
   */
  async evaluate(x: ArrayInput, y: ArrayInput, options: EvaluateOptions = {}): Promise<Logs> {
    this.#checkUsable("evaluate");
    const scored = this.#compiled("evaluate");
    checkOptions(options, ["batchSize", "sampleWeight"], "evaluate");
    const { batchSize = 128 } = options;
    checkInteger(batchSize, "evaluate: batchSize", 1);
    const data = toLabelled(x, y, options, "evaluate");
    const objective = this.#checkLabelled(data, scored, "x", "y");
    const network = this.#networkFor(data.x);
    const figures = evaluate(network, data, objective, batchSize);
    this.#network = network;
    return figures;
  }

  /**
   * The model's output for x [n, ...inputShape]: a fresh float32 array [n, ...outputShape].
   *
   * @throws ShapeError, RangeError, TypeError for data that does not fit.
   */
  async predict(x: ArrayInput): Promise<NDArray<Float32Array>> {
    this.#checkUsable("predict");
    const input = toNDArray(x, "x");
    const network = this.#networkFor(input);
    const rows = checkInputs(input, network.inputShape, "x");
    const output = predict(network, input, rows);
    this.#network = network;
    return output;
  }

  /**
   * One step of the optimizer on one batch. @returns `{ loss, ...metrics }` before the step.
   *
   * @throws as `fit`; LanewiseError, with nothing changed, when the loss is not finite.
   */
  async trainOnBatch(x: ArrayInput, y: ArrayInput, options: TrainOnBatchOptions = {}): Promise<Logs> {
    this.#checkUsable("trainOnBatch");
    const scored = this.#compiled("trainOnBatch");
    this.#checkNotFitting("trainOnBatch");
    checkOptions(options, ["sampleWeight", "classWeight"], "trainOnBatch");
    const { classWeight } = options;
    if (classWeight !== undefined) checkClassWeights(classWeight, "trainOnBatch: classWeight");
    const data = toLabelled(x, y, options, "trainOnBatch");
    const objective = this.#checkLabelled(data, scored, "x", "y");
    const network = this.#networkFor(data.x);
    network.allocateState(scored.optimizer, scored);
    const weighted = { ...data, weights: withClassWeights(data, classWeight) };
    const figures = trainOnBatch(network, { ...scored, objective }, weighted, this.#seed ?? 0);
    this.#network = network;
    return figures;
  }

  /** The same as `predict`. It is there under the name that TensorFlow.js gives it. */
  predictOnBatch(x: ArrayInput): Promise<NDArray<Float32Array>> {
    return this.predict(x);
  }

  /** A table of the layers with their output shapes and numbers of parameters. Prints it unless given another printer. */
  summary(print: (text: string) => void = console.log): void {
    const inputShape = this.#network?.inputShape ?? this.#inputShape ?? this.#layers[0]?.inputShape;
    if (!inputShape) {
      throw new StateError("summary: the input shape is not known yet; give the first layer an inputShape");
    }
    print(summarize(this.name, connect(this.#layers, inputShape)));
  }

  /** Copies of all weights, layer by layer: of a dense layer kernel [width, units], then bias [units]. */
  getWeights(): NDArray<Float32Array>[] {
    this.#checkUsable("getWeights");
    const network = this.#networkFor(undefined);
    this.#network = network;
    return network.weights.map((weight) => ndarray(network.readWeight(weight), weight.shape));
  }

  /**
   * Sets all weights, in the order of getWeights.
   *
   * @throws ShapeError, RangeError or TypeError when they do not fit, with no weight changed.
   */
  setWeights(weights: readonly ArrayInput[]): void {
    this.#checkUsable("setWeights");
    const network = this.#networkFor(undefined);
    const arrays = checkWeights(network, weights);
    this.#network = network;
    network.weights.forEach((weight, index) => {
      network.writeWeight(weight, (arrays[index] as NDArray).data);
    });
  }

  /**
   * Saves the model in TensorFlow.js's LayersModel format: layers, weights and what `compile` was given, but not the state
   * of the optimizer.
   *
   * @param target A directory, as a path or `file:` URL: model.json and weights.bin in it are replaced, both or none. It is
   *   made, with its parents, if it is not there. Or an `http:` or `https:` URL, to which both are posted as a form.
   * @throws LanewiseError when the model cannot be saved, with the reason; TypeError, RangeError for another target;
   *   StateError when the input shape is not known yet.
   */
  async save(target: string | URL): Promise<void> {
    await saveModel(this.toArtifacts(), target);
  }

  /**
   * The same in memory: `tf.loadLayersModel(tf.io.fromMemory(model.toArtifacts()))` takes it. (TensorFlow.js wants layer
   * names of letters, digits, `_`, `-` and `.`.)
   *
   * @throws LanewiseError for what could not be loaded again: layers and activations of the user's own, and weights that
   *   are not finite; StateError when the input shape is not known yet.
   */
  toArtifacts(): ModelArtifacts {
    this.#checkUsable("toArtifacts");
    const network = this.#networkFor(undefined);
    this.#network = network;
    return toArtifacts({
      name: this.name,
      layers: network.layers,
      weights: network.weights.map((weight) => ({
        path: weight.path,
        array: ndarray(network.readWeight(weight), weight.shape),
      })),
      training: this.#scored && { optimizer: this.#scored.optimizer, ...this.#scored.objective },
    });
  }

  /** Lets go of the model's memory now, not when the garbage is collected. @throws StateError while `fit` runs. */
  dispose(): void {
    this.#checkNotFitting("dispose");
    this.#network = undefined;
    this.#disposed = true;
  }

  #checkUsable(method: string): void {
    if (this.#disposed) throw new StateError(`${method}: the model has been disposed`);
  }

  #checkNotFitting(method: string): void {
    if (this.#fitting) throw new StateError(`${method}: fit is running on this model; wait for it first`);
  }

  #compiled(method: string): Scored {
    if (!this.#scored)
      throw new StateError(`${method}: the model must be compiled first: model.compile({ optimizer, loss })`);
    return this.#scored;
  }

  #inputShapeFor(x: NDArray | undefined): readonly number[] {
    if (this.#network) return this.#network.inputShape;
    const [first] = this.#layers;
    if (!first) throw new StateError("the model has no layers; add some first");
    const inputShape = this.#inputShape ?? first.inputShape ?? x?.shape.slice(1);
    if (!inputShape) throw new StateError("the input shape is not known yet; give the first layer an inputShape");
    return inputShape;
  }

  /**
   * The network, or one made now, for the first layer's inputShape or that of the data. The caller keeps it when nothing
   * can go wrong any more.
   */
  #networkFor(x: NDArray | undefined, seed = this.#seed ?? randomSeed()): Network {
    if (this.#network) return this.#network;
    return new Network(connect(this.#layers, this.#inputShapeFor(x)), toSeed(seed), this.#precision);
  }

  /** Returns the objective, its loss settled by the shapes of the data. */
  #checkLabelled(
    { x, y }: LabelledArrays,
    { objective }: Pick<Scored, "objective">,
    xName: string,
    yName: string,
  ): Objective {
    const inputShape = this.#inputShapeFor(x);
    const rows = checkInputs(x, inputShape, xName);
    if (rows === 0) throw new ShapeError(`${xName}: expected at least one sample, got none`);
    if (y.shape[0] !== rows) {
      throw new ShapeError(`${yName}: expected as many targets as samples, ${rows}, got ${y.shape[0] ?? "a scalar"}`);
    }
    const outputShape = connect(this.#layers, inputShape).at(-1)?.outputShape ?? inputShape;
    const loss = objective.loss.forShapes?.(y.shape, [rows, ...outputShape]) ?? objective.loss;
    checkTargets(y, rows, outputShape, loss, yName);
    return { ...objective, loss };
  }
}

function toLabelled(
  givenX: ArrayInput,
  givenY: ArrayInput,
  { sampleWeight }: WeightingOptions,
  method: string,
): LabelledArrays {
  const x = toNDArray(givenX, "x");
  const y = toNDArray(givenY, "y");
  return { x, y, weights: toSampleWeights(sampleWeight, x.shape[0] ?? 0, `${method}: sampleWeight`) };
}

function randomSeed(): number {
  return Math.floor(Math.random() * 2 ** 32);
}
