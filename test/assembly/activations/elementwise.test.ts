/** The kernels that compute many activations each: the bits of every one of them. */
import { describe, it } from "vitest";
import * as reference from "../../reference.js";
import { expectEqual } from "../expect.js";
import { type Build, builds, instantiate } from "../harness.js";
import { anyFloats, concatenate, linear, numbers, specials } from "../samples.js";

const { algebraic, transcendental } = reference;

/** For each function of algebraic.ts, parameters to try. */
const algebraicParameters: Record<keyof typeof algebraic, readonly reference.AlgebraicParameters[]> = {
  threshold: [
    [0, 0, 0, 6],
    [-1, -1, -1, 1],
    [0.3, -2, -Infinity, Infinity],
  ],
  leaky: [
    [0, 0.2, -Infinity, Infinity],
    [0.5, 2, 0, 1.5],
    [-0.5, -0.3, 0, 0.2],
  ],
  hardSigmoid: [
    [6, 0, 0, 0],
    [2, 0, 0, 0],
  ],
  hardSilu: [[6, 0, 0, 0]],
  hardShrink: [[0.5, 0, 0, 0]],
  softShrink: [[0.5, 0, 0, 0]],
  softsign: [[0, 0, 0, 0]],
  squareplus: [
    [4, 0, 0, 0],
    [0.1, 0, 0, 0],
  ],
  sparsePlus: [[2, 0, 0, 0]],
};

const alphas: Readonly<Record<string, readonly number[]>> = { softplus: [1, -1], celu: [1, 0.3, 7] };

interface Case {
  readonly name: string;
  readonly kernel: "algebraic" | "transcendental";
  readonly parameters: readonly number[];
  forward(x: Float32Array): Float32Array;
  backward(dY: Float32Array, x: Float32Array): Float32Array;
}

const cases: readonly Case[] = [
  ...Object.entries(algebraicParameters).flatMap(([name, tried], number) =>
    tried.map((parameters): Case => {
      const kind = name as keyof typeof algebraic;
      return {
        name: `${name} ${parameters}`,
        kernel: "algebraic",
        parameters: [number, ...parameters],
        forward: (x) => reference.algebraicForward(x, kind, parameters),
        backward: (dY, x) => reference.algebraicBackward(dY, x, kind, parameters),
      };
    }),
  ),
  ...Object.keys(transcendental).flatMap((name, number) =>
    (alphas[name] ?? [1]).map(
      (alpha): Case => ({
        name: `${name} ${alpha}`,
        kernel: "transcendental",
        parameters: [number, alpha],
        forward: (x) => reference.transcendentalForward(x, name, alpha),
        backward: (dY, x) => reference.transcendentalBackward(dY, x, name, alpha),
      }),
    ),
  ),
];

const lengths = [0, 1, 4, 5, 67];

describe.each(builds)("%s build", (build: Build) => {
  const empty = instantiate(build);

  describe.each(cases)("$name", ({ kernel, parameters, forward, backward }) => {
    const run = (x: Float32Array, dY: Float32Array | undefined, inPlace: boolean): Float32Array => {
      const space = empty();
      const first = dY ?? x;
      const input = inPlace ? space.inout(first) : space.input(first);
      const output = inPlace ? input : space.output(x.length);
      const inputs = dY ? [input, space.input(x)] : [input];
      space.call(`${kernel}${dY ? "Backward" : "Forward"}`, output, ...inputs, ...parameters, x.length);
      return output.floats();
    };

    it("equals the reference on any number of elements, forward and backward, in place and not", () => {
      for (const n of lengths) {
        const x = numbers(n, 1).map((value) => 3 * value);
        const dY = numbers(n, 2);
        for (const inPlace of [false, true]) {
          expectEqual(build, run(x, undefined, inPlace), forward(x), 1e-6);
          expectEqual(build, run(x, dY, inPlace), backward(dY, x), 1e-6);
        }
      }
    });

    it("equals the reference on numbers of every kind", () => {
      const x = concatenate(specials, anyFloats(1500), linear(-100, 100, 1000), linear(-3, 3, 1000));
      const dY = numbers(x.length, 2);
      expectEqual(build, run(x, undefined, false), forward(x), 1e-6);
      expectEqual(build, run(x, dY, false), backward(dY, x), 1e-6);
    });
  });
});
