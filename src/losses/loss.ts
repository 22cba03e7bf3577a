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
  /** f32[rows, width]: one row of targets per row of predictions. */
  readonly targets: Pointer;
  readonly targetStride: number;
  /** f32[width]. */
  readonly scratch: Pointer;
}

interface LossPasses {
  /** Writes `losses`; the fused form also computes `predictions` from `logits`. */
  forward(kernels: Kernels, batch: LossBatch): void;
  /** gradient = scale · d losses[i] / d predictions[i] (fused: logits[i]), in the predictions' stride. */
  backward(kernels: Kernels, batch: LossBatch, gradient: Pointer, scale: number): void;
}

/** What training makes small. The loss of a batch is the mean of its rows' losses. */
export interface Loss extends LossPasses {
  readonly name: string;
  /** `dense`: targets of the output's own shape. `indices`: one integer in [0, width) per row. */
  readonly targets: "dense" | "indices";
  /**
   * The same loss joined with the activation before it. Right where the two in turn would round to 0 or 1: a confident
   * mistake still has a gradient.
   */
  readonly fused?: LossPasses & { readonly activation: string };
}
