/** What every activation that works element by element has to pass. */
import { describe, it } from "vitest";
import { expectClose, expectEqual, expectSameBits } from "../expect.js";
import { builds, instantiate } from "../harness.js";
import { anyFloats, concatenate, linear, numbers, specials } from "../samples.js";

export interface Activation {
  /** The kernels are called name + "Forward" and name + "Backward". */
  readonly name: string;
  /** Arguments between the arrays and their length. */
  readonly parameters?: readonly number[];
  readonly forward: (x: Float32Array) => Float32Array;
  readonly backward: (dY: Float32Array, y: Float32Array) => Float32Array;
  /** The function itself, in double precision, smooth but at 0. */
  readonly exact: (x: number) => number;
  /** What becomes of special numbers. */
  readonly specials: readonly (readonly [x: number, y: number])[];
}

const lengths = [0, 1, 3, 4, 5, 8, 9, 1027];

export function checkActivation(activation: Activation): void {
  const { name, parameters = [], exact } = activation;

  describe.each(builds)(`${[name, ...parameters].join(" ")}, %s build`, (build) => {
    const empty = instantiate(build);

    /** y = f(x), into an array of its own or over x. */
    const forward = (x: Float32Array, inPlace = false): Float32Array => {
      const space = empty();
      const input = inPlace ? space.inout(x) : space.input(x);
      const y = inPlace ? input : space.output(x.length);
      space.call(`${name}Forward`, y, input, ...parameters, x.length);
      return y.floats();
    };

    /** dX from dY and y, into an array of its own or over dY. */
    const backward = (dY: Float32Array, y: Float32Array, inPlace = false): Float32Array => {
      const space = empty();
      const input = inPlace ? space.inout(dY) : space.input(dY);
      const dX = inPlace ? input : space.output(dY.length);
      space.call(`${name}Backward`, dX, input, space.input(y), ...parameters, dY.length);
      return dX.floats();
    };

    it.each(lengths)("equals the reference on %i elements, forward and backward, in place and not", (n) => {
      const x = numbers(n, 1).map((value) => 3 * value);
      const dY = numbers(n, 2);
      const y = activation.forward(x);
      const dX = activation.backward(dY, y);
      for (const inPlace of [false, true]) {
        expectEqual(build, forward(x, inPlace), y, 1e-6);
        expectEqual(build, backward(dY, y, inPlace), dX, 1e-6);
      }
    });

    it("equals the reference on 50,000 numbers of every kind", () => {
      const x = concatenate(specials, anyFloats(20_000), linear(-100, 100, 10_000), linear(-2, 2, 20_000));
      expectEqual(build, forward(x), activation.forward(x), 1e-6);
      const dY = anyFloats(x.length, 2);
      expectEqual(build, backward(dY, forward(x)), activation.backward(dY, forward(x)), 1e-6);
    });

    it("takes special numbers where they belong", () => {
      const x = activation.specials.map(([value]) => value);
      const y = activation.specials.map(([, value]) => value);
      expectSameBits(forward(Float32Array.from(x)), Float32Array.from(y));
    });

    it("is its formula, within 1e-6, and backward the slope of the formula, within 1e-5", () => {
      const x = linear(-10, 10, 1000);
      const dY = numbers(x.length);
      const y = forward(x);
      const h = 1e-6;
      expectClose(y, Array.from(x, exact), 1e-6);
      const slopes = Array.from(x, (value) => (exact(value + h) - exact(value - h)) / (2 * h));
      expectClose(
        backward(dY, y),
        slopes.map((slope, i) => slope * (dY[i] as number)),
        1e-5,
      );
    });
  });
}
