/**
 * Runs kernels in a memory of its own and watches every word of it.
 *
 * Arrays lie 64-byte aligned with guard words between them. A call may write only where an array is declared as written;
 * after each call every other word (guards, gaps between rows, inputs) must be what it was before.
 */
import { instantiateSync } from "@assemblyscript/loader";
import { readFile } from "../helpers/read-file.js";

export type Build = "debug" | "release" | "relaxed";

/** The bytes of build/*.wasm, which scripts/build-wasm.mjs makes. */
export const binaries: Readonly<Record<Build, Uint8Array<ArrayBuffer>>> = {
  debug: await readFile("build/debug.wasm"),
  release: await readFile("build/release.wasm"),
  relaxed: await readFile("build/relaxed.wasm"),
};

/** The builds that this engine can run. Only `relaxed` may be missing. */
export const builds = (["debug", "release", "relaxed"] as const).filter(
  (build) => build !== "relaxed" || WebAssembly.validate(binaries[build]),
);

/** Rows of `width` elements, one every `stride`. */
export interface Shape {
  readonly rows: number;
  readonly width: number;
  readonly stride?: number;
  /** Kernels may write a row up to a multiple of this, 4 by default. */
  readonly pad?: number;
}

/** Where an array lies in the kernels' memory. */
interface Place extends Required<Shape> {
  readonly address: number;
  readonly written: boolean;
}

/** An array in the kernels' memory. */
export interface Region extends Place {
  /** The elements without what lies between the rows. */
  floats(): Float32Array<ArrayBuffer>;
  words(): Uint32Array<ArrayBuffer>;
}

export type Values = Float32Array | Uint32Array;

/** The memory before a test fills it. */
export interface Space {
  /** Places what a kernel reads. What lies between and behind the rows is NaN. */
  input(values: Values, shape?: Shape): Region;
  /** Places what a kernel reads and then overwrites. */
  inout(values: Values, shape?: Shape): Region;
  /** Makes room for what a kernel writes; a number is the length of a vector. */
  output(shape: Shape | number): Region;
  /** Calls a kernel, regions standing for their addresses, and checks what it wrote. */
  call(kernel: string, ...args: readonly (Region | number)[]): number;
  /** The word at an address. */
  word(address: number): number;
  float(address: number): number;
}

/** Floats of scratch memory that the dense products ask for in assembly/matmul.ts. */
export const scratchLength = 256 * 8 + 128 * 256;

const ALIGNMENT = 16;
const PAGES = 128;

/** Instantiates a build. The function returned empties the memory, which ends the life of all regions in it. */
export function instantiate(build: Build): () => Space {
  const memory = new WebAssembly.Memory({ initial: PAGES });
  const { exports } = instantiateSync(binaries[build], { env: { memory } }).instance;
  const words = guard(new Uint32Array(memory.buffer), 0, memory.buffer.byteLength / 4);
  const floats = new Float32Array(memory.buffer);
  const regions: Place[] = [];
  let used = ALIGNMENT;

  function place(values: Values | undefined, shape: Shape, written: boolean): Region {
    const { rows, width, pad = 4 } = shape;
    const stride = shape.stride ?? roundUp(width, pad);
    const start = used;
    used = roundUp(start + rows * stride, ALIGNMENT) + ALIGNMENT;
    if (used > words.length) throw new RangeError(`The harness has ${words.length} words, ${used} are needed`);
    const read = (): Uint32Array<ArrayBuffer> => {
      const dense = new Uint32Array(rows * width);
      for (let i = 0; i < rows; i++) {
        dense.set(words.subarray(start + i * stride, start + i * stride + width), i * width);
      }
      return dense;
    };
    if (values) {
      if (values.length !== rows * width) throw new RangeError(`${values.length} values for ${rows} x ${width}`);
      const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
      for (let i = 0; i < rows; i++) words.set(bits.subarray(i * width, (i + 1) * width), start + i * stride);
    }
    const region = { rows, width, stride, pad, written, address: start * 4 };
    regions.push(region);
    return { ...region, words: read, floats: () => new Float32Array(read().buffer) };
  }

  /** The words of the memory, with those that a kernel may write blanked out. */
  function outsideOfOutputs(): Uint32Array {
    const copy = words.slice(0, used);
    for (const { written, address, rows, width, stride, pad } of regions) {
      if (!written) continue;
      for (let i = 0; i < rows; i++) {
        const start = address / 4 + i * stride;
        copy.fill(0, start, start + roundUp(width, pad));
      }
    }
    return copy;
  }

  function call(kernel: string, ...args: readonly (Region | number)[]): number {
    const before = outsideOfOutputs();
    const run = exports[kernel] as (...args: number[]) => number;
    const result = run(...args.map((arg) => (typeof arg === "number" ? arg : arg.address)));
    const after = outsideOfOutputs();
    for (let i = 0; i < used; i++) {
      if (after[i] !== before[i]) throw new Error(`${kernel} wrote outside of its outputs: ${locate(regions, i * 4)}`);
    }
    return result;
  }

  return () => {
    guard(words, 0, used);
    regions.length = 0;
    used = ALIGNMENT;
    return {
      input: (values, shape = vector(values.length)) => place(values, shape, false),
      inout: (values, shape = vector(values.length)) => place(values, shape, true),
      output: (shape) => place(undefined, typeof shape === "number" ? vector(shape) : shape, true),
      call,
      word: (address) => words[address / 4] as number,
      float: (address) => floats[address / 4] as number,
    };
  };
}

/**
 * Fills words of the memory with what no kernel writes there: as a float a signaling NaN, which arithmetic would quiet, a
 * different one in each place, so that copying shows too; as an index far outside.
 */
function guard(words: Uint32Array<ArrayBuffer>, start: number, end: number): Uint32Array<ArrayBuffer> {
  for (let i = start; i < end; i++) words[i] = 0x7f800001 + i;
  return words;
}

export function roundUp(n: number, multiple: number): number {
  return Math.ceil(n / multiple) * multiple;
}

function vector(length: number): Shape {
  return { rows: 1, width: length };
}

/** Where an address lies, for an error message. */
function locate(regions: readonly Place[], address: number): string {
  const index = regions.findLastIndex((region) => region.address <= address);
  const region = regions[index];
  if (!region) return "in front of the first region";
  const offset = (address - region.address) / 4;
  return `word ${offset} of region ${index} (${region.rows} x ${region.width}, stride ${region.stride})`;
}
