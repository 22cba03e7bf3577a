import type { Kernels, Pointer } from "../wasm/kernels.js";

/** Updates `count` consecutive elements of a weight; `state` holds one pointer per slot. */
export type Update = (
  kernels: Kernels,
  weight: Pointer,
  state: readonly Pointer[],
  gradient: Pointer,
  count: number,
) => void;

/** A rule that turns gradients into new weights. It holds settings only: what it remembers of a weight lies in slots. */
export interface Optimizer {
  /** The name under which Keras and TensorFlow.js know it in a saved model. */
  readonly className: string;
  /** May be changed between steps. */
  learningRate: number;
  /** The settings, in TensorFlow.js's names. */
  readonly config: Readonly<Record<string, unknown>>;
  /** How many values it keeps per weight, all 0 at the start. */
  readonly slots: number;
  /**
   * True when a zero gradient leaves a weight alone while its slots are 0. Training then skips what can never change: a
   * pixel that is dark in every image.
   */
  readonly restsAtZero: boolean;
  /** The update of one step; `iteration` counts them from 1. */
  step(iteration: number): Update;
}
