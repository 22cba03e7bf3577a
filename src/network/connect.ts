/** Putting layers one behind the other: names, and shapes from one to the next. */
import { describeShape } from "../arrays.js";
import { ShapeError } from "../errors.js";
import type { Layer } from "../layers/layer.js";
import { toSnakeCase } from "../lookup.js";
import { type ModelParts, partsOf, type SharedWeight } from "./nesting.js";

export interface LayerInModel {
  readonly layer: Layer;
  /** Its place in the model, from 0. */
  readonly index: number;
  readonly name: string;
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  /** Of a layer that is a model: its layers. */
  readonly inner?: readonly LayerInModel[];
}

/** A layer that is no model, wherever in a model it stands. Its name tells where: `sequential/dense`. */
export interface LeafInModel extends LayerInModel {
  /** From the model that it is a layer of. */
  shared(weight: string): SharedWeight;
  /** The random stream of its first weight, and the seed if it is not that of the whole model. */
  readonly firstStream: number;
  readonly seed: number | undefined;
}

/**
 * Names the layers that have none, and follows the shape through them.
 *
 * @throws ShapeError where they do not fit; RangeError for one with weights that stands there twice.
 */
export function connect(
  layers: readonly Layer[],
  inputShape: readonly number[],
  placed = new Set<Layer>(),
): LayerInModel[] {
  const connected: LayerInModel[] = [];
  let shape = inputShape;
  layerNames(layers).forEach((name, index) => {
    const layer = layers[index] as Layer;
    if (layer.inputShape && describeShape(layer.inputShape) !== describeShape(shape)) {
      throw new ShapeError(
        `${name}: inputShape ${describeShape(layer.inputShape)} was given, but the layer before gives ${describeShape(shape)}`,
      );
    }
    const parts = partsOf(layer);
    if (placed.has(layer) && layer.weights(shape).length > 0) {
      throw new RangeError(`${name}: a layer with weights can't stand in a model twice; make two of the same options`);
    }
    placed.add(layer);
    const inner = parts && connect(parts.layers, shape, placed);
    const outputShape = inner ? (inner.at(-1)?.outputShape ?? shape) : layer.outputShape(shape);
    layer.activityRegularizer?.checkShape?.([1, ...outputShape]);
    connected.push({ layer, index, name, inputShape: shape, outputShape, ...(inner && { inner }) });
    shape = outputShape;
  });
  return connected;
}

/** The layers of a model and of the models among them, in the order of the data. */
export function flatten(connected: readonly LayerInModel[], model: ModelParts): LeafInModel[] {
  const leaves: LeafInModel[] = [];
  const visit = (entries: readonly LayerInModel[], parts: ModelParts, prefix: string, streams: Streams): void => {
    for (const entry of entries) {
      const { layer, index, inner, inputShape } = entry;
      const name = `${prefix}${entry.name}`;
      const nested = partsOf(layer);
      if (inner && nested) {
        visit(inner, nested, `${name}/`, nested.seed === undefined ? streams : { seed: nested.seed, next: 0 });
        continue;
      }
      const { seed, next: firstStream } = streams;
      const shared = (weight: string) => parts.shared(index, weight);
      leaves.push({ ...entry, name, index: leaves.length, shared, firstStream, seed });
      streams.next += layer.weights(inputShape).length;
    }
  };
  visit(connected, model, "", { seed: undefined, next: 0 });
  return leaves;
}

/** Numbers the weights that a seed makes. */
interface Streams {
  readonly seed: number | undefined;
  next: number;
}

/** `dense`, `dense_1`, …, unless a layer has a name. @throws RangeError for a name given twice. */
export function layerNames(layers: readonly Layer[]): string[] {
  const taken = new Set<string>();
  const names = layers.map((layer) => (partsOf(layer)?.hasName === false ? undefined : layer.name));
  for (const name of names) {
    if (name === undefined) continue;
    if (taken.has(name)) throw new RangeError(`two layers have the name '${name}'`);
    taken.add(name);
  }
  return layers.map(({ className }, index) => {
    const name = names[index];
    if (name !== undefined) return name;
    const base = toSnakeCase(className);
    let candidate = base;
    for (let number = 1; taken.has(candidate); number++) candidate = `${base}_${number}`;
    taken.add(candidate);
    return candidate;
  });
}
