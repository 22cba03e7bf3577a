import type { Schedule } from "../schedules/schedule.js";
import type { Kernels, Pointer } from "../wasm/kernels.js";

/**
 * Updates `count` consecutive elements of a weight; `state` holds one pointer per slot. May overwrite the gradient. `path`
 * tells which weight it is, as in a saved model: `dense/kernel`.
 */
export type Update = (
  kernels: Kernels,
  weight: Pointer,
  state: readonly Pointer[],
  gradient: Pointer,
  count: number,
  path?: string,
) => void;

/** A rule that turns gradients into new weights. It holds settings only: what it remembers of a weight lies in slots. */
export interface Optimizer {
  /** The name under which Keras and TensorFlow.js know it in a saved model. */
  readonly className: string;
  /** The rate of the next step. May be changed between steps, unless it follows a schedule. */
  get learningRate(): number;
  set learningRate(rate: number | Schedule);
  /** The settings, in TensorFlow.js's names. */
  readonly config: Readonly<Record<string, unknown>>;
  /** How many values it keeps per weight. */
  readonly slots: number;
  /** Their names in a saved model, those of TensorFlow.js where it has the same. Default: `slot_0` and so on. */
  readonly slotNames?: readonly string[];
  /** Of one that TensorFlow.js has too: the names of its slots there, in its order; none of one that takes no state there. */
  readonly inTensorFlow?: { readonly slotNames?: readonly string[] };
  /** What they are at the start: numbers, or copies of the weight. Default: all 0. */
  readonly slotStarts?: readonly (number | "weight")[];
  /**
   * True when a zero gradient leaves a weight alone while those of its slots that start at 0 are 0. Training then skips
   * what can never change: a pixel that is dark in every image.
   */
  readonly restsAtZero: boolean;
  /** True when an update must be given a whole weight at once, not a part of it. */
  readonly takesWholeWeights?: boolean;
  /** The most that the norm of a weight's gradient may be, above 0. */
  readonly clipnorm?: number;
  /** The most that the norm of all gradients together may be, above 0. */
  readonly globalClipnorm?: number;
  /** What gradients were multiplied by that are given to an optimizer without a model. */
  readonly lossScaleFactor?: number;
  /** One update in so many steps, by the mean of their gradients, whose sum lies in a slot. */
  readonly accumulation?: { readonly steps: number; readonly slot: number };
  /** A moving average of the weights, in a slot. Every so many updates, and when `fit` ends, they are set to it. */
  readonly averaging?: {
    readonly momentum: number;
    readonly overwriteFrequency: number | undefined;
    readonly slot: number;
  };
  /** The update of one step; `iteration` counts steps from 1, those that only accumulate gradients included. */
  step(iteration: number): Update;
}
