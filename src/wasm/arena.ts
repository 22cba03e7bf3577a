/** The memory of one model: a stack of blocks in a WebAssembly.Memory, and the kernels that compute on it. */
import { LanewiseError } from "../errors.js";
import { instantiate, type Precision } from "./instantiate.js";
import type { Kernels, Pointer } from "./kernels.js";

/** Blocks start at multiples of a cache line. */
const ALIGNMENT = 64;
const PAGE = 65536;
/** The memory's start stays free, so that no block has the address 0. */
const BASE = 1024;

export class Arena {
  readonly kernels: Kernels;
  readonly #memory: WebAssembly.Memory;
  #top = BASE;
  /** What lies above has never been used, and is zero. */
  #highest = BASE;

  /** @throws LanewiseError where WebAssembly or its SIMD instructions are missing or forbidden. */
  constructor(precision: Precision = "exact") {
    const { memory, kernels } = instantiate(precision);
    this.#memory = memory;
    this.kernels = kernels;
  }

  /**
   * A block of `length` 4-byte elements, all zero, with room for one more vector behind them.
   *
   * @throws LanewiseError when memory cannot grow that far.
   */
  allocate(length: number): Pointer {
    const start = this.#top;
    const end = Math.ceil((start + length * 4 + 16) / ALIGNMENT) * ALIGNMENT;
    const missing = end - this.#memory.buffer.byteLength;
    if (missing > 0) {
      try {
        this.#memory.grow(Math.ceil(missing / PAGE));
      } catch (cause) {
        throw new LanewiseError(
          `out of memory: ${megabytes(end)} MB needed in all, ${megabytes(start)} MB in use, 4,096 MB at most`,
          { cause },
        );
      }
    }
    const used = Math.min(end, this.#highest);
    if (start < used) new Uint8Array(this.#memory.buffer, start, used - start).fill(0);
    this.#top = end;
    this.#highest = Math.max(end, this.#highest);
    return start as Pointer;
  }

  /** The height of the stack, to be given to `release`. */
  mark(): number {
    return this.#top;
  }

  /** Frees every block allocated since the mark was taken. */
  release(mark: number): void {
    this.#top = mark;
  }

  /** The bytes of memory this model holds. */
  get byteLength(): number {
    return this.#memory.buffer.byteLength;
  }

  /** A view that dies with the next `allocate`: use it at once, never keep it. */
  floats(start: Pointer, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, start >>> 0, length);
  }

  /** A view that dies with the next `allocate`: use it at once, never keep it. */
  words(start: Pointer, length: number): Uint32Array {
    return new Uint32Array(this.#memory.buffer, start >>> 0, length);
  }

  /** Copies bytes within the memory. */
  copy(target: Pointer, source: Pointer, byteLength: number): void {
    new Uint8Array(this.#memory.buffer).copyWithin(target >>> 0, source >>> 0, (source >>> 0) + byteLength);
  }
}

function megabytes(bytes: number): string {
  return Math.ceil(bytes / 2 ** 20).toLocaleString("en-US");
}
