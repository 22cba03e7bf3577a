/** Models as layers of other models: they take part with their own layers, and share their weights. */
import type { Layer } from "../layers/layer.js";

/** A weight that several models may hold, each in its own memory. Whoever has changed it last is asked for its values. */
export interface SharedWeight {
  newest?: WeightHolder | undefined;
}

export interface WeightHolder {
  readonly owner: object;
  values(): Float32Array;
}

/** What a model brings along as a layer of another. */
export class ModelParts {
  readonly layers: readonly Layer[];
  /** False when its name is the default, which gives way to others. */
  readonly hasName: boolean;
  /** That of its first weights, whichever model makes them. */
  readonly seed: number | undefined;
  /** Whether it is a layer of another model. */
  isNested = false;
  /** The model whose `fit` is running, if it changes these layers' weights: this one or one that it is a layer of. */
  trainedBy: object | undefined;
  readonly #shared = new Map<string, SharedWeight>();

  constructor(layers: readonly Layer[], hasName: boolean, seed: number | undefined) {
    this.layers = layers;
    this.hasName = hasName;
    this.seed = seed;
  }

  /** The weight of that name of the layer with that number. */
  shared(index: number, name: string): SharedWeight {
    const key = `${index}/${name}`;
    const weight = this.#shared.get(key) ?? {};
    this.#shared.set(key, weight);
    return weight;
  }

  /** These and those of the models among the layers. */
  withInner(): ModelParts[] {
    return [this, ...this.layers.flatMap((layer) => partsOf(layer)?.withInner() ?? [])];
  }

  /** The weights of its layers that are no models, as far as they have been made. */
  ownWeights(): SharedWeight[] {
    return [...this.#shared.values()].filter(({ newest }) => newest !== undefined);
  }
}

const models = new WeakMap<object, ModelParts>();

export function registerModel(model: object, parts: ModelParts): void {
  models.set(model, parts);
}

/** The parts of a layer that is a model. */
export function partsOf(layer: object): ModelParts | undefined {
  return models.get(layer);
}

/** Whether a model stands somewhere in a layer, or is it. */
export function contains(layer: Layer, model: object): boolean {
  return layer === model || (partsOf(layer)?.layers.some((inner) => contains(inner, model)) ?? false);
}
