/** What every loss has to pass. */
import { describe, expect, it } from "vitest";
import type { LossAndProbabilities, Matrix } from "../../reference.js";
import { expectClose, expectEqual } from "../expect.js";
import { builds, instantiate, type Region, roundUp, type Space } from "../harness.js";

export interface Loss {
  readonly name: string;
  /** The kernels are called kernel + "Forward" and kernel + "Backward". Default: the name. */
  readonly kernel?: string;
  /** Their arguments behind the targets. Default: none. */
  readonly parameters?: readonly number[];
  /** Those that follow: in the forward pass at once, in the backward pass behind the scale. Default: none. */
  readonly sizes?: { forward(rows: number): readonly number[]; backward(rows: number): readonly number[] };
  /** Fused with its activation: forward takes logits and gives probabilities for backward. */
  readonly fused: boolean;
  /** Whether backward may write over its input. */
  readonly backwardInPlace: boolean;
  /** Whether backward takes a scratch row. Default: when it may not write over its input. */
  readonly backwardScratch?: boolean;
  readonly forward: (x: Matrix, y: Matrix, rows: number, width: number) => Float32Array | LossAndProbabilities;
  readonly backward: (p: Matrix, y: Matrix, scale: number, rows: number, width: number) => Float32Array;
  /** The loss of a row in double precision. */
  readonly exact: (x: readonly number[], y: readonly number[]) => number;
  readonly inputs: (rows: number, width: number) => Float32Array;
  readonly targets: (rows: number, width: number) => Float32Array;
}

const widths = [0, 1, 2, 3, 4, 5, 9, 10, 15, 16, 17, 33, 67];
const scale = 1 / 48;

export function checkLoss(loss: Loss): void {
  const { name, exact } = loss;

  describe.each(builds)(`${name}, %s build`, (build) => {
    const run = runner(loss, instantiate(build));

    it.each(widths)("equals the reference on rows of %i, forward and backward", (width) => {
      for (const rows of [0, 1, 5]) {
        const [x, y] = [loss.inputs(rows, width), loss.targets(rows, width)];
        const expected = loss.forward(dense(x, width), dense(y, width), rows, width);
        const actual = run.forward(x, y, rows, width);
        expectEqual(build, actual.loss, "loss" in expected ? expected.loss : expected, 1e-6);
        const p = "p" in expected ? expected.p : x;
        if (loss.fused) expectEqual(build, actual.p, p, 1e-6);
        const gradient = loss.backward(dense(p, width), dense(y, width), scale, rows, width);
        for (const inPlace of loss.backwardInPlace ? [false, true] : [false]) {
          expectEqual(build, run.backward(p, y, rows, width, inPlace).gradient, gradient, 1e-6);
        }
      }
    });

    it("writes a gradient of 0 from the width to the next multiple of 4", () => {
      for (const width of [1, 2, 3, 5, 10]) {
        const [x, y] = [loss.inputs(3, width), loss.targets(3, width)];
        const { padding } = run.backward(run.forward(x, y, 3, width).p, y, 3, width);
        expect(padding).toEqual(new Array(3 * (roundUp(width, 4) - width)).fill(0));
      }
    });

    it("is its formula, within 2e-6, and backward the gradient of the formula, within 1e-5", () => {
      for (const width of [1, 5, 10]) {
        const [x, y] = [loss.inputs(1, width), loss.targets(1, width)];
        const actual = run.forward(x, y, 1, width);
        expectClose(actual.loss, [exact([...x], [...y])], 2e-6);
        const { gradient } = run.backward(actual.p, y, 1, width);
        // So small that 0 and 1 stay where losses clip them
        const h = 1e-8;
        const slopes = Array.from(x, (_, j) => {
          const shifted = (by: number): number =>
            exact(
              Array.from(x, (v, i) => (i === j ? v + by : v)),
              [...y],
            );
          return (scale * (shifted(h) - shifted(-h))) / (2 * h);
        });
        expectClose(gradient, slopes, 1e-5);
      }
    });
  });
}

/** Runs a loss's kernels on dense values: rows with gaps in the memory, y with a stride of its own. */
export function runner(loss: Loss, empty: () => Space) {
  const { name, kernel = name, parameters = [], sizes, backwardInPlace, backwardScratch = !backwardInPlace } = loss;

  function place(space: Space, x: Float32Array, y: Float32Array, rows: number, width: number, overwritten: boolean) {
    const shape = { rows, width, stride: roundUp(width, 4) + 8 };
    return {
      shape,
      input: overwritten ? space.inout(x, shape) : space.input(x, shape),
      target: space.input(y, { rows, width, stride: roundUp(width, 4) + 4 }),
      scratch: space.output(width),
    };
  }

  /** The loss of each row, and what backward is to be given. */
  function forward(x: Float32Array, y: Float32Array, rows: number, width: number) {
    const space = empty();
    const { shape, input, target, scratch } = place(space, x, y, rows, width, false);
    const value = space.output({ rows: 1, width: rows, pad: 1 });
    const more = [...parameters, ...(sizes?.forward(rows) ?? [])];
    const all = [input.stride, target, target.stride, ...more, rows, width];
    if (!loss.fused) {
      space.call(`${kernel}Forward`, value, input, ...all, scratch);
      return { loss: value.floats(), p: x, padding: [] };
    }
    const p = space.output(shape);
    space.call(`${kernel}Forward`, value, p, input, ...all, scratch);
    return { loss: value.floats(), p: p.floats(), padding: padding(space, p) };
  }

  function backward(p: Float32Array, y: Float32Array, rows: number, width: number, inPlace = false) {
    const space = empty();
    const { shape, input, target, scratch } = place(space, p, y, rows, width, inPlace);
    const gradient = inPlace ? input : space.output(shape);
    const more = [...parameters, scale, ...(sizes?.backward(rows) ?? [])];
    const all = [input.stride, target, target.stride, ...more, rows, width];
    space.call(`${kernel}Backward`, gradient, input, ...all, ...(backwardScratch ? [scratch] : []));
    return { gradient: gradient.floats(), padding: padding(space, gradient) };
  }

  return { forward, backward };
}

/** What stands from a region's width to the next multiple of 4. */
function padding(space: Space, { address, rows, width, stride }: Region): number[] {
  const behind: number[] = [];
  for (let i = 0; i < rows; i++) {
    for (let j = width; j < roundUp(width, 4); j++) behind.push(space.float(address + 4 * (i * stride + j)));
  }
  return behind;
}

function dense(data: Float32Array, stride: number): Matrix {
  return { data, stride };
}
