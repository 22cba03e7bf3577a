/** What a loss is, and how it sees a batch. */
import type { ArrayInput, NDArray } from "../arrays.js";
import type { Kernels, Pointer } from "../wasm/kernels.js";

/** One batch as a loss sees it. Predictions and logits share `stride`. */
export interface LossBatch {
  readonly rows: number;
  readonly width: number;
  readonly stride: number;
  /** f32[rows]: the loss of each row. */
  readonly losses: Pointer;
  /** f32[rows, width]: the network's output. */
  readonly predictions: Pointer;
  /** f32[rows, width]: what the fused activation gets. */
  readonly logits: Pointer;
  /** f32[rows, width]: one row of targets per row of predictions; of labels f32[rows, 1]. */
  readonly targets: Pointer;
  readonly targetStride: number;
  /** f32[rows]: what each row counts, if not 1. */
  readonly sampleWeights?: Pointer | undefined;
  /** f32[width]. */
  readonly scratch: Pointer;
  /** What the loss asks for by `workspaceLength`. It keeps what `forward` leaves there for `backward`. */
  readonly workspace: Pointer;
  /** A view of memory that dies with the next allocation. */
  floats(start: Pointer, length: number): Float32Array;
}

export interface LossPasses {
  /** Writes `losses`; the fused form also computes `predictions` from `logits`. */
  forward(kernels: Kernels, batch: LossBatch): void;
  /**
   * gradient = scale · d losses[i] / d predictions[i] (fused: logits[i]), in the predictions' stride. A loss that couples
   * rows differentiates the sum of all rows' losses, each times its sample weight.
   */
  backward(kernels: Kernels, batch: LossBatch, gradient: Pointer, scale: number): void;
  /** How many floats of workspace batches of up to `rows` rows need. Default: none. */
  workspaceLength?(rows: number, stride: number): number;
}

/** How the losses of rows become the loss of a batch: see reduction.ts. */
export type Reduction = "sumOverBatchSize" | "meanWithSampleWeight" | "sum" | "none";

/** `dense`: targets of the output's own shape. `indices`: a class number in [0, width) per row. `labels`: any integer per row. */
export type Targets = "dense" | "indices" | "labels";

/** What training makes small, configured. */
export interface Loss extends LossPasses {
  readonly name: string;
  /** The name of Keras's class. Missing for a loss of the user's own, which cannot be saved. */
  readonly className?: string;
  /** The settings, in Keras's names. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly targets: Targets;
  readonly reduction: Reduction;
  /**
   * The same loss joined with the activation before it. Right where the two in turn would round to 0 or 1: a confident
   * mistake still has a gradient.
   */
  readonly fused?: (LossPasses & { readonly activation: string }) | undefined;
  /** Rows of this class are left out: they have no loss, and a mean is not over them. */
  readonly ignoreClass?: number | undefined;
  /** Writes 1 for each row that counts and 0 for each other, after `forward`. Without it, all count. */
  countRows?: ((kernels: Kernels, batch: LossBatch, counts: Pointer) => void) | undefined;
  /** Whether the rows of a batch are measured together, so that they have one loss, or each depends on the others. */
  readonly couplesRows?: "asOne" | "inPairs" | undefined;
  /** The loss that this one stands for, given the shapes of targets and outputs, batches first. */
  forShapes?(yTrue: readonly number[], yPred: readonly number[]): Loss;
  /** On host arrays: the axes that become a row, the last by default; null for all. Losses of a model know only the last. */
  readonly axis?: number | readonly number[] | null | undefined;
}

export interface LossOptions {
  /**
   * How the losses of a batch become one number. 'sumOverBatchSize' (or 'mean', the default): their mean, each times its
   * sample weight, over the number of rows; 'meanWithSampleWeight': over the sum of the weights, a weight
   * that stands for several losses counting once, as in Keras; 'sum': their sum; 'none'
   * or null, on host arrays only: one for each row.
   */
  readonly reduction?: Reduction | "mean" | (string & {}) | null;
}

export interface WeightOptions {
  /** Factors for the losses of the rows: one for all, or an array that broadcasts to them, also with a last axis of 1. Default: 1. */
  readonly sampleWeight?: ArrayInput | number | undefined;
}

/** Asks for one loss per row. */
export interface Unreduced {
  readonly reduction: "none" | null;
}

/** A configured loss: for `compile`, or to be called with arrays, as the member itself. */
export type CallableLoss<Result> = Loss & ((yTrue: ArrayInput, yPred: ArrayInput, options?: WeightOptions) => Result);

/**
 * A member of `losses`: makes a configured loss from options, or measures arrays at once.
 *
 * Arrays may have any rank; the last axis is that of rows, and a vector is one row. Where ranks differ by a last axis of 1, it
 * is taken away or added, as in Keras. Class numbers have a value for each row, [...] or [..., 1].
 */
export interface LossFunction<Options extends LossOptions> {
  /** @throws TypeError, RangeError for options that are unknown or out of range. */
  (options: Options & Unreduced): CallableLoss<NDArray<Float32Array>>;
  /** @throws TypeError, RangeError for options that are unknown or out of range. */
  (options?: Options): CallableLoss<number>;
  /**
   * @returns The loss of each row, times its weight: of the outputs' shape without the rows' axis.
   * @throws ShapeError for shapes that do not fit together; RangeError for class numbers that are none, and options out of
   *   range; TypeError for what is no array, and options that are unknown.
   */
  (yTrue: ArrayInput, yPred: ArrayInput, options: Options & WeightOptions & Unreduced): NDArray<Float32Array>;
  /**
   * @returns One number: see `reduction`. 0 of no rows.
   * @throws ShapeError for shapes that do not fit together; RangeError for class numbers that are none, and options out of
   *   range; TypeError for what is no array, and options that are unknown.
   */
  (yTrue: ArrayInput, yPred: ArrayInput, options?: Options & WeightOptions): number;
}
