import type { Arena } from "../wasm/arena.js";
import type { Kernels, Pointer } from "../wasm/kernels.js";

/** Where one batch lies in linear memory. */
export interface BatchMemory {
  readonly rows: number;
  /** f32[rows, width]: the network's output. */
  readonly predictions: Pointer;
  readonly width: number;
  readonly stride: number;
  /** f32[rows, targetWidth]. */
  readonly targets: Pointer;
  /** `width`; or 1 where a class number stands for a row. */
  readonly targetWidth: number;
  readonly targetStride: number;
  /** The class that a one-hot row of zeros stands for: the one that the loss ignores. Without it: of equals, the first. */
  readonly zeroClass?: number | undefined;
  /** f32[rows]: room for a metric to work in. */
  readonly values: Pointer;
  /** f32[width]: the same. */
  readonly scratch: Pointer;
}

/** What the rows count; or, where `perElement`, their elements: [rows, width] without gaps. */
export interface Weights {
  readonly data: ArrayLike<number>;
  readonly perElement: boolean;
}

/** One batch as a metric sees it: in linear memory, and as views of it that die with the arena's next allocation. */
export class MetricBatch {
  readonly memory: BatchMemory;
  readonly #arena: Arena;
  readonly #given: Weights | Pointer | undefined;
  #weights: Weights | undefined;

  /** @param weights Undefined where all count 1; a pointer to f32[rows]. */
  constructor(arena: Arena, memory: BatchMemory, weights?: Weights | Pointer) {
    this.#arena = arena;
    this.memory = memory;
    this.#given = weights;
  }

  get kernels(): Kernels {
    return this.#arena.kernels;
  }

  /** f32[rows], one row `memory.stride` behind the other. */
  get yPred(): Float32Array {
    const { predictions, rows, stride } = this.memory;
    return this.#arena.floats(predictions, rows * stride);
  }

  /** f32[rows], one row `memory.targetStride` behind the other. */
  get yTrue(): Float32Array {
    const { targets, rows, targetStride } = this.memory;
    return this.#arena.floats(targets, rows * targetStride);
  }

  /** f32[rows]: what a kernel has left in `memory.values`. */
  get values(): Float32Array {
    return this.#arena.floats(this.memory.values, this.memory.rows);
  }

  /** Undefined where all count 1. */
  get weights(): Weights | undefined {
    if (typeof this.#given !== "number") return this.#given;
    this.#weights ??= { data: this.#arena.floats(this.#given, this.memory.rows), perElement: false };
    return this.#weights;
  }

  /** What a row counts, or an element of it. */
  weightOf(row: number, column = 0): number {
    const { weights } = this;
    if (!weights) return 1;
    return weights.data[weights.perElement ? row * this.memory.width + column : row] as number;
  }

  /** Gives `use` some floats of memory, all 0, and a way to view memory. Views taken before die. */
  withRoom(
    length: number,
    use: (room: Pointer, floats: (start: Pointer, length: number) => Float32Array) => void,
  ): void {
    const start = this.#arena.mark();
    const room = this.#arena.allocate(length);
    this.#weights = undefined;
    use(room, (from, count) => this.#arena.floats(from, count));
    this.#arena.release(start);
  }
}
