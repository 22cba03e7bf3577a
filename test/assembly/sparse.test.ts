import { describe, expect, it } from "vitest";
import {
  compressRows,
  type Entry,
  matmul,
  matmulTransposedA,
  type SparseRow,
  sparseMatmul,
  transposeRows,
} from "../reference.js";
import { expectEqual, expectSameBits } from "./expect.js";
import { builds, instantiate, type Region, roundUp, type Space, scratchLength } from "./harness.js";
import { mostlyZeros, numbers } from "./samples.js";

describe.each(builds)("%s build", (build) => {
  const empty = instantiate(build);

  describe("compressRows", () => {
    it.each([0, 1, 3, 4, 5, 37])("keeps what is not zero of rows of %i", (width) => {
      for (const rows of [0, 1, 4, 9]) {
        const space = empty();
        const values = mostlyZeros(rows * width);
        const { ranges, entries, end } = compress(space, values, rows, width);
        const expected = compressRows({ data: values, stride: width }, rows, width);
        expect(readRows(space, ranges)).toEqual(expected);
        expect(end).toBe(entries.address + 8 * expected.flat().length);
      }
    });

    it("keeps NaN, infinities and denormal numbers and drops -0", () => {
      const space = empty();
      const { ranges } = compress(space, Float32Array.of(NaN, -0, Infinity, 0, 1e-45, -0, -Infinity), 1, 7);
      expect(readRows(space, ranges)[0]?.map(({ column }) => column)).toEqual([0, 2, 4, 6]);
    });

    it("lays one row's entries behind those of the row before", () => {
      const space = empty();
      const { ranges, entries } = compress(space, Float32Array.of(0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 3, 0), 4, 3);
      const ends = [...ranges.words()].map((address) => (address - entries.address) / 8);
      expect(ends).toEqual([0, 0, 0, 2, 2, 2, 2, 3]);
    });
  });

  describe("transposeRows", () => {
    it.each([1, 3, 5, 37])("gives the entries of %i columns, row numbers ascending", (width) => {
      for (const rows of [0, 1, 4, 9]) {
        const space = empty();
        const values = mostlyZeros(rows * width);
        const { ranges } = compress(space, values, rows, width);
        const { columnRanges } = transpose(space, ranges, width);
        const expected = transposeRows(compressRows({ data: values, stride: width }, rows, width), width);
        expect(readRows(space, columnRanges)).toEqual(expected);
      }
    });

    it("gives the rows again when done twice", () => {
      const space = empty();
      const { ranges } = compress(space, mostlyZeros(9 * 20), 9, 20);
      const { columnRanges } = transpose(space, ranges, 20);
      const again = transpose(space, columnRanges, 9);
      expect(readRows(space, again.columnRanges)).toEqual(readRows(space, ranges));
    });
  });

  it("gatherRanges takes the ranges of the rows named, in their order", () => {
    const space = empty();
    const source = space.input(
      Uint32Array.from({ length: 14 }, (_, i) => 100 + i),
      { rows: 7, width: 2, pad: 2 },
    );
    for (const rowNumbers of [[], [6], [3, 0, 3, 6, 1]]) {
      const batch = space.output({ rows: rowNumbers.length, width: 2, pad: 2 });
      space.call("gatherRanges", batch, source, space.input(Uint32Array.from(rowNumbers)), rowNumbers.length);
      expect([...batch.words()]).toEqual(rowNumbers.flatMap((i) => [100 + 2 * i, 101 + 2 * i]));
    }
  });

  describe("sparseMatmul", () => {
    it.each([0, 4, 8, 12, 16, 20, 24, 28, 36, 48, 52, 68, 100])(
      "equals the dense product, bit for bit, %i columns wide",
      (n) => {
        for (const m of [0, 1, 3, 4, 5, 9]) {
          for (const k of [1, 3, 8, 37, 600]) {
            const { space, values, ranges, b, bias } = prepare(empty(), m, n, k);
            const c = sparseProduct(space, ranges, b, bias, m, n);
            const dense = denseProduct(space, "matmul", values, m, k, b, bias, m, n, k);
            expectEqual(build, c.floats(), dense.floats(), 1e-6 * k);
            const rows = compressRows({ data: values, stride: k }, m, k);
            const expected = sparseMatmul(rows, { data: b.floats(), stride: n }, bias.floats(), n);
            expectEqual(build, c.floats(), expected, 1e-6 * k);
            expectEqual(
              build,
              c.floats(),
              matmul({ data: values, stride: k }, { data: b.floats(), stride: n }, bias.floats(), m, n, k),
              1e-6 * k,
            );
          }
        }
      },
    );

    it("of the transpose equals matmulTransposedA, bit for bit", () => {
      const [m, n, k] = [30, 36, 9];
      const space = empty();
      const values = mostlyZeros(k * m);
      const { ranges } = compress(space, values, k, m);
      const { columnRanges } = transpose(space, ranges, m);
      const b = matrix(space, numbers(k * n, 2), k, n, 8);
      const zeros = space.input(new Float32Array(n));
      const c = sparseProduct(space, columnRanges, b, zeros, m, n);
      const dense = denseProduct(space, "matmulTransposedA", values, k, m, b, zeros, m, n, k);
      expectEqual(build, c.floats(), dense.floats(), 1e-5);
      const expected = matmulTransposedA({ data: values, stride: m }, { data: b.floats(), stride: n }, m, n, k);
      expectEqual(build, c.floats(), expected, 1e-5);
    });

    it("gives a row the same bits, whichever rows are computed with it", () => {
      const [m, n, k] = [9, 52, 40];
      const { space, ranges, b, bias } = prepare(empty(), m, n, k);
      const whole = sparseProduct(space, ranges, b, bias, m, n);
      for (const split of [1, 4, 6]) {
        const c = space.output({ rows: m, width: n, stride: n + 12 });
        const run = (from: number, rows: number): void => {
          const [to, range] = [c.address + from * c.stride * 4, ranges.address + from * 8];
          space.call("sparseMatmul", to, c.stride, range, b, b.stride, bias, rows, n);
        };
        run(0, split);
        run(split, m - split);
        expectSameBits(c.floats(), whole.floats());
      }
    });

    it("gives bias + 0 where a row has no entries", () => {
      const space = empty();
      const { ranges } = compress(space, new Float32Array(3 * 5), 3, 5);
      const b = matrix(space, numbers(5 * 4), 5, 4, 0);
      const bias = space.input(Float32Array.of(-0, 1, 0, -2));
      expectSameBits(
        sparseProduct(space, ranges, b, bias, 3, 4).floats(),
        Float32Array.of(0, 1, 0, -2, 0, 1, 0, -2, 0, 1, 0, -2),
      );
    });
  });
});

/** m x k values, mostly zeros, as sparse rows, and what they are multiplied with. */
function prepare(space: Space, m: number, n: number, k: number) {
  const values = mostlyZeros(m * k);
  const { ranges } = compress(space, values, m, k);
  const b = matrix(space, numbers(k * n, 2), k, n, 8);
  const bias = space.input(numbers(n, 3));
  return { space, values, ranges, b, bias };
}

function matrix(space: Space, values: Float32Array, rows: number, width: number, gap: number): Region {
  return space.input(values, { rows, width, stride: roundUp(width, 4) + gap });
}

function compress(space: Space, values: Float32Array, rows: number, width: number) {
  const x = matrix(space, values, rows, width, 4);
  const ranges = space.output({ rows, width: 2, pad: 2 });
  const entries = space.output({ rows: rows * width, width: 2, pad: 2 });
  const end = space.call("compressRows", ranges, entries, x, x.stride, rows, width);
  return { ranges, entries, end };
}

function transpose(space: Space, ranges: Region, columns: number) {
  const count = readRows(space, ranges).flat().length;
  const columnRanges = space.output({ rows: columns, width: 2, pad: 2 });
  const columnEntries = space.output({ rows: count, width: 2, pad: 2 });
  space.call("transposeRows", columnRanges, columnEntries, ranges, ranges.rows, columns);
  return { columnRanges };
}

function sparseProduct(space: Space, ranges: Region, b: Region, bias: Region, m: number, n: number): Region {
  const c = space.output({ rows: m, width: n, stride: n + 12 });
  space.call("sparseMatmul", c, c.stride, ranges, b, b.stride, bias, m, n);
  return c;
}

function denseProduct(
  space: Space,
  kernel: "matmul" | "matmulTransposedA",
  values: Float32Array,
  rows: number,
  width: number,
  b: Region,
  bias: Region,
  m: number,
  n: number,
  k: number,
): Region {
  const a = matrix(space, values, rows, width, 0);
  const c = space.output({ rows: m, width: n });
  space.call(kernel, c, c.stride, a, a.stride, b, b.stride, bias, m, n, k, space.output(scratchLength));
  return c;
}

/** The rows that ranges of addresses stand for. */
function readRows(space: Space, ranges: Region): SparseRow[] {
  const addresses = ranges.words();
  return Array.from({ length: ranges.rows }, (_, i) => {
    const entries: Entry[] = [];
    const end = addresses[2 * i + 1] as number;
    for (let entry = addresses[2 * i] as number; entry < end; entry += 8) {
      entries.push({ column: space.word(entry), value: space.float(entry + 4) });
    }
    return entries;
  });
}
