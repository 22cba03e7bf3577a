import { describe, expect, it } from "vitest";
import * as reference from "../reference.js";
import { expectEqual, expectSameBits } from "./expect.js";
import { builds, instantiate, roundUp } from "./harness.js";
import { anyFloats, mostlyZeros, numbers } from "./samples.js";

const widths = [0, 1, 3, 4, 5, 9, 37];
const lengths = [0, 1, 3, 4, 5, 8, 9, 1027];
const rowNumbers = Uint32Array.of(3, 0, 6, 3, 5, 1, 1);

describe.each(builds)("%s build", (build) => {
  const empty = instantiate(build);

  it.each(widths)("gatherRows takes the rows named, %i wide, in their order", (width) => {
    for (const rows of [0, 1, rowNumbers.length]) {
      const space = empty();
      const values = anyFloats(7 * width);
      const source = space.input(values, { rows: 7, width, stride: width + 3 });
      const named = rowNumbers.subarray(0, rows);
      const out = space.output({ rows, width, stride: width + 5, pad: 1 });
      space.call("gatherRows", out, out.stride, source, source.stride, space.input(named), rows, width);
      expectSameBits(out.floats(), reference.gatherRows({ data: values, stride: width }, named, width));
    }
  });

  it.each(widths)("copyRows copies rows %i wide and leaves alone what lies behind them", (width) => {
    for (const rows of [0, 1, 5]) {
      const space = empty();
      const values = anyFloats(rows * width);
      const source = space.input(values, { rows, width, stride: width + 3 });
      const out = space.output({ rows, width, stride: width + 5, pad: 1 });
      space.call("copyRows", out, out.stride, source, source.stride, rows, width);
      expectSameBits(out.floats(), reference.copyRows({ data: values, stride: width }, rows, width));
    }
  });

  it.each([1, 3, 4, 5, 10, 37])(
    "oneHotRows writes one 1 into rows %i wide, for the labels of the rows named, none for -1",
    (width) => {
      const labels = Float32Array.from({ length: 7 }, (_, i) => (i === 5 ? -1 : (i * 5 + width - 1) % width));
      for (const rows of [0, 1, rowNumbers.length]) {
        const space = empty();
        const named = rowNumbers.subarray(0, rows);
        const out = space.output({ rows, width, stride: width + 5, pad: 1 });
        space.call("oneHotRows", out, out.stride, space.input(labels), space.input(named), rows, width);
        expectSameBits(out.floats(), reference.oneHotRows(labels, named, width));
      }
    },
  );

  it.each([0, 4, 8, 12, 36, 68])("columnSums adds up %i columns from the first row down", (n) => {
    for (const rows of [0, 1, 4, 33]) {
      const space = empty();
      const values = numbers(rows * n);
      const x = space.input(values, { rows, width: n, stride: n + 4 });
      const out = space.output(n);
      space.call("columnSums", out, x, x.stride, rows, n);
      expectEqual(build, out.floats(), reference.columnSums({ data: values, stride: n }, rows, n), 1e-5);
    }
  });

  it.each(widths)("rowSums adds up each row, %i wide, in 16 chains", (width) => {
    for (const rows of [0, 1, 5]) {
      const space = empty();
      const values = numbers(rows * width);
      const x = space.input(values, { rows, width, stride: roundUp(width, 4) + 4 });
      const out = space.output({ rows: 1, width: rows, pad: 1 });
      space.call("rowSums", out, x, x.stride, rows, width);
      expectSameBits(out.floats(), reference.rowSums({ data: values, stride: width }, rows, width));
    }
  });

  it.each([0, 4, 8, 36])("scaleRows takes each row, %i wide, times its factor", (width) => {
    for (const rows of [0, 1, 5]) {
      const space = empty();
      const [values, factors] = [anyFloats(rows * width), anyFloats(rows, 2)];
      const x = space.inout(values, { rows, width });
      space.call("scaleRows", x, x.stride, space.input(factors), rows);
      expectSameBits(x.floats(), reference.scaleRows({ data: values, stride: width }, factors, width));
    }
  });

  it.each(lengths)("countNonZeros counts in %i elements what is not 0 or -0", (n) => {
    for (const values of [mostlyZeros(n), numbers(n), new Float32Array(n).fill(Number.NaN), new Float32Array(n)]) {
      const space = empty();
      expect(space.call("countNonZeros", space.input(values), n)).toBe(reference.countNonZeros(values));
    }
  });

  describe("findNonFinite", () => {
    it.each(lengths)("finds nothing in %i finite elements", (n) => {
      const space = empty();
      expect(space.call("findNonFinite", space.input(numbers(n).map((x) => x * 3.4e38)), n)).toBe(n);
    });

    it.each([Number.NaN, Infinity, -Infinity])("finds %f, to a multiple of 4 downward", (value) => {
      for (const index of [0, 1, 3, 4, 7, 8, 16, 18]) {
        const space = empty();
        const values = numbers(19);
        values[index] = value;
        values[18] = value;
        const found = space.call("findNonFinite", space.input(values), 19);
        expect(found).toBe(reference.findNonFinite(values));
        expect(found).toBe(index - (index % 4));
      }
    });
  });

  it.each(lengths)("fill writes a value %i times", (n) => {
    for (const value of [0, -0, 1.5, Number.NaN]) {
      const space = empty();
      const x = space.output(n);
      space.call("fill", x, value, n);
      expectSameBits(x.floats(), new Float32Array(n).fill(value));
    }
  });

  it.each(lengths)("rescale takes %i elements times a factor plus an offset", (n) => {
    const space = empty();
    const values = anyFloats(n);
    const expected = reference.rescale(values, 1 / 255, -0.3);
    const x = space.inout(values);
    const y = space.output(n);
    space.call("rescale", y, x, 1 / 255, -0.3, n);
    expectEqual(build, y.floats(), expected, 1e-6);
    space.call("rescale", x, x, 1 / 255, -0.3, n);
    expectEqual(build, x.floats(), expected, 1e-6);
  });

  it.each(lengths)("isPositive writes 1 for each of %i elements above 0", (n) => {
    const space = empty();
    const values = anyFloats(n);
    const [x, y] = [space.inout(values), space.output(n)];
    space.call("isPositive", y, x, n);
    expectSameBits(y.floats(), reference.isPositive(values));
    space.call("isPositive", x, x, n);
    expectSameBits(x.floats(), reference.isPositive(values));
  });

  it.each(widths)("isBinary finds the one value that is not 0 or 1, in rows %i wide", (width) => {
    for (const rows of [0, 1, 3]) {
      const bits = numbers(rows * width).map((value) => (value > 0 ? 1 : 0));
      for (const [place, value] of [0, 0.5, -1, Number.NaN].map((one, i) => [rows * width - 1 - i, one] as const)) {
        const values = place < 0 ? bits : bits.with(place, value);
        const space = empty();
        const x = space.input(values, { rows, width, stride: roundUp(width, 4) + 4 });
        expect(space.call("isBinary", x, x.stride, rows, width)).toBe(Number(reference.isBinary(values)));
      }
    }
  });

  it.each(lengths)("multiply multiplies %i pairs", (n) => {
    const space = empty();
    const [aValues, bValues] = [anyFloats(n, 1), anyFloats(n, 2)];
    const expected = reference.multiply(aValues, bValues);
    const [a, b, y] = [space.inout(aValues), space.inout(bValues), space.output(n)];
    space.call("multiply", y, a, b, n);
    expectSameBits(y.floats(), expected);
    space.call("multiply", a, a, b, n);
    expectSameBits(a.floats(), expected);
    space.call("multiply", b, space.input(aValues), b, n);
    expectSameBits(b.floats(), expected);
  });

  it.each(lengths)("blend mixes %i pairs, and makes nothing denormal", (n) => {
    const [yValues, xValues] = [numbers(n, 1), numbers(n, 2).map((x) => x * 1e-30)];
    for (const [a, b] of [
      [0.99, 0.01],
      [1, 1],
      [0, 1],
    ] as const) {
      const space = empty();
      const y = space.inout(yValues);
      space.call("blend", y, space.input(xValues), a, b, n);
      expectEqual(build, y.floats(), reference.blend(yValues, xValues, a, b), 1e-6);
    }
  });

  it.each(lengths)("clip brings %i elements into a range, and leaves NaN", (n) => {
    const space = empty();
    const values = anyFloats(n);
    const expected = reference.clip(values, -0.5, 0.25);
    const [x, y] = [space.inout(values), space.output(n)];
    space.call("clip", y, x, -0.5, 0.25, n);
    expectSameBits(y.floats(), expected);
    space.call("clip", x, x, -0.5, 0.25, n);
    expectSameBits(x.floats(), expected);
  });

  it.each([1, 2, 5, 12])("scatterColumns and gatherColumns move %i columns about", (n) => {
    for (const rows of [0, 1, 5]) {
      const space = empty();
      const places = Uint32Array.from({ length: n }, (_, j) => (7 * j + 3) % 13);
      const [narrow, wide] = [anyFloats(rows * n, 1), anyFloats(rows * 13, 2)];
      const x = space.input(narrow, { rows, width: n, stride: n + 3 });
      const out = space.inout(new Float32Array(rows * 13), { rows, width: 13, stride: 14, pad: 1 });
      space.call("scatterColumns", out, out.stride, x, x.stride, space.input(places), rows, n);
      expectSameBits(out.floats(), reference.scatterColumns({ data: narrow, stride: n }, places, rows, 13));
      const source = space.input(wide, { rows, width: 13, stride: 14 });
      const back = space.output({ rows, width: n, stride: n + 3, pad: 1 });
      space.call("gatherColumns", back, back.stride, source, source.stride, space.input(places), rows, n);
      expectSameBits(back.floats(), reference.gatherColumns({ data: wide, stride: 13 }, places, rows));
    }
  });

  it.each([
    [1, 1],
    [6, 1],
    [6, 6],
  ])("encodeCategories marks or counts the tokens of %i values in groups of %i", (width, size) => {
    const rows = 5;
    const tokens = Float32Array.from({ length: rows * width }, (_, i) => (i * i) % 4);
    const outputs = (width / size) * 4;
    for (const counting of [false, true]) {
      const space = empty();
      const x = space.input(tokens, { rows, width, stride: width + 3 });
      const out = space.output({ rows, width: outputs + 3, pad: 1 });
      const sizes = [x, x.stride, rows, width, size, 4, counting ? 1 : 0];
      expect(space.call("encodeCategories", out, outputs + 3, ...sizes)).toBe(-1);
      const expected = reference.encodeCategories({ data: tokens, stride: width }, rows, width, size, 4, counting);
      const written = out.floats();
      for (let i = 0; i < rows; i++) {
        const start = i * (outputs + 3);
        expectSameBits(written.slice(start, start + outputs), expected.slice(i * outputs, (i + 1) * outputs));
        expectSameBits(written.slice(start + outputs, start + outputs + 3), new Float32Array(3));
      }
    }
  });

  it.each([-1, 0.5, 4, 3e9, Infinity, Number.NaN])("encodeCategories finds %f, which is no token", (value) => {
    const space = empty();
    const x = space.input(Float32Array.of(0, 1, value, 3));
    expect(space.call("encodeCategories", space.output({ rows: 2, width: 4 }), 4, x, 2, 2, 2, 2, 4, 0)).toBe(2);
  });
});
