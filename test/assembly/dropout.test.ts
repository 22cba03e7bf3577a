import { describe, expect, it } from "vitest";
import * as reference from "../reference.js";
import { expectEqual, expectSameBits } from "./expect.js";
import { builds, instantiate } from "./harness.js";
import { numbers } from "./samples.js";
import { correlation, deviation, mean } from "./statistics.js";

const lengths = [0, 1, 3, 4, 5, 15, 16, 17, 33, 1027];
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

  /** Runs one of the two kernels, into an array of its own or over x. */
  const drop = (
    kernel: string,
    x: Float32Array,
    parameters: readonly number[],
    step = stream.step,
    inPlace = false,
  ) => {
    const space = empty();
    const input = inPlace ? space.inout(x) : space.input(x);
    const y = inPlace ? input : space.output(x.length);
    const mask = space.output({ rows: 1, width: x.length, pad: 16 });
    space.call(kernel, y, mask, input, ...parameters, stream.seedLow, stream.seedHigh, stream.stream, step, x.length);
    return { y: y.floats(), mask: mask.floats() };
  };

  describe.each([0, 0.1, 0.5, 0.8])("rate %f", (rate) => {
    const alpha = alphaParameters(rate);

    it.each(lengths)("equals the reference on %i elements, in place and not", (n) => {
      const x = numbers(n);
      const plain = reference.dropoutForward(x, rate, stream);
      const preserving = reference.alphaDropoutForward(x, rate, ...alpha, stream);
      for (const inPlace of [false, true]) {
        const actual = drop("dropoutForward", x, [rate], stream.step, inPlace);
        expectSameBits(actual.mask, plain.mask);
        expectEqual(build, actual.y, plain.y, 1e-6);
        const actualAlpha = drop("alphaDropoutForward", x, [rate, ...alpha], stream.step, inPlace);
        expectSameBits(actualAlpha.mask, preserving.mask);
        expectEqual(build, actualAlpha.y, preserving.y, 1e-6);
      }
    });

    it("drops its share, and the mean of the mask stays 1, within 4 deviations", () => {
      const { mask } = drop("dropoutForward", new Float32Array(many).fill(1), [rate]);
      const dropped = mask.filter((factor) => factor === 0).length / many;
      const error = 4 * Math.sqrt((rate * (1 - rate)) / many);
      expect(Math.abs(dropped - rate)).toBeLessThanOrEqual(error);
      expect(Math.abs(mean(mask) - 1)).toBeLessThanOrEqual(error / (1 - rate));
    });

    it("alphaDropout keeps mean 0 and deviation 1, within 0.02", () => {
      const x = numbers(many).map((value) => Math.sqrt(3) * value);
      const { y } = drop("alphaDropoutForward", x, [rate, ...alpha]);
      expect(Math.abs(mean(y))).toBeLessThan(0.02);
      expect(Math.abs(deviation(y) - 1)).toBeLessThan(0.02);
    });
  });

  it("drops nothing at rate 0, not even where the uniform number is 0", () => {
    const x = numbers(16);
    expectSameBits(drop("dropoutForward", x, [0], withZero).y, x);
    expectSameBits(drop("alphaDropoutForward", x, [0, 9, 1, 0], withZero).y, x);
  });

  it("masks of different steps are uncorrelated, within 4 deviations", () => {
    const x = new Float32Array(many).fill(1);
    const [first, second] = [0, 1].map((step) => drop("dropoutForward", x, [0.5], step).mask);
    expect(Math.abs(correlation(first as Float32Array, second as Float32Array))).toBeLessThan(4 / Math.sqrt(many));
  });
});
