/** Arrays for the other side. */
import { type ArrayInput, type NDArray, toNDArray } from "../arrays.js";

/** Takes in arrays, and gathers the buffers that move rather than are copied. */
export class Cargo {
  readonly #buffers = new Set<ArrayBuffer>();
  readonly #moves: boolean;

  /** @param moves Whether the caller's own arrays are to move: they are empty from then on. */
  constructor(moves = false) {
    this.#moves = moves;
  }

  get buffers(): ArrayBuffer[] {
    return [...this.#buffers];
  }

  /** @throws TypeError, ShapeError for what is no array. */
  add(input: ArrayInput, what: string): NDArray {
    const { data: given, shape, dtype } = toNDArray(input, what);
    const { buffer } = given;
    if (!(buffer instanceof ArrayBuffer)) return { data: given, shape, dtype };
    // Of a part of a buffer all would be cloned, or all would be gone. (slice, as a Buffer's own makes no copy)
    const isPart = given.byteLength < buffer.byteLength;
    const data = isPart ? (Uint8Array.prototype.slice.call(given) as typeof given) : given;
    const isFresh = isPart || Array.isArray(input);
    if (isFresh || this.#moves) this.#buffers.add(data.buffer as ArrayBuffer);
    return { data, shape: [...shape], dtype };
  }

  addIfGiven(input: ArrayInput | undefined, what: string): NDArray | undefined {
    return input == null ? undefined : this.add(input, what);
  }
}
