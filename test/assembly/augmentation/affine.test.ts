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

  const matrices = (kernel: string, parameters: readonly number[], of = draws, each = 4): Float32Array => {
    const space = empty();
    const out = space.output({ rows: of.length / each, width: 8 });
    space.call(kernel, out, space.input(of), of.length / each, ...parameters);
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

  it.each(imageSizes.map((size) => [describeSize(size), size] as const))(
    "affineMatrices for %s images equal the reference",
    (_, size) => {
      const all = Float32Array.of(0, 1, 1, 0, 0, 0, 0, 0, 0.25, 2, 0.5, 1, 0.5, -1, 0, 0, ...numbers(7 * 8));
      const actual = matrices("affineMatrices", [size.height, size.width], all, 8);
      for (let row = 0; row < rows; row++) {
        const wanted = Float32Array.from(augmentation.affineMatrix(all.subarray(row * 8, row * 8 + 6), size));
        expectEqual(build, actual.slice(row * 8, row * 8 + 6), wanted, 1e-5);
      }
    },
  );

  it("affineMatrices of one change are that change's matrices", () => {
    const of = (kernel: string, values: readonly number[], each: number, parameters = [6, 9]) =>
      Array.from(matrices(kernel, parameters, Float32Array.from(values), each).slice(0, 6), (value) => value + 0);
    const only = (place: number, value: number) => [0, 1, 1, 0, 0, 0, 0, 0].with(place, value);
    expect(of("affineMatrices", only(0, 0.25), 8)).toEqual(of("rotationMatrices", [0.25, 0, 0, 0], 4));
    expect(of("affineMatrices", only(1, 1.5), 8)).toEqual(of("zoomMatrices", [1.5, 0, 0, 0], 4, [6, 9, 1]));
    expect(of("affineMatrices", only(2, 0.5), 8)).toEqual(of("zoomMatrices", [1, 0.5, 0, 0], 4, [6, 9, 0]));
    expect(of("affineMatrices", only(4, 0.25), 8)).toEqual(of("translationMatrices", [0.25, 0, 0, 0], 4));
    expect(of("affineMatrices", only(5, -0.5), 8)).toEqual(of("translationMatrices", [0, -0.5, 0, 0], 4));
    // A shear's own matrix moves nothing in the first row; this one nothing in the middle
    expect(of("affineMatrices", only(3, 0.5), 8)).toEqual([1, 0.5, -1.25, 0, 1, 0]);
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
