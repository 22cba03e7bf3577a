/** The binaries as such: what they ask for, what they keep, and how large they are. */
import { describe, expect, it } from "vitest";
import { type Build, binaries, builds } from "./harness.js";

const START_SECTION = 8;
const GLOBAL_SECTION = 6;

describe.each(builds)("%s build", (build) => {
  const bytes = binaries[build];
  const module = new WebAssembly.Module(bytes);

  it("imports nothing but env.memory", () => {
    expect(WebAssembly.Module.imports(module)).toEqual([{ module: "env", name: "memory", kind: "memory" }]);
  });

  it("exports nothing but functions, the same as the other builds", () => {
    expect(new Set(WebAssembly.Module.exports(module).map(({ kind }) => kind))).toEqual(new Set(["function"]));
    expect(kernelNames(build)).toEqual(kernelNames("release"));
  });

  it("runs nothing at its start and leaves linear memory as it is", () => {
    expect(sections(bytes).has(START_SECTION)).toBe(false);
    const memory = new WebAssembly.Memory({ initial: 1 });
    const words = new Uint32Array(memory.buffer).fill(0x12345678);
    new WebAssembly.Instance(module, { env: { memory } });
    expect(words.every((word) => word === 0x12345678)).toBe(true);
  });

  it("has no mutable globals", () => {
    const section = sections(bytes).get(GLOBAL_SECTION);
    expect(section ? countMutable(section) : 0).toBe(0);
  });
});

it("the release build is smaller than 40 KB", () => {
  expect(binaries.release.length).toBeLessThan(40_000);
});

it.skipIf("chrome" in globalThis)("the relaxed build runs here, so that it is tested", () => {
  expect(builds).toEqual(["debug", "release", "relaxed"]);
});

function kernelNames(build: Build): string[] {
  return WebAssembly.Module.exports(new WebAssembly.Module(binaries[build])).map(({ name }) => name);
}

/** The contents of the sections of a binary, by their ids. */
function sections(bytes: Uint8Array): Map<number, Uint8Array> {
  const found = new Map<number, Uint8Array>();
  // Behind magic number and version
  for (let at = 8; at < bytes.length; ) {
    const size = unsigned(bytes, at + 1);
    found.set(bytes[at] as number, bytes.subarray(size.next, size.next + size.value));
    at = size.next + size.value;
  }
  return found;
}

/** How many globals of the global section are mutable: each is a type, 0 or 1, and an expression of one constant. */
function countMutable(section: Uint8Array): number {
  const CONST_I32 = 0x41;
  const CONST_I64 = 0x42;
  const CONST_F32 = 0x43;
  const CONST_F64 = 0x44;
  let mutable = 0;
  let { value: count, next } = unsigned(section, 0);
  for (; count > 0; count--) {
    mutable += section[next + 1] as number;
    const opcode = section[next + 2];
    next += 3;
    if (opcode === CONST_I32 || opcode === CONST_I64) next = unsigned(section, next).next;
    else if (opcode === CONST_F32) next += 4;
    else if (opcode === CONST_F64) next += 8;
    else throw new Error(`A global starts from the instruction ${opcode}, which this test does not know`);
    next++;
  }
  return mutable;
}

/** A number in LEB128, and where the next thing stands. */
function unsigned(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++] as number;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, next: at };
  }
}
