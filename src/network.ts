/** A model's layers laid out in memory: weights, optimizer slots, and plans for batches of a given size. */
import { describeShape, sizeOf } from "./arrays.js";
import { ShapeError } from "./errors.js";
import {
  isSparse,
  type Layer,
  type PlanContext,
  type SparseValues,
  type Step,
  type Values,
  type Weight,
} from "./layers/layer.js";
import type { Loss, LossBatch } from "./losses/loss.js";
import type { Metric } from "./metrics/metric.js";
import type { Optimizer } from "./optimizers/index.js";
import { Arena } from "./wasm/arena.js";
import type { Precision } from "./wasm/instantiate.js";
import { offset, type Pointer, toStride } from "./wasm/kernels.js";

/** What the dense products need: a panel of 256 x 8 floats and groups of 128 x 256. See assembly/matmul.ts. */
const SCRATCH_LENGTH = 256 * 8 + 128 * 256;

export interface LayerInModel {
  readonly layer: Layer;
  readonly name: string;
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
}

export interface Seed {
  readonly seedLow: number;
  readonly seedHigh: number;
}

/** A seed, a safe integer of at least 0, as the two words of a key. */
export function toSeed(seed: number): Seed {
  return { seedLow: seed % 2 ** 32, seedHigh: Math.floor(seed / 2 ** 32) };
}

/** Names the layers that have none, and follows the shape through them. @throws ShapeError where they do not fit. */
export function connect(layers: readonly Layer[], inputShape: readonly number[]): LayerInModel[] {
  const connected: LayerInModel[] = [];
  let shape = inputShape;
  layerNames(layers).forEach((name, index) => {
    const layer = layers[index] as Layer;
    if (index > 0 && layer.inputShape && describeShape(layer.inputShape) !== describeShape(shape)) {
      throw new ShapeError(
        `${name}: inputShape ${describeShape(layer.inputShape)} was given, but the layer before gives ${describeShape(shape)}`,
      );
    }
    const outputShape = layer.outputShape(shape);
    connected.push({ layer, name, inputShape: shape, outputShape });
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
    const base = className.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();
    let candidate = base;
    for (let number = 1; taken.has(candidate); number++) candidate = `${base}_${number}`;
    taken.add(candidate);
    return candidate;
  });
}

/** One batch's way through the network. */
interface Plan {
  /** The most rows a batch may have. */
  readonly capacity: number;
  /** Where the output is left. */
  readonly output: Values;
}

export interface PredictionPlan extends Plan {
  /** Where a batch's rows are to be put. */
  readonly input: Values;
  forward(rows: number): void;
}

/** A plan that measures, and may learn. */
export interface ScoredPlan extends Plan {
  /** Where a batch's rows, or the ranges of their entries, are to be put. */
  readonly input: Values | SparseValues;
  /** f32[capacity, width of the output], to be filled before `score` or `train`. */
  readonly targets: Values;
  /** Runs the batch and measures it: the sum of the rows' losses and, per metric, sum and count. */
  score(rows: number): BatchScore;
  /** The same, and then a step of the optimizer. Returns before it, with nothing changed, when the loss is not finite. */
  train(rows: number): BatchScore;
}

export interface BatchScore {
  readonly loss: number;
  readonly metrics: readonly { readonly sum: number; readonly count: number }[];
}

/** What decides how well it goes, and how to get better. */
export interface Objective {
  readonly loss: Loss;
  readonly metrics: readonly Metric[];
}

export class Network {
  readonly arena: Arena;
  readonly layers: readonly LayerInModel[];
  readonly weights: readonly Weight[];
  /** Layers at the start that are applied when data is loaded, before the first that is planned. */
  readonly #preprocessing: readonly LayerInModel[];
  readonly #weightsStart: number;
  readonly #weightsEnd: number;
  #stateEnd: number;
  /** How many steps the optimizer has taken. */
  iterations = 0;

  constructor(layers: readonly LayerInModel[], seed: Seed, precision: Precision) {
    this.arena = new Arena(precision);
    this.layers = layers;
    const firstPlanned = layers.findIndex(({ layer }) => layer.preprocess === undefined);
    this.#preprocessing = layers.slice(0, firstPlanned === -1 ? layers.length : firstPlanned);
    this.#weightsStart = this.arena.mark();
    this.weights = layers.flatMap((layer) => this.#allocateWeights(layer));
    this.#weightsEnd = this.arena.mark();
    this.#stateEnd = this.#weightsEnd;
    this.weights.forEach((weight, stream) => {
      const values = this.arena.allocate(sizeOf(weight.shape) + 16);
      weight.initializer.fill(this.arena.kernels, values, weight.shape, { ...seed, stream });
      this.arena.kernels.copyRows(weight.pointer, weight.stride, values, weight.width, weight.rows, weight.width);
      this.arena.release(this.#weightsEnd);
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
    return this.layers[this.#preprocessing.length]?.layer.takesSparseRows ?? false;
  }

  /** Applies the layers that work on single values to freshly loaded data. */
  preprocess(values: Pointer, count: number): void {
    for (const { layer } of this.#preprocessing) layer.preprocess?.(this.arena.kernels, values, count);
  }

  /** Gives each weight the optimizer's slots, all 0. Frees everything but the weights. */
  allocateState(optimizer: Optimizer): void {
    this.arena.release(this.#weightsEnd);
    for (const weight of this.weights) {
      weight.state = Array.from({ length: optimizer.slots }, () => this.arena.allocate(weight.rows * weight.stride));
    }
    this.#stateEnd = this.arena.mark();
    this.iterations = 0;
  }

  /** A copy of weights and slots in memory, and the way back to it. */
  snapshot(): { save(): void; restore(): void } {
    const start = this.#weightsStart as Pointer;
    const byteLength = this.#stateEnd - this.#weightsStart;
    const copy = this.arena.allocate(byteLength / 4);
    return {
      save: () => this.arena.copy(copy, start, byteLength),
      restore: () => this.arena.copy(start, copy, byteLength),
    };
  }

  /** Whether every weight is a finite number. */
  weightsAreFinite(): boolean {
    const length = (this.#weightsEnd - this.#weightsStart) / 4;
    return this.arena.kernels.findNonFinite(this.#weightsStart as Pointer, length) === length;
  }

  readWeight({ pointer, rows, width, stride }: Weight): Float32Array {
    const values = this.arena.floats(pointer, rows * stride);
    const result = new Float32Array(rows * width);
    for (let row = 0; row < rows; row++) {
      result.set(values.subarray(row * stride, row * stride + width), row * width);
    }
    return result;
  }

  writeWeight({ pointer, rows, width, stride }: Weight, data: ArrayLike<number>): void {
    const values = this.arena.floats(pointer, rows * stride);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < width; column++) values[row * stride + column] = data[row * width + column] ?? 0;
    }
  }

  /** Lays out prediction for batches of up to `capacity` rows. */
  planPrediction(capacity: number): PredictionPlan {
    const input = this.#denseInput(capacity);
    const { steps, output } = this.#planLayers(capacity, input, false);
    return {
      capacity,
      input,
      output,
      forward: (rows) => {
        for (const step of steps) step.forward({ rows });
      },
    };
  }

  /** Lays out measuring, and with an optimizer training, for batches of up to `capacity` rows of the given input. */
  planScored(
    capacity: number,
    sparseInput: SparseValues | undefined,
    { loss, metrics }: Objective,
    training?: { readonly optimizer: Optimizer; readonly seed: Seed },
  ): ScoredPlan {
    const { kernels } = this.arena;
    const input = sparseInput ?? this.#denseInput(capacity);
    const { steps, output: lastOutput } = this.#planLayers(capacity, input, training !== undefined);
    const fused = loss.fused && loss.fused.activation === steps.at(-1)?.activation ? loss.fused : undefined;
    if (fused) steps.pop();
    const passes = fused ?? loss;
    const { width, stride } = lastOutput;
    const logits = steps.at(-1)?.output ?? (input as Values);
    const output = fused ? { pointer: this.arena.allocate(capacity * stride), width, stride } : lastOutput;
    const targets = { pointer: this.arena.allocate(capacity * stride), width, stride };
    const losses = this.arena.allocate(capacity);
    const scratch = this.arena.allocate(stride);
    const gradients = training ? this.#planGradients(capacity, steps, output) : [];

    const batch = (rows: number): LossBatch => ({
      rows,
      width,
      stride,
      losses,
      predictions: output.pointer,
      logits: logits.pointer,
      targets: targets.pointer,
      targetStride: stride,
      scratch,
    });
    const measure = (measured: LossBatch): BatchScore => {
      passes.forward(kernels, measured);
      return {
        loss: kernels.sum(losses, measured.rows),
        metrics: metrics.map((metric) => metric.measure(kernels, measured)),
      };
    };

    return {
      capacity,
      input,
      output,
      targets,
      score: (rows) => {
        for (const step of steps) step.forward({ rows });
        return measure(batch(rows));
      },
      train: (rows) => {
        if (!training) throw new TypeError("this plan can't train");
        const { optimizer, seed } = training;
        const iteration = this.iterations + 1;
        const update = optimizer.step(iteration);
        const pass = {
          rows,
          ...seed,
          iteration,
          update: (weight: Weight, firstRow: number, count: number, gradient: Pointer) => {
            const first = firstRow * weight.stride;
            const state = weight.state.map((slot) => offset(slot, first));
            update(kernels, offset(weight.pointer, first), state, gradient, count * weight.stride);
          },
        };
        for (const step of steps) step.forward({ rows, training: pass });
        const measured = batch(rows);
        const score = measure(measured);
        if (!Number.isFinite(score.loss)) return score;
        const last = gradients.at(-1);
        if (last !== undefined) passes.backward(kernels, measured, last, 1 / rows);
        for (let index = steps.length - 1; index >= 0; index--) {
          const gradient = gradients[index + 1];
          if (gradient !== undefined) (steps[index] as Step).backward(pass, gradient, gradients[index]);
        }
        this.iterations = iteration;
        return score;
      },
    };
  }

  #denseInput(capacity: number): Values {
    const width = sizeOf(this.inputShape);
    const stride = toStride(width);
    return { pointer: this.arena.allocate(capacity * stride), width, stride };
  }

  #planLayers(capacity: number, input: Values | SparseValues, training: boolean): { steps: Step[]; output: Values } {
    const { arena } = this;
    const widest = Math.max(toStride(input.width), ...this.layers.map((layer) => toStride(sizeOf(layer.outputShape))));
    const workspace = { scratch: arena.allocate(SCRATCH_LENGTH), zeros: arena.allocate(widest + 8) };
    const steps: Step[] = [];
    let values = input;
    this.layers.forEach(({ layer, name }, index) => {
      if (index < this.#preprocessing.length) return;
      const weights = this.weights.filter((weight) => weight.path.startsWith(`${name}/`));
      const context: PlanContext = { arena, capacity, input: values, weights, workspace, index, training };
      steps.push(...layer.plan(context));
      values = steps.at(-1)?.output ?? values;
    });
    if (isSparse(values)) throw new ShapeError("a network of sparse rows needs a layer that takes them");
    return { steps, output: values };
  }

  /**
   * The memory of the gradients at the steps' borders: [0] before the first step, [i + 1] behind step i. Undefined where
   * no weight lies before it; shared across a step that works in place.
   */
  #planGradients(capacity: number, steps: readonly Step[], output: Values): (Pointer | undefined)[] {
    const gradients: (Pointer | undefined)[] = [undefined];
    let before: Values | undefined;
    let learns = false;
    steps.forEach((step, index) => {
      learns ||= step.learns;
      const inPlace = step.output.pointer === before?.pointer;
      const stride = index === steps.length - 1 ? output.stride : step.output.stride;
      gradients.push(inPlace ? gradients.at(-1) : learns ? this.arena.allocate(capacity * stride) : undefined);
      before = step.output;
    });
    return gradients;
  }

  #allocateWeights({ layer, name, inputShape }: LayerInModel): Weight[] {
    return layer.weights(inputShape).map((spec) => {
      const [first, second] = spec.shape;
      const rows = second === undefined ? 1 : first;
      const width = second ?? first;
      const stride = toStride(width);
      const pointer = this.arena.allocate(rows * stride);
      return { ...spec, path: `${name}/${spec.name}`, rows, width, stride, pointer, state: [] };
    });
  }
}
