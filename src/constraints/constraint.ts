import type { Arena } from "../wasm/arena.js";
import type { Pointer } from "../wasm/kernels.js";
import type { Rows } from "../wasm/rows.js";

/** A weight in memory, with zeros between its rows; a vector is one row. */
export interface ConstrainedWeight extends Rows {
  readonly shape: readonly number[];
}

/** What a weight is brought back to after each step of training. */
export interface Constraint {
  /** The name under which Keras and TensorFlow.js know it in a saved model. */
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** @throws RangeError when it can't be put on weights of that shape. */
  checkShape?(shape: readonly number[]): void;
  /** Floats of scratch memory that `apply` wants for so many rows of that width. Default 0. */
  workspaceLength?(rows: number, width: number): number;
  /** Changes the weight. What lies between the rows stays zero. */
  apply(arena: Arena, weight: ConstrainedWeight, workspace: Pointer): void;
}
