import type { Arena } from "../wasm/arena.js";
import type { Pointer } from "../wasm/kernels.js";
import type { Rows } from "../wasm/rows.js";

/** What a penalty is put on: a weight, a vector being one row, or what a layer makes of a batch. */
export interface Penalized extends Rows {
  /** True when what lies between the rows is zero, as in weights. */
  readonly zeroBetween: boolean;
}

/** A penalty on large or similar weights, which training adds to the loss. */
export interface Regularizer {
  /** The name under which Keras and, where it has it, TensorFlow.js know it in a saved model. */
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** True when the gradient of one row depends on others. */
  readonly couplesRows?: boolean;
  /** @throws ShapeError when it can't be put on arrays of that shape. */
  checkShape?(shape: readonly number[]): void;
  /** Floats of scratch memory that `penalty` and `addGradient` want for so many rows of that width. Default 0. */
  workspaceLength?(rows: number, width: number): number;
  penalty(arena: Arena, penalized: Penalized, workspace: Pointer): number;
  /** gradient += scale · d penalty / d penalized, in the same stride. */
  addGradient(arena: Arena, gradient: Pointer, penalized: Penalized, scale: number, workspace: Pointer): void;
}
