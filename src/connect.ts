/** Putting layers one behind the other: names, and shapes from one to the next. */
import { describeShape } from "./arrays.js";
import { ShapeError } from "./errors.js";
import type { Layer } from "./layers/layer.js";
import { toSnakeCase } from "./lookup.js";

export interface LayerInModel {
  readonly layer: Layer;
  /** Its place in the model, from 0. */
  readonly index: number;
  readonly name: string;
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
}

/** Names the layers that have none, and follows the shape through them. @throws ShapeError where they do not fit. */
export function connect(layers: readonly Layer[], inputShape: readonly number[]): LayerInModel[] {
  const connected: LayerInModel[] = [];
  let shape = inputShape;
  layerNames(layers).forEach((name, index) => {
    const layer = layers[index] as Layer;
    if (layer.inputShape && describeShape(layer.inputShape) !== describeShape(shape)) {
      throw new ShapeError(
        `${name}: inputShape ${describeShape(layer.inputShape)} was given, but the layer before gives ${describeShape(shape)}`,
      );
    }
    const outputShape = layer.outputShape(shape);
    connected.push({ layer, index, name, inputShape: shape, outputShape });
    shape = outputShape;
  });
  return connected;
}

/** `dense`, `dense_1`, …, unless a layer has a name. @throws RangeError for a name given twice. */
export function layerNames(layers: readonly Layer[]): string[] {
  const taken = new Set<string>();
  for (const { name } of layers) {
    if (name === undefined) continue;
    if (taken.has(name)) throw new RangeError(`two layers have the name '${name}'`);
    taken.add(name);
  }
  return layers.map(({ name, className }) => {
    if (name !== undefined) return name;
    const base = toSnakeCase(className);
    let candidate = base;
    for (let number = 1; taken.has(candidate); number++) candidate = `${base}_${number}`;
    taken.add(candidate);
    return candidate;
  });
}
