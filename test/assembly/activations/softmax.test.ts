import { describe, expect, it } from "vitest";
import { softmaxBackward, softmaxForward } from "../../reference.js";
import { expectClose, expectEqual, expectSameBits } from "../expect.js";
import { builds, instantiate, roundUp } from "../harness.js";
import { numbers } from "../samples.js";

const widths = [0, 1, 3, 4, 5, 9, 10, 15, 16, 17, 33, 67];

describe.each(builds)("softmax, %s build", (build) => {
  const empty = instantiate(build);

  const forward = (values: Float32Array, rows: number, width: number, inPlace = false) => {
    const space = empty();
    const shape = { rows, width, stride: roundUp(width, 4) + 8 };
    const x = inPlace ? space.inout(values, shape) : space.input(values, shape);
    const y = inPlace ? x : space.output(shape);
    space.call("softmaxForward", y, x, shape.stride, rows, width);
    const padding = Array.from({ length: rows * (roundUp(width, 4) - width) }, (_, i) => {
      const [row, column] = [i % rows, width + Math.floor(i / rows)];
      return space.float(y.address + 4 * (row * shape.stride + column));
    });
    return { y: y.floats(), padding };
  };

  const backward = (dYValues: Float32Array, yValues: Float32Array, rows: number, width: number, inPlace = false) => {
    const space = empty();
    const shape = { rows, width, stride: roundUp(width, 4) + 8 };
    const dY = inPlace ? space.inout(dYValues, shape) : space.input(dYValues, shape);
    const dX = inPlace ? dY : space.output(shape);
    space.call("softmaxBackward", dX, dY, space.input(yValues, shape), shape.stride, rows, width);
    return dX.floats();
  };

  it.each(widths)("equals the reference on rows of %i, forward and backward, in place and not", (width) => {
    for (const rows of [0, 1, 7]) {
      const x = numbers(rows * width, 1).map((value) => 5 * value);
      const y = softmaxForward({ data: x, stride: width }, rows, width);
      const dY = numbers(rows * width, 2);
      const dX = softmaxBackward({ data: dY, stride: width }, { data: y, stride: width }, rows, width);
      for (const inPlace of [false, true]) {
        expectEqual(build, forward(x, rows, width, inPlace).y, y, 1e-6);
        expectEqual(build, backward(dY, y, rows, width, inPlace), dX, 1e-6);
      }
    }
  });

  it("writes zeros from the width to the next multiple of 4", () => {
    for (const width of [1, 2, 3, 5, 10]) {
      const { padding } = forward(numbers(3 * width), 3, width);
      expect(padding).toEqual(new Array(3 * (roundUp(width, 4) - width)).fill(0));
    }
  });

  it("is its formula, within 1e-6, with rows whose sum is 1 within 1e-6", () => {
    for (const [width, factor] of [
      [3, 1],
      [10, 10],
      [67, 100],
    ] as const) {
      const x = numbers(width).map((value) => factor * value);
      const { y } = forward(x, 1, width);
      expectClose(y, softmax([...x]), 1e-6);
      expectClose([y.reduce((a, b) => a + b, 0)], [1], 1e-6);
    }
  });

  it("neither overflows nor underflows into NaN", () => {
    expectSameBits(forward(Float32Array.of(3e38, -3e38, 3e38), 1, 3).y, Float32Array.of(0.5, 0, 0.5));
    expectSameBits(forward(Float32Array.of(-1000, -Infinity), 1, 2).y, Float32Array.of(1, 0));
    expectSameBits(forward(Float32Array.of(1e-45, -0, 0, -1e-45), 1, 4).y, new Float32Array(4).fill(0.25));
  });

  it("turns a whole row into NaN, and no other, where an element is NaN or +infinity", () => {
    for (const value of [NaN, Infinity]) {
      const { y } = forward(Float32Array.of(1, 2, 3, 1, value, 3, 1, 2, 3), 3, 3);
      expect([...y].map(Number.isNaN)).toEqual([false, false, false, true, true, true, false, false, false]);
    }
    expect(forward(Float32Array.of(-Infinity, -Infinity), 1, 2).y).toEqual(Float32Array.of(NaN, NaN));
  });

  it("has the gradient of its formula, within 1e-6", () => {
    const width = 5;
    const x = numbers(width, 1);
    const dY = numbers(width, 2);
    const objective = (z: number[]): number => softmax(z).reduce((total, y, j) => total + y * (dY[j] as number), 0);
    const h = 1e-5;
    const slopes = Array.from(x, (_, j) => {
      const shifted = (by: number): number => objective(Array.from(x, (value, i) => (i === j ? value + by : value)));
      return (shifted(h) - shifted(-h)) / (2 * h);
    });
    expectClose(backward(dY, forward(x, 1, width).y, 1, width), slopes, 1e-6);
  });
});

/** In double precision. */
function softmax(x: readonly number[]): number[] {
  const maximum = Math.max(...x);
  const exponentials = x.map((value) => Math.exp(value - maximum));
  const total = exponentials.reduce((a, b) => a + b, 0);
  return exponentials.map((e) => e / total);
}
