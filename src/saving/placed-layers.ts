/** A model's layers and weights under the names that they have in a file. */
import type { Layer } from "../layers/index.js";

/** A layer in its place in a model. */
export interface PlacedLayer {
  readonly layer: Layer;
  readonly name: string;
  readonly inputShape: readonly number[];
  /** Of a layer that is a model: its layers. */
  readonly inner?: readonly PlacedLayer[];
}

export interface PlacedWeight {
  /** In a file: `dense_1/kernel`. */
  readonly name: string;
  /** In a model: `sequential/dense/kernel`. */
  readonly path: string;
  readonly shape: readonly number[];
  /** @throws RangeError, ShapeError for a regularizer or a constraint that the shape is not for. */
  readonly check: () => void;
  /** Whether an optimizer may remember something of it. */
  readonly hasSlots: boolean;
  /** Whether training changes it: not when its layer is frozen. */
  readonly learns: boolean;
}

/**
 * TensorFlow.js tells weights by the name of their layer alone, whatever models the layer stands in: no two may have one. A
 * layer keeps its name, the outer ones first, unless another has it: it then gets a number.
 */
export function namesInFile(layers: readonly PlacedLayer[]): ReadonlyMap<PlacedLayer, string> {
  const names = new Map<PlacedLayer, string>();
  const taken = new Set<string>();
  const take = (placed: PlacedLayer, name: string): void => {
    names.set(placed, name);
    taken.add(name);
  };
  const visit = (level: readonly PlacedLayer[]): void => {
    for (const placed of level) if (!taken.has(placed.name)) take(placed, placed.name);
    for (const placed of level) {
      if (names.has(placed)) continue;
      let number = 1;
      while (taken.has(`${placed.name}_${number}`)) number++;
      take(placed, `${placed.name}_${number}`);
    }
    for (const { inner } of level) if (inner) visit(inner);
  };
  visit(layers);
  return names;
}

/** In the order of the layers, and within a layer in its own. */
export function listWeights(layers: readonly PlacedLayer[]): PlacedWeight[] {
  const names = namesInFile(layers);
  const visit = (level: readonly PlacedLayer[], prefix: string): PlacedWeight[] =>
    level.flatMap((placed) => {
      const { layer, name, inputShape, inner } = placed;
      if (inner) return visit(inner, `${prefix}${name}/`);
      return layer.weights(inputShape).map((weight) => ({
        name: `${names.get(placed)}/${weight.name}`,
        path: `${prefix}${name}/${weight.name}`,
        shape: weight.shape,
        check: () => {
          weight.regularizer?.checkShape?.(weight.shape);
          weight.constraint?.checkShape?.(weight.shape);
        },
        hasSlots: weight.trainable !== false,
        learns: layer.trainable !== false && weight.trainable !== false,
      }));
    });
  return visit(layers, "");
}
