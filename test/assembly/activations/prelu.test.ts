import { describe, it } from "vitest";
import { preluBackward, preluForward } from "../../reference.js";
import { expectEqual, expectSameBits } from "../expect.js";
import { builds, instantiate, roundUp } from "../harness.js";
import { numbers } from "../samples.js";

describe.each(builds)("prelu, %s build", (build) => {
  const empty = instantiate(build);

  it.each([0, 1, 3, 4, 5, 9, 33])(
    "equals the reference on rows of %i, forward and backward, in place and not",
    (width) => {
      for (const rows of [0, 1, 7]) {
        const shape = { rows, width, stride: roundUp(width, 4) + 8 };
        const [x, dY] = [numbers(rows * width, 1), numbers(rows * width, 2)];
        const alpha = numbers(width, 3);
        const expected = preluForward({ data: x, stride: width }, alpha, rows, width);
        const gradients = preluBackward({ data: dY, stride: width }, { data: x, stride: width }, alpha, rows, width);
        for (const inPlace of [false, true]) {
          const space = empty();
          const input = inPlace ? space.inout(x, shape) : space.input(x, shape);
          const y = inPlace ? input : space.output(shape);
          space.call("preluForward", y, input, space.input(alpha), shape.stride, rows, width);
          expectEqual(build, y.floats(), expected);
          const dInput = inPlace ? space.inout(dY, shape) : space.input(dY, shape);
          const dX = inPlace ? dInput : space.output(shape);
          const dAlpha = space.output(width);
          const source = space.input(x, shape);
          space.call("preluBackward", dX, dAlpha, dInput, source, space.input(alpha), shape.stride, rows, width);
          expectEqual(build, dX.floats(), gradients.dX);
          expectEqual(build, dAlpha.floats(), gradients.dAlpha);
        }
      }
    },
  );

  it("takes special numbers where they belong", () => {
    const space = empty();
    const y = space.output(5);
    const x = space.input(Float32Array.of(NaN, Infinity, -Infinity, -0, 1e-45));
    space.call("preluForward", y, x, space.input(new Float32Array(5).fill(0.5)), 8, 1, 5);
    expectSameBits(y.floats(), Float32Array.of(NaN, Infinity, -Infinity, -0, 1e-45));
  });
});
