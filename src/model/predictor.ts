/** Saved models that are only asked. */
import { type ArrayInput, type NDArray, toNDArray } from "../arrays.js";
import { StateError } from "../errors.js";
import type { Layer } from "../layers/layer.js";
import { connect } from "../network/connect.js";
import { registerModel } from "../network/nesting.js";
import { Network, toSeed } from "../network/network.js";
import type { ModelSource } from "../saving/artifacts.js";
import { readModel, type SavedModel } from "../saving/load-model.js";
import type { UserDefinedMetadata } from "../saving/metadata.js";
import { checkInputs } from "../training/inputs.js";
import { predict } from "../training/prediction.js";
import { startWork } from "../training/steps.js";
import { LayerStack } from "./stack.js";

/** A saved model, to be asked: a Sequential without what it takes to build, train and save one. */
export class Predictor {
  readonly name: string;
  readonly layers: readonly Layer[];
  /** The shape of one sample. */
  readonly inputShape: readonly number[];
  /** The shape of the output for one sample. */
  readonly outputShape: readonly number[];
  readonly #metadata: UserDefinedMetadata;
  #network: Network | undefined;

  constructor({ name, layers, weights, metadata }: SavedModel) {
    const stack = stackOf(layers, this);
    const leaves = stack.leaves(stack.inputShapeFor(undefined));
    let index = 0;
    for (const { layer, inputShape, shared } of leaves) {
      for (const spec of layer.weights(inputShape)) {
        const { data } = weights[index++] as NDArray<Float32Array>;
        shared(spec.name).newest = { owner: this, values: () => data };
      }
    }
    this.#network = new Network(leaves, toSeed(0), "exact");
    this.#network.claim("all");
    this.name = name;
    this.layers = stack.layers;
    this.inputShape = this.#network.inputShape;
    this.outputShape = this.#network.outputShape;
    this.#metadata = metadata;
  }

  /** The bytes of WebAssembly memory that the model holds. */
  get byteLength(): number {
    return this.#network?.arena.byteLength ?? 0;
  }

  /**
   * The model's output for x [n, ...inputShape]: a fresh float32 array [n, ...outputShape], the same to the bit as that of
   * Sequential's `predict`. Others have their turn every 16 milliseconds, so leave the array as it is.
   *
   * @throws ShapeError, RangeError, TypeError for data that does not fit; StateError when the model has been disposed.
   */
  async predict(x: ArrayInput): Promise<NDArray<Float32Array>> {
    const network = this.#network;
    if (!network) throw new StateError("predict: the model has been disposed");
    const input = toNDArray(x, "x");
    const rows = checkInputs(input, network.inputShape, "x");
    return startWork(predict(network, input, rows, Infinity)).result;
  }

  /** A copy of what was kept with the model, such as the names of its classes; `{}` when that is nothing. */
  getUserDefinedMetadata(): UserDefinedMetadata {
    return structuredClone(this.#metadata);
  }

  /** Lets go of the model's memory now, not when the garbage is collected. */
  dispose(): void {
    this.#network = undefined;
  }
}

/**
 * Loads what `save` or TensorFlow.js has saved, to predict with it. What training needs is passed over.
 *
 * @param source As Sequential.load's: a path or URL of a model.json, a directory, artifacts in memory, or an object with
 *   `load()`.
 * @throws LanewiseError when a file cannot be read; FormatError for everything in it that is wrong or not supported, such
 *   as a layer that is not known here: `register` tells of those that are.
 */
export async function loadModel(source: ModelSource): Promise<Predictor> {
  return new Predictor(await readModel(source, connect, innerModel));
}

function stackOf(layers: readonly Layer[], model: object): LayerStack {
  const stack = new LayerStack(true, undefined);
  registerModel(model, stack.parts);
  for (const layer of layers) stack.add(layer, model);
  return stack;
}

/** The model that is a layer of a saved one. */
function innerModel(layers: readonly Layer[], name: string): Layer {
  const model = { className: "Sequential", name, config: {} };
  const stack = stackOf(layers, model);
  return Object.assign(model, {
    ...(stack.inputShape && { inputShape: stack.inputShape }),
    outputShape: (inputShape: readonly number[]) => stack.outputShape(inputShape),
    weights: (inputShape: readonly number[]) => stack.weights(inputShape),
    plan: () => [],
  });
}
