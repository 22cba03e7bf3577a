/** logSoftmax and sparsemax, which take rows. */
import { describe, expect, it } from "vitest";
import * as reference from "../../reference.js";
import { expectClose, expectEqual, expectSameBits } from "../expect.js";
import { builds, instantiate, roundUp } from "../harness.js";
import { numbers } from "../samples.js";

type Matrix = reference.Matrix;

interface RowFunction {
  readonly name: string;
  /** Whether its derivative is found from y, and it works in place. */
  readonly fromY: boolean;
  readonly forward: (x: Matrix, rows: number, width: number) => Float32Array;
  readonly backward: (dY: Matrix, xOrY: Matrix, rows: number, width: number) => Float32Array;
}

const functions: readonly RowFunction[] = [
  {
    name: "logSoftmax",
    fromY: false,
    forward: reference.logSoftmaxForward,
    backward: reference.logSoftmaxBackward,
  },
  { name: "sparsemax", fromY: true, forward: reference.sparsemaxForward, backward: reference.sparsemaxBackward },
];
const widths = [0, 1, 3, 4, 5, 10, 16, 17, 33, 67];

describe.each(builds)("%s build", (build) => {
  const empty = instantiate(build);

  describe.each(functions)("$name", ({ name, fromY, forward, backward }) => {
    const run = (x: Float32Array, rows: number, width: number, inPlace = false): Float32Array => {
      const space = empty();
      const shape = { rows, width, stride: roundUp(width, 4) + 8 };
      const input = inPlace ? space.inout(x, shape) : space.input(x, shape);
      const y = inPlace ? input : space.output(shape);
      space.call(`${name}Forward`, y, input, shape.stride, rows, width);
      return y.floats();
    };
    const runBackward = (dY: Float32Array, source: Float32Array, rows: number, width: number, inPlace = false) => {
      const space = empty();
      const shape = { rows, width, stride: roundUp(width, 4) + 8 };
      const input = inPlace ? space.inout(dY, shape) : space.input(dY, shape);
      const dX = inPlace ? input : space.output(shape);
      space.call(`${name}Backward`, dX, input, space.input(source, shape), shape.stride, rows, width);
      return dX.floats();
    };

    it.each(widths)("equals the reference on rows of %i, forward and backward", (width) => {
      for (const rows of [0, 1, 7]) {
        for (const spread of [0.2, 1, 20]) {
          const x = numbers(rows * width, 1).map((value) => spread * value);
          const y = forward({ data: x, stride: width }, rows, width);
          const source = fromY ? y : x;
          const dY = numbers(rows * width, 2);
          const dX = backward({ data: dY, stride: width }, { data: source, stride: width }, rows, width);
          for (const inPlace of fromY ? [false, true] : [false]) {
            expectEqual(build, run(x, rows, width, inPlace), y, 1e-6);
            expectEqual(build, runBackward(dY, source, rows, width, inPlace), dX, 1e-6);
          }
        }
      }
    });

    it("makes NaN of a row with NaN in it, and of no other, and NaN of infinity", () => {
      const y = run(Float32Array.of(1, 2, 3, 1, NaN, 3, 1, 2, 3), 3, 3);
      expect([...y].map(Number.isNaN)).toEqual([false, false, false, true, true, true, false, false, false]);
      expect(run(Float32Array.of(1, Infinity), 1, 2)[1]).toBeNaN();
    });
  });

  it("logSoftmax is its formula, within 1e-6, over a wide range", () => {
    const space = empty();
    const x = numbers(67).map((value) => 100 * value);
    const y = space.output(67);
    space.call("logSoftmaxForward", y, space.input(x), 68, 1, 67);
    const maximum = Math.max(...x);
    const logarithm = Math.log(x.reduce((total, value) => total + Math.exp(value - maximum), 0));
    expectClose(
      y.floats(),
      Array.from(x, (value) => value - maximum - logarithm),
      1e-6,
    );
  });

  it("sparsemax is what sorting finds, within 1e-6, and takes -infinity and large numbers", () => {
    for (const spread of [0.01, 0.1, 1, 10]) {
      const space = empty();
      const x = numbers(301, 5).map((value) => spread * value);
      const y = space.output(301);
      space.call("sparsemaxForward", y, space.input(x), 304, 1, 301);
      expectClose(y.floats(), sparsemax([...x]), 1e-6);
    }
    const space = empty();
    const y = space.output(4);
    space.call("sparsemaxForward", y, space.input(Float32Array.of(3e38, -Infinity, 3e38, -3e38)), 4, 1, 4);
    expectSameBits(y.floats(), Float32Array.of(0.5, 0, 0.5, 0));
  });
});

/** In double precision, as Keras does it. */
function sparsemax(x: readonly number[]): number[] {
  const sorted = x.toSorted((a, b) => b - a);
  let total = 0;
  let tau = 0;
  sorted.forEach((value, i) => {
    total += value;
    if (value > (total - 1) / (i + 1)) tau = (total - 1) / (i + 1);
  });
  return x.map((value) => Math.max(value - tau, 0));
}
