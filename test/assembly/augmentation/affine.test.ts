import { describe, expect, it } from "vitest";
import * as reference from "../../reference.js";
import { expectEqual } from "../expect.js";
import { builds, instantiate } from "../harness.js";
import { numbers } from "../samples.js";
import { describeSize, imageSizes } from "./sizes.js";

const { augmentation } = reference;
const rows = 9;
/** Among them 0, quarters and halves. */
const draws = Float32Array.of(0, 0, 0, 0, 0.25, 0.5, 1, 0, -1, 1, 0.5, 0, ...numbers(6 * 4));

describe.each(builds)("%s build", (build) => {
  const empty = instantiate(build);

  const matrices = (kernel: string, parameters: readonly number[], of = draws): Float32Array => {
    const space = empty();
    const out = space.output({ rows: of.length / 4, width: 8 });
    space.call(kernel, out, space.input(of), of.length / 4, ...parameters);
    return out.floats();
  };

  describe.each(imageSizes.map((size) => [describeSize(size), size] as const))("for %s images", (_, size) => {
    const { height, width } = size;
    it.each([
      ["translationMatrices", [height, width], (draw: Float32Array) => augmentation.translationMatrix(draw, size)],
      ["rotationMatrices", [height, width], (draw: Float32Array) => augmentation.rotationMatrix(draw, size)],
      ["zoomMatrices", [height, width, 0], (draw: Float32Array) => augmentation.zoomMatrix(draw, size, false)],
      ["zoomMatrices", [height, width, 1], (draw: Float32Array) => augmentation.zoomMatrix(draw, size, true)],
      ["shearMatrices", [], (draw: Float32Array) => augmentation.shearMatrix(draw)],
    ] as const)("%s of %j equal the reference", (kernel, parameters, expected) => {
      const actual = matrices(kernel, parameters);
      for (let row = 0; row < rows; row++) {
        const wanted = Float32Array.from(expected(draws.subarray(row * 4, row * 4 + 4)));
        expectEqual(build, actual.slice(row * 8, row * 8 + 6), wanted, 1e-6);
      }
    });
  });

  it.each([
    [0, [1, 0, 0, 0, 1, 0]],
    [0.25, [0, -1, 4, 1, 0, 0]],
    [0.5, [-1, 0, 4, 0, -1, 4]],
    [-0.25, [0, 1, 0, -1, 0, 4]],
    [1, [1, 0, 0, 0, 1, 0]],
    [-0.75, [0, -1, 4, 1, 0, 0]],
  ])("a turn of %f is exact", (turns, matrix) => {
    const actual = matrices("rotationMatrices", [5, 5], Float32Array.of(turns, 0, 0, 0)).slice(0, 6);
    expect(Array.from(actual, (value) => value + 0)).toEqual(matrix);
  });
});
