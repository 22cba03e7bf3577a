/** The arena: blocks that are aligned, empty and apart, and what happens when memory ends. */
import { describe, expect, it } from "vitest";
import { LanewiseError } from "../../src/errors.js";
import { Arena } from "../../src/wasm/arena.js";
import { offset, type Pointer, toStride } from "../../src/wasm/kernels.js";
import { errorOf, expectFailure } from "../helpers/failure.js";

const PAGE = 65536;

describe("allocate", () => {
  it.each([0, 1, 3, 4, 11, 12, 13, 16, 1000])("%i elements: aligned, empty, with a vector's room behind", (length) => {
    const arena = new Arena();
    const blocks = [arena.allocate(length), arena.allocate(length), arena.allocate(1)];
    for (const [i, block] of blocks.entries()) {
      expect(block % 64).toBe(0);
      expect(block).toBeGreaterThan(0);
      const next = blocks[i + 1];
      if (next !== undefined) expect(next - block).toBeGreaterThanOrEqual(length * 4 + 16);
      expect([...arena.words(block, length)].every((word) => word === 0)).toBe(true);
    }
  });

  it("keeps blocks apart", () => {
    const arena = new Arena();
    const blocks = [5, 100, 33].map((length) => ({ length, block: arena.allocate(length) }));
    for (const [i, { block, length }] of blocks.entries()) arena.floats(block, length).fill(i + 1);
    for (const [i, { block, length }] of blocks.entries()) {
      expect([...arena.floats(block, length)]).toEqual(new Array(length).fill(i + 1));
    }
  });

  it("grows memory by whole pages when it is used up, keeping what is there", () => {
    const arena = new Arena();
    expect(arena.byteLength).toBe(PAGE);
    const small = arena.allocate(4);
    arena.floats(small, 4).set([1, 2, 3, 4]);
    const large = arena.allocate(PAGE);
    expect(arena.byteLength).toBe(5 * PAGE);
    expect([...arena.floats(small, 4)]).toEqual([1, 2, 3, 4]);
    arena.floats(large, PAGE).fill(5);
    expect(arena.floats(large, PAGE)[PAGE - 1]).toBe(5);
  });

  it("fits its memory to the last byte", () => {
    const arena = new Arena();
    arena.allocate((PAGE - arena.mark()) / 4 - 4);
    expect(arena.byteLength).toBe(PAGE);
    arena.allocate(0);
    expect(arena.byteLength).toBe(2 * PAGE);
  });

  it.each([
    [2 ** 30, "4,097"],
    [2 ** 33, "32,769"],
    [1e15, "3,814,697,266"],
  ])("of %i elements tells how much is needed, and leaves the arena as it was", async (length, megabytes) => {
    const arena = new Arena();
    const [block, mark] = [arena.allocate(4), arena.mark()];
    arena.floats(block, 4).fill(7);
    await expectFailure(
      () => arena.allocate(length),
      LanewiseError,
      `out of memory: ${megabytes} MB needed in all, 1 MB in use, 4,096 MB at most`,
    );
    expect([arena.mark(), arena.byteLength]).toEqual([mark, PAGE]);
    expect([...arena.floats(block, 4)]).toEqual([7, 7, 7, 7]);
    expect((await errorOf(() => arena.allocate(length))) as Error).toHaveProperty("cause");
  });
});

describe("release", () => {
  it("gives the same memory out again, empty", () => {
    const arena = new Arena();
    arena.floats(arena.allocate(10), 10).fill(1);
    const mark = arena.mark();
    const first = arena.allocate(100);
    arena.floats(first, 104).fill(Number.NaN);
    arena.release(mark);
    const again = arena.allocate(60);
    const behind = arena.allocate(60);
    expect(again).toBe(first);
    expect([...arena.words(again, 64), ...arena.words(behind, 64)].every((word) => word === 0)).toBe(true);
  });

  it("lets no memory grow, however often", () => {
    const arena = new Arena();
    const mark = arena.mark();
    for (let i = 0; i < 1000; i++) {
      arena.allocate(10_000);
      arena.release(mark);
    }
    expect(arena.byteLength).toBe(PAGE);
  });

  it("keeps what lies below the mark", () => {
    const arena = new Arena();
    const kept = arena.allocate(8);
    arena.floats(kept, 8).fill(3);
    const mark = arena.mark();
    arena.allocate(8);
    arena.release(mark);
    arena.floats(arena.allocate(8), 8).fill(9);
    expect([...arena.floats(kept, 8)]).toEqual(new Array(8).fill(3));
  });
});

describe("copy", () => {
  it("moves bytes from one block to another", () => {
    const arena = new Arena();
    const [source, target] = [arena.allocate(8), arena.allocate(8)];
    arena.words(source, 8).set([1, 2, 3, 4, 5, 6, 7, 8]);
    arena.copy(target, source, 20);
    expect([...arena.words(target, 8)]).toEqual([1, 2, 3, 4, 5, 0, 0, 0]);
  });
});

describe("offset", () => {
  it.each([
    [1024, 3, 1036],
    [-(2 ** 31), 1, 2 ** 31 + 4],
    [2 ** 31 - 4, 1, 2 ** 31],
    [2 ** 32 - 8, 1, 2 ** 32 - 4],
  ])("of %i by %i floats is %i, above 2 GiB too", (base, floats, expected) => {
    expect(offset(base as Pointer, floats)).toBe(expected);
  });
});

describe("toStride", () => {
  it.each([
    [0, 4],
    [1, 4],
    [4, 4],
    [5, 8],
    [784, 784],
  ])("of %i is %i", (width, stride) => {
    expect(toStride(width)).toBe(stride);
  });
});
