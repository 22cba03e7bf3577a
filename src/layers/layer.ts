/** What a layer is, and what it becomes when it is planned into a model's memory. */
import type { Constraint } from "../constraints/index.js";
import type { Initializer } from "../initializers/index.js";
import type { Regularizer } from "../regularizers/index.js";
import type { Arena } from "../wasm/arena.js";
import type { Pointer } from "../wasm/kernels.js";

/**
 * A layer's settings and what follows from them. It holds no weights and no state, so one object may stand in several
 * models.
 */
export interface Layer {
  /** The name under which Keras and TensorFlow.js know it in a saved model. */
  readonly className: string;
  readonly name?: string;
  /** The shape of one sample; needed on the first layer unless the data is to tell. */
  readonly inputShape?: readonly number[] | undefined;
  /**
   * False freezes its weights; absent means true. May be changed, as in `model.layers[0].trainable = false`: it counts from
   * the next `fit` or `trainOnBatch`, without another `compile`.
   */
  trainable?: boolean;
  /** A penalty on its output, divided by the batch size, that is added to the loss. */
  readonly activityRegularizer?: Regularizer | undefined;
  /** The settings, in Keras's names. */
  readonly config: Readonly<Record<string, unknown>>;
  /** @throws ShapeError when the layer can't take that input. */
  outputShape(inputShape: readonly number[]): readonly number[];
  /** True when its input may be sparse rows. */
  readonly takesSparseRows?: boolean;
  /** True when it changes images in training and passes no gradient: layers that learn can't stand before it. */
  readonly augments?: boolean;
  weights(inputShape: readonly number[]): readonly WeightSpec[];
  /** The work of the layer, in order. Nothing for a layer that changes no value. */
  plan(context: PlanContext): readonly Step[];
  /**
   * The layer's work, in place, where it keeps the number of values, is the same in training and in prediction, and remembers nothing.
   * Layers at the model's start that have it are applied once to the whole training set, not to each batch.
   */
  preprocess?(arena: Arena, values: Values, rows: number, inputShape: readonly number[]): void;
}

export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initializer: Initializer;
  /** False for what the layer keeps up itself, such as a moving average: no gradient, no optimizer. Default true. */
  readonly trainable?: boolean;
  /** The penalty on it while it learns. */
  readonly regularizer?: Regularizer | undefined;
  /** What it is brought back to after each step that changes it. */
  readonly constraint?: Constraint | undefined;
}

/** A weight in memory: `rows` rows of `width` values along its last axis, `stride` floats apart, zero in between. */
export interface Weight extends WeightSpec {
  /** layer/weight, as in a saved model. */
  readonly path: string;
  /** The layer that it belongs to. */
  readonly layer: Pick<Layer, "trainable">;
  readonly rows: number;
  readonly width: number;
  readonly stride: number;
  readonly pointer: Pointer;
  /** The optimizer's slots, laid out like the weight. */
  state: readonly Pointer[];
}

/** A batch of dense rows in memory. */
export interface Values {
  readonly pointer: Pointer;
  readonly width: number;
  /** A multiple of 4. */
  readonly stride: number;
}

/** A batch of sparse rows in memory: see assembly/sparse.ts. */
export interface SparseValues {
  readonly ranges: Pointer;
  readonly width: number;
  /** The most entries a row has. */
  readonly rowEntries: number;
  /** The columns, as half-open runs, whose weights can change in training. */
  readonly activeColumns: readonly (readonly [number, number])[];
}

export interface PlanContext {
  readonly arena: Arena;
  /** The most rows a batch will have. */
  readonly capacity: number;
  readonly input: Values | SparseValues;
  /** The shape of one sample of it. */
  readonly inputShape: readonly number[];
  readonly weights: readonly Weight[];
  readonly workspace: Workspace;
  /** Whether `backward` will be called. */
  readonly training: boolean;
  /** Whether the layer's weights are to change: in training, unless the layer is frozen. */
  readonly learns: boolean;
  /** The layer's number in the model, for its random stream. */
  readonly index: number;
}

/** Scratch memory that every layer of a plan may use within one call. */
export interface Workspace {
  /** For the dense products: see assembly/matmul.ts. */
  readonly scratch: Pointer;
  /** As many +0 as the widest row has values. */
  readonly zeros: Pointer;
}

export interface Step {
  /** Where the step leaves its result; may be its input, for one that works in place. */
  readonly output: Values;
  /** The name of the activation, if the step is one: a loss may take it over. */
  readonly activation?: string;
  /** True when the step has weights that are to change, so that gradients must reach it. */
  readonly learns: boolean;
  forward(pass: Pass): void;
  /** What the step adds to the loss of a batch, right after its forward pass. Absent where that is nothing. */
  penalty?(rows: number): number;
  /**
   * From the gradient of the output to that of the input (which is undefined where nobody asks for it). In place, when the
   * step works in place. Hands the gradients of its weights to `pass.update`.
   */
  backward(pass: TrainingPass, dOutput: Pointer, dInput: Pointer | undefined): void;
}

/** One run over a batch. */
export interface Pass {
  readonly rows: number;
  /** Present in training, absent in prediction. */
  readonly training?: TrainingPass;
}

export interface TrainingPass {
  readonly rows: number;
  readonly seedLow: number;
  readonly seedHigh: number;
  /** Counts batches, from 1, over the life of the model. */
  readonly iteration: number;
  /**
   * Takes the gradient of `rows` rows of the weight, from `firstRow` on, in the weight's stride, and changes them by it, now
   * or at the end of the step. Each row comes at most once a step; the gradient may be overwritten.
   */
  update(weight: Weight, firstRow: number, rows: number, gradient: Pointer): void;
}

export function isSparse(values: Values | SparseValues): values is SparseValues {
  return "ranges" in values;
}
