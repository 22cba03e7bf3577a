import { describe, expect, it } from "vitest";
import * as reference from "../reference.js";
import { expectEqual, expectSameBits } from "./expect.js";
import { builds, instantiate, roundUp } from "./harness.js";
import { numbers } from "./samples.js";
import { correlation, deviation, mean } from "./statistics.js";

const widths = [1, 3, 4, 5, 15, 16, 17, 33, 1027];
const many = 100_000;
const stream: reference.Stream = { seedLow: 5, seedHigh: 1, stream: 2, step: 9 };
/** A step of that stream with a uniform number of 0 among its first 16. */
const withZero = 8007;

/** The constants of alpha dropout for a rate (Klambauer et al. 2017). */
function alphaParameters(rate: number): [alphaPrime: number, a: number, b: number] {
  const alphaPrime = -1.7580993408473766;
  const a = ((1 - rate) * (1 + rate * alphaPrime ** 2)) ** -0.5;
  return [alphaPrime, a, -a * alphaPrime * rate];
}

describe.each(builds)("%s build", (build) => {
  const empty = instantiate(build);

  /** Runs one of the two kernels over rows of that width, into an array of its own or over x. */
  const drop = (
    kernel: string,
    x: Float32Array,
    width: number,
    parameters: readonly number[],
    { step = stream.step, inPlace = false, firstRow = 0 } = {},
  ) => {
    const space = empty();
    const shape = { rows: x.length / width, width, stride: roundUp(width, 4) + 4 };
    const input = inPlace ? space.inout(x, shape) : space.input(x, shape);
    const y = inPlace ? input : space.output(shape);
    const mask = space.output(shape);
    const { seedLow, seedHigh } = stream;
    const sizes = [shape.stride, firstRow, shape.rows, width];
    space.call(kernel, y, mask, input, ...sizes, ...parameters, seedLow, seedHigh, stream.stream, step);
    return { y: y.floats(), mask: mask.floats() };
  };

  describe.each([0, 0.1, 0.5, 0.8])("rate %f", (rate) => {
    const alpha = alphaParameters(rate);

    it.each(widths)("equals the reference on rows of %i, in place and not", (width) => {
      const x = numbers(3 * width);
      const plain = reference.dropoutForward(x, width, rate, stream);
      const preserving = reference.alphaDropoutForward(x, width, rate, ...alpha, stream);
      for (const inPlace of [false, true]) {
        const actual = drop("dropoutForward", x, width, [rate], { inPlace });
        expectSameBits(actual.mask, plain.mask);
        expectEqual(build, actual.y, plain.y, 1e-6);
        const actualAlpha = drop("alphaDropoutForward", x, width, [rate, ...alpha], { inPlace });
        expectSameBits(actualAlpha.mask, preserving.mask);
        expectEqual(build, actualAlpha.y, preserving.y, 1e-6);
      }
    });

    it("gives a part of the rows what it gives to all", () => {
      const x = numbers(5 * 10);
      const all = drop("dropoutForward", x, 10, [rate]);
      const part = drop("dropoutForward", x.subarray(20, 40), 10, [rate], { firstRow: 2 });
      expectSameBits(part.mask, all.mask.subarray(20, 40));
      expectSameBits(part.y, all.y.subarray(20, 40));
    });

    it("drops its share, and the mean of the mask stays 1, within 4 deviations", () => {
      const { mask } = drop("dropoutForward", new Float32Array(many).fill(1), 100, [rate]);
      const dropped = mask.filter((factor) => factor === 0).length / many;
      const error = 4 * Math.sqrt((rate * (1 - rate)) / many);
      expect(Math.abs(dropped - rate)).toBeLessThanOrEqual(error);
      expect(Math.abs(mean(mask) - 1)).toBeLessThanOrEqual(error / (1 - rate));
    });

    it("alphaDropout keeps mean 0 and deviation 1, within 0.02", () => {
      const x = numbers(many).map((value) => Math.sqrt(3) * value);
      const { y } = drop("alphaDropoutForward", x, 100, [rate, ...alpha]);
      expect(Math.abs(mean(y))).toBeLessThan(0.02);
      expect(Math.abs(deviation(y) - 1)).toBeLessThan(0.02);
    });
  });

  it("drops nothing at rate 0, not even where the uniform number is 0", () => {
    const x = numbers(16);
    expectSameBits(drop("dropoutForward", x, 16, [0], { step: withZero }).y, x);
    expectSameBits(drop("alphaDropoutForward", x, 16, [0, 9, 1, 0], { step: withZero }).y, x);
  });

  it("masks of different steps are uncorrelated, within 4 deviations", () => {
    const x = new Float32Array(many).fill(1);
    const [first, second] = [0, 1].map((step) => drop("dropoutForward", x, 100, [0.5], { step }).mask);
    expect(Math.abs(correlation(first as Float32Array, second as Float32Array))).toBeLessThan(4 / Math.sqrt(many));
  });
});
