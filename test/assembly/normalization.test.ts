import { describe, expect, it } from "vitest";
import * as reference from "../reference.js";
import { expectEqual, expectSameBits } from "./expect.js";
import { builds, instantiate, roundUp, type Shape } from "./harness.js";
import { numbers } from "./samples.js";

const sizes = [1, 4, 33].flatMap((rows) => [0, 4, 12, 68].map((n) => [rows, n] as const));
const widths = [1, 3, 4, 5, 15, 16, 17, 33, 131];
const settings = [
  { centered: true, divisor: 7, epsilon: 1e-3, most: Infinity },
  { centered: false, divisor: 7, epsilon: 1e-6, most: Infinity },
  { centered: false, divisor: 1, epsilon: 0, most: 1e12 },
];

describe.each(builds)("%s build", (build) => {
  const empty = instantiate(build);
  const tolerance = 1e-5;

  it.each([...sizes, [5, 3], [5, 9]] as const)("columnMoments of %i rows of %i", (rows, n) => {
    const space = empty();
    const values = numbers(rows * n);
    const x = space.input(values, spread(rows, n));
    const [mean, variance] = [space.output(n), space.output(n)];
    space.call("columnMoments", mean, variance, x, x.stride, rows, n);
    const expected = reference.columnMoments(values, rows, n);
    expectSameBits(mean.floats(), expected.mean);
    expectEqual(build, variance.floats(), expected.variance, tolerance);
  });

  it("columnMoments gives one row itself, and no variance", () => {
    const space = empty();
    const x = space.input(numbers(8));
    const [mean, variance] = [space.output(8), space.output(8)];
    space.call("columnMoments", mean, variance, x, 8, 1, 8);
    expectSameBits(mean.floats(), x.floats());
    expectSameBits(variance.floats(), new Float32Array(8));
  });

  it.each([0, 1, 4, 5, 33])("inverseDeviations of %i", (n) => {
    const space = empty();
    const values = numbers(n).map(Math.abs);
    const out = space.output(n);
    space.call("inverseDeviations", out, space.input(values), 1e-3, n);
    expectSameBits(out.floats(), reference.inverseDeviations(values, 1e-3));
  });

  it.each(sizes)("affineColumns of %i rows of %i, in place and not", (rows, n) => {
    const [values, shift, scale, offset] = [numbers(rows * n, 1), numbers(n, 2), numbers(n, 3), numbers(n, 4)];
    const expected = reference.affineColumns(values, shift, scale, offset);
    const space = empty();
    const x = space.inout(values, spread(rows, n));
    const y = space.output(spread(rows, n));
    for (const out of [y, x]) {
      const columns = [shift, scale, offset].map((column) => space.input(column));
      space.call("affineColumns", out, x, x.stride, ...columns, rows, n);
      expectEqual(build, out.floats(), expected, tolerance);
    }
  });

  it.each(sizes)("columnNormalizationBackward of %i rows of %i, in place and not", (rows, n) => {
    const [gradients, outputs, factors] = [numbers(rows * n, 1), numbers(rows * n, 2), numbers(n, 3)];
    const expected = reference.columnNormalizationBackward(gradients, outputs, factors, rows);
    const space = empty();
    const dY = space.inout(gradients, spread(rows, n));
    const dX = space.output(spread(rows, n));
    const y = space.input(outputs, spread(rows, n));
    const factor = space.input(factors);
    for (const out of [dX, dY]) {
      space.call("columnNormalizationBackward", out, dY, y, y.stride, factor, rows, n);
      expectEqual(build, out.floats(), expected, tolerance);
    }
  });

  describe.each(settings)("centered $centered, divisor $divisor, at most $most", (setting) => {
    const { centered, divisor, epsilon, most } = setting;

    it.each(widths)("rowNormalizationForward of rows of %i", (width) => {
      const rows = 5;
      const space = empty();
      const values = numbers(rows * width);
      const x = space.input(values, spread(rows, width));
      const [y, factors] = [space.output(spread(rows, width)), space.output({ rows: 1, width: rows, pad: 1 })];
      const options = [centered ? 1 : 0, divisor, epsilon, most];
      space.call("rowNormalizationForward", y, factors, x, x.stride, rows, width, ...options);
      const expected = reference.rowNormalizationForward(values, rows, width, setting);
      expectSameBits(factors.floats(), expected.factors);
      expectSameBits(y.floats(), expected.y);
    });

    it.each(widths)("rowNormalizationBackward of rows of %i, with zeros behind them", (width) => {
      const rows = 5;
      const space = empty();
      const [gradients, outputs] = [numbers(rows * width, 1), numbers(rows * width, 2)];
      const factors = numbers(rows, 3);
      const padded = roundUp(width, 4);
      const zeroed = (values: Float32Array) => {
        const wide = new Float32Array(rows * padded);
        for (let i = 0; i < rows; i++) wide.set(values.subarray(i * width, (i + 1) * width), i * padded);
        return wide;
      };
      const dX = space.output(spread(rows, padded));
      const dY = space.input(zeroed(gradients), spread(rows, padded));
      const y = space.input(zeroed(outputs), spread(rows, padded));
      const options = [centered ? 1 : 0, divisor];
      space.call("rowNormalizationBackward", dX, dY, y, y.stride, space.input(factors), rows, width, ...options);
      const expected = reference.rowNormalizationBackward(gradients, outputs, factors, width, setting);
      expectSameBits(dX.floats(), zeroed(expected));
    });
  });

  it("a row of zeros has the factor 0, and one near it the largest", () => {
    const space = empty();
    const [y, factors] = [space.output(8), space.output({ rows: 1, width: 2, pad: 1 })];
    const x = space.input(Float32Array.of(0, 0, 0, 0, 1e-20, 0, 0, 0));
    space.call("rowNormalizationForward", y, factors, x, 4, 2, 4, 0, 1, 0, 1e12);
    expectSameBits(y.floats(), Float32Array.of(0, 0, 0, 0, 1e-8, 0, 0, 0));
    expect(factors.floats()).toEqual(Float32Array.of(0, 1e12));
  });
});

function spread(rows: number, width: number): Shape {
  return { rows, width, stride: roundUp(width, 4) + 4 };
}
