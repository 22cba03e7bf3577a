/** The layers of a model, one behind the other: which may be added, and what shapes pass through them. */
import { describe, type NDArray } from "../arrays.js";
import { ShapeError, StateError } from "../errors.js";
import type { Layer, WeightSpec } from "../layers/layer.js";
import { connect, flatten, type LayerInModel, type LeafInModel, layerNames } from "../network/connect.js";
import { contains, ModelParts, partsOf } from "../network/nesting.js";

export class LayerStack {
  readonly layers: readonly Layer[];
  readonly parts: ModelParts;
  readonly #layers: Layer[] = [];
  /** That of an inputLayer. */
  #inputShape: readonly number[] | undefined;

  constructor(hasName: boolean, seed: number | undefined) {
    this.layers = this.#layers;
    this.parts = new ModelParts(this.#layers, hasName, seed);
  }

  /**
   * Puts a layer on top of those of the model.
   *
   * @throws TypeError when it is no layer; ShapeError when it does not fit; StateError for a model without layers;
   *   RangeError for the model itself or one that it is a layer of.
   */
  add(layer: Layer, model: object): void {
    if (typeof layer?.plan !== "function") {
      throw new TypeError(`Sequential: expected a layer such as layers.dense({ units: 10 }), got ${describe(layer)}`);
    }
    const nested = partsOf(layer);
    if (nested?.layers.length === 0) throw new StateError("add: the model has no layers yet; add some to it first");
    if (contains(layer, model)) throw new RangeError("add: a model can't be a layer of itself");
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
    if (nested) nested.isNested = true;
  }

  /** The shape of one sample, where it is known. */
  get inputShape(): readonly number[] | undefined {
    return this.#inputShape ?? this.#layers[0]?.inputShape;
  }

  /** The same, or that of the data. @throws StateError when neither is known. */
  inputShapeFor(x: NDArray | undefined): readonly number[] {
    if (this.#layers.length === 0) throw new StateError("the model has no layers; add some first");
    const inputShape = this.inputShape ?? x?.shape.slice(1);
    if (!inputShape) throw new StateError("the input shape is not known yet; give the first layer an inputShape");
    return inputShape;
  }

  /** The layers with their names and shapes. @throws ShapeError for input that they can't take. */
  connect(inputShape: readonly number[]): LayerInModel[] {
    return connect(this.#layers, inputShape);
  }

  /** The same, with those of models among them in their places. */
  leaves(inputShape: readonly number[]): LeafInModel[] {
    return flatten(this.connect(inputShape), this.parts);
  }

  /** @throws ShapeError for input that the layers can't take. */
  outputShape(inputShape: readonly number[]): readonly number[] {
    return this.connect(inputShape).at(-1)?.outputShape ?? inputShape;
  }

  /** As a layer: the weights of all, named `dense/kernel`. */
  weights(inputShape: readonly number[]): readonly WeightSpec[] {
    return this.leaves(inputShape).flatMap((leaf) =>
      leaf.layer.weights(leaf.inputShape).map((spec) => ({ ...spec, name: `${leaf.name}/${spec.name}` })),
    );
  }
}
