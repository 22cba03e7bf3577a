/** A model in memory: its layers, their weights, and what the optimizer remembers of each. */
import { describeShape, sizeOf } from "../arrays.js";
import { ShapeError } from "../errors.js";
import type { RandomStream } from "../initializers/initializer.js";
import type { Values, Weight } from "../layers/layer.js";
import type { Optimizer } from "../optimizers/index.js";
import { startSlots } from "../optimizers/step.js";
import { keyOf } from "../random.js";
import { Arena } from "../wasm/arena.js";
import type { Precision } from "../wasm/instantiate.js";
import { type Pointer, toStride } from "../wasm/kernels.js";
import { readRows, writeRows } from "../wasm/rows.js";
import type { LayerInModel, LeafInModel } from "./connect.js";
import type { SharedWeight } from "./nesting.js";

export interface Seed {
  readonly seedLow: number;
  readonly seedHigh: number;
}

/** A seed, a safe integer of at least 0, as the two words of a key. */
export function toSeed(seed: number): Seed {
  const [seedLow, seedHigh] = keyOf(seed);
  return { seedLow, seedHigh };
}

/** A way for batches through the network, laid out in its memory. */
export interface PredictionPlan {
  /** The most rows a batch may have. */
  readonly capacity: number;
  /** Where a batch's rows are to be put. */
  readonly input: Values;
  /** Where the output is left. */
  readonly output: Values;
  forward(rows: number): void;
}

export class Network {
  readonly arena: Arena;
  readonly layers: readonly LayerInModel[];
  readonly weights: readonly Weight[];
  /** Layers at the start that remember nothing: they are applied when data is loaded. */
  readonly #preprocessing: readonly LayerInModel[];
  /** All others: their work is planned for batches. */
  readonly plannedLayers: readonly LayerInModel[];
  readonly #weightsStart: number;
  readonly #weightsEnd: number;
  #stateEnd: number;
  #stateOwner: object | undefined;
  /** How many steps the optimizer has taken. */
  iterations = 0;
  /** The plan for predictions, and where in memory it begins, while it is there. */
  prediction: { readonly plan: PredictionPlan; readonly start: number } | undefined;

  /** Where other models find the weights, one for each. */
  readonly #shared: readonly SharedWeight[];

  /** @throws ShapeError when a weight that another model has made has another shape. */
  constructor(layers: readonly LeafInModel[], seed: Seed, precision: Precision) {
    this.arena = new Arena(precision);
    this.layers = layers;
    const firstPlanned = layers.findIndex(({ layer }) => !layer.preprocess || layer.activityRegularizer);
    const preprocessing = firstPlanned === -1 ? layers.length : firstPlanned;
    this.#preprocessing = layers.slice(0, preprocessing);
    this.plannedLayers = layers.slice(preprocessing);
    this.#weightsStart = this.arena.mark();
    this.weights = layers.flatMap((layer) => this.#allocateWeights(layer));
    this.#weightsEnd = this.arena.mark();
    this.#stateEnd = this.#weightsEnd;
    this.#shared = layers.flatMap(({ layer, inputShape, shared }) =>
      layer.weights(inputShape).map(({ name }) => shared(name)),
    );
    const streams = layers.flatMap(({ layer, inputShape, firstStream, seed: own }) =>
      layer
        .weights(inputShape)
        .map((_, i) => ({ ...(own === undefined ? seed : toSeed(own)), stream: firstStream + i })),
    );
    this.weights.forEach((weight, index) => {
      const size = sizeOf(weight.shape);
      const { pointer, stride, width, rows } = weight;
      const values = stride === width ? pointer : this.arena.allocate(size);
      const made = this.#shared[index]?.newest?.values();
      if (made && made.length !== size) {
        const shape = describeShape(weight.shape);
        throw new ShapeError(
          `${weight.path}: expected shape ${shape}, but another model has made it of ${made.length} values`,
        );
      }
      if (made) this.arena.floats(values, size).set(made);
      else weight.initializer.fill(this.arena, values, weight.shape, streams[index] as RandomStream);
      if (values !== pointer) this.arena.kernels.copyRows(pointer, stride, values, width, rows, width);
      this.arena.release(this.#weightsEnd);
    });
  }

  /** Takes over what other models have made of the weights that they share. */
  refresh(): void {
    this.weights.forEach((weight, index) => {
      const newest = this.#shared[index]?.newest;
      if (newest && newest.owner !== this) this.writeWeight(weight, newest.values());
    });
  }

  /** Becomes the one whose weights count: all of them, or those only that nobody has. */
  claim(which: "all" | "new"): void {
    this.weights.forEach((weight, index) => {
      const shared = this.#shared[index];
      if (!shared || (which === "new" && shared.newest)) return;
      shared.newest = { owner: this, values: () => this.readWeight(weight) };
    });
  }

  get inputShape(): readonly number[] {
    return (this.layers[0] as LayerInModel).inputShape;
  }

  get outputShape(): readonly number[] {
    return (this.layers.at(-1) as LayerInModel).outputShape;
  }

  /** Whether the first layer that is planned can work on sparse rows. */
  get takesSparseRows(): boolean {
    const [first] = this.plannedLayers;
    return first?.inputShape.length === 1 && (first.layer.takesSparseRows ?? false);
  }

  /** Applies the layers at the start that remember nothing to freshly loaded rows. */
  preprocess(values: Values, rows: number): void {
    for (const { layer, inputShape } of this.#preprocessing) layer.preprocess?.(this.arena, values, rows, inputShape);
  }

  /**
   * Gives each weight the optimizer's slots, at their start, and frees everything but the weights; unless that has been done
   * for the same owner.
   */
  allocateState(optimizer: Optimizer, owner: object): void {
    if (this.#stateOwner === owner) return;
    this.#stateOwner = undefined;
    this.release(this.#weightsEnd);
    for (const weight of this.weights) {
      const slots = weight.trainable === false ? 0 : optimizer.slots;
      const length = weight.rows * weight.stride;
      weight.state = Array.from({ length: slots }, () => this.arena.allocate(length));
      startSlots(this.arena.kernels, optimizer, { ...weight, length });
    }
    this.#stateEnd = this.arena.mark();
    this.iterations = 0;
    // Last, so that memory that runs out halfway leaves nothing that looks ready
    this.#stateOwner = owner;
  }

  /** Frees what has been allocated since the mark was taken. */
  release(mark: number): void {
    this.arena.release(mark);
    if (this.prediction && this.prediction.start >= mark) this.prediction = undefined;
  }

  /** A copy of weights, slots and the count of steps, and the way back to it. */
  snapshot(): { save(): void; restore(): void } {
    const start = this.#weightsStart as Pointer;
    const byteLength = this.#stateEnd - this.#weightsStart;
    const copy = this.arena.allocate(byteLength / 4);
    let { iterations } = this;
    return {
      save: () => {
        this.arena.copy(copy, start, byteLength);
        iterations = this.iterations;
      },
      restore: () => {
        this.arena.copy(start, copy, byteLength);
        this.iterations = iterations;
      },
    };
  }

  /** Exchanges the weights with the averages that the optimizer keeps of them, if it does. A second call undoes it. */
  swapAverages({ averaging }: Optimizer): void {
    if (!averaging) return;
    const mark = this.arena.mark();
    for (const { pointer, state, rows, stride } of this.weights) {
      const average = state[averaging.slot];
      if (average === undefined) continue;
      const byteLength = rows * stride * 4;
      const copy = this.arena.allocate(rows * stride);
      this.arena.copy(copy, pointer, byteLength);
      this.arena.copy(pointer, average, byteLength);
      this.arena.copy(average, copy, byteLength);
      this.arena.release(mark);
    }
  }

  /** Whether every weight is a finite number. */
  weightsAreFinite(): boolean {
    const length = (this.#weightsEnd - this.#weightsStart) / 4;
    return this.arena.kernels.findNonFinite(this.#weightsStart as Pointer, length) === length;
  }

  readWeight(weight: Weight): Float32Array {
    return readRows(this.arena, weight);
  }

  writeWeight(weight: Weight, data: ArrayLike<number>): void {
    writeRows(this.arena, weight, data);
  }

  #allocateWeights({ layer, name, inputShape }: LayerInModel): Weight[] {
    return layer.weights(inputShape).map((spec) => {
      spec.regularizer?.checkShape?.(spec.shape);
      spec.constraint?.checkShape?.(spec.shape);
      const rows = sizeOf(spec.shape.slice(0, -1));
      const width = sizeOf(spec.shape) / rows;
      const stride = toStride(width);
      const pointer = this.arena.allocate(rows * stride);
      return { ...spec, path: `${name}/${spec.name}`, layer, rows, width, stride, pointer, state: [] };
    });
  }
}
