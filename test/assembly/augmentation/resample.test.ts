import { describe, expect, it } from "vitest";
import * as reference from "../../reference.js";
import { expectSameBits } from "../expect.js";
import { builds, instantiate, type Space } from "../harness.js";
import { numbers } from "../samples.js";
import { bothWays, describeSize, imageSizes, images } from "./sizes.js";

const { augmentation } = reference;
type FillMode = reference.augmentation.FillMode;
type Matrix = reference.augmentation.Matrix;
type Size = reference.augmentation.ImageSize;

const identity: Matrix = [1, 0, 0, 0, 1, 0];
const matrices: readonly Matrix[] = [
  identity,
  [1, 0, 0.5, 0, 1, -0.25],
  [1, 0, 2, 0, 1, -1],
  [1, 0, -40, 0, 1, 33],
  [0, 0, 0, 0, 0, 0],
  [-1.7, 0.3, 4, 0.9, 2.1, -3.3],
  [1e3, -1e5, 1e7, 1e9, 1e20, 1],
  ...[1, 2, 3].map((seed) => [...numbers(6, seed).map((value) => value * 3)] as unknown as Matrix),
];

function resample(
  space: Space,
  places: readonly unknown[],
  transforms: readonly Matrix[],
  { height, width, channels }: Size,
  stride: number,
  rounded: boolean,
  fillMode: FillMode,
  fillValue: number,
): void {
  const rows = transforms.length;
  const flat = space.input(Float32Array.from(transforms.flatMap((matrix) => [...matrix, 0, 0])), { rows, width: 8 });
  const scratch = space.output(scratchLength(height, width));
  const [y, x] = places as [number, number];
  const mode = augmentation.fillModes.indexOf(fillMode);
  const sizes = [stride, rows, height, width, channels];
  space.call("resampleAffine", y, x, flat, ...sizes, Number(rounded), mode, fillValue, scratch);
}

function scratchLength(height: number, width: number): number {
  return 3 * Math.ceil((height * width + 3) / 4) * 4 + (height + 3) * (width + 2) + 4;
}

describe.each(builds)("%s build", (build) => {
  const empty = instantiate(build);

  /** A one-channel image under one matrix. */
  const transformed = (
    lines: readonly (readonly number[])[],
    matrix: Matrix,
    fillMode: FillMode,
    { rounded = false, fillValue = 0 } = {},
  ): number[][] => {
    const size = { height: lines.length, width: lines[0]?.length ?? 0, channels: 1 };
    const [[result]] = bothWays(empty, size, [Float32Array.from(lines.flat())], (space, y, x) =>
      resample(space, [y, x], [matrix], size, y.stride, rounded, fillMode, fillValue),
    ) as [[Float32Array]];
    return lines.map((line, row) => Array.from(result.subarray(row * line.length, (row + 1) * line.length)));
  };

  describe.each(imageSizes.map((size) => [describeSize(size), size] as const))("of %s images", (_, size) => {
    it.each(augmentation.fillModes)("equals the reference, filling by '%s', in place and not", (fillMode) => {
      const x = images(size, matrices.length);
      for (const rounded of [false, true]) {
        const how = { rounded, fillMode, fillValue: -1.5 };
        const expected = x.map((image, row) =>
          augmentation.resampleAffine(
            image,
            (matrices[row] as Matrix).map(Math.fround) as unknown as Matrix,
            size,
            how,
          ),
        );
        const results = bothWays(empty, size, x, (space, y, input) =>
          resample(space, [y, input], matrices, size, y.stride, rounded, fillMode, -1.5),
        );
        for (const result of results) {
          for (const [row, image] of result.entries()) expectSameBits(image, expected[row] as Float32Array);
        }
      }
    });
  });

  const row = [[1, 2, 3, 4]];
  /** Moved to the right by that many pixels. */
  const byPixels = (right: number): Matrix => [1, 0, -right, 0, 1, 0];

  it.each([
    ["constant", [9, 9, 1, 2], [9, 9, 9, 9], [3, 4, 9, 9]],
    ["nearest", [1, 1, 1, 2], [1, 1, 1, 1], [3, 4, 4, 4]],
    ["reflect", [2, 1, 1, 2], [3, 4, 4, 3], [3, 4, 4, 3]],
    ["wrap", [3, 4, 1, 2], [3, 4, 1, 2], [3, 4, 1, 2]],
  ] as const)("moves whole pixels, filling by '%s'", (fillMode, byTwo, bySix, back) => {
    for (const rounded of [false, true]) {
      const options = { rounded, fillValue: 9 };
      expect(transformed(row, byPixels(2), fillMode, options)).toEqual([byTwo]);
      expect(transformed(row, byPixels(6), fillMode, options)).toEqual([bySix]);
      expect(transformed(row, byPixels(-2), fillMode, options)).toEqual([back]);
      // Along columns it is the same
      const column = transformed(
        (row[0] as number[]).map((value) => [value]),
        [1, 0, 0, 0, 1, -2],
        fillMode,
        options,
      );
      expect(column.flat()).toEqual(byTwo);
    }
  });

  it.each([
    ["constant", [4.5, 1.5, 2.5, 3.5], [5.25, 2.25, 3.25, 6]],
    ["nearest", [1, 1.5, 2.5, 3.5], [1.75, 2.75, 3.75, 4]],
    ["reflect", [1, 1.5, 2.5, 3.5], [1.75, 2.75, 3.75, 4]],
    ["wrap", [2.5, 1.5, 2.5, 3.5], [1.75, 2.75, 3.75, 1.75]],
  ] as const)("finds the mean of neighbours, filling by '%s'", (fillMode, half, quarters) => {
    expect(transformed(row, byPixels(0.5), fillMode, { fillValue: 8 })).toEqual([half]);
    const moved = transformed(row, byPixels(-0.75), fillMode, { fillValue: 8 });
    expect(moved).toEqual([fillMode === "constant" ? [1.75, 2.75, 3.75, 7] : quarters]);
  });

  it.each(augmentation.fillModes)(
    "takes each pixel from itself, to the bit, whatever the fill mode: '%s'",
    (fillMode) => {
      for (const size of imageSizes) {
        const [image] = images(size, 1) as [Float32Array];
        for (const rounded of [false, true]) {
          const results = bothWays(empty, size, [image], (space, y, x) =>
            resample(space, [y, x], [identity], size, y.stride, rounded, fillMode, 7),
          );
          for (const [result] of results) expectSameBits(result as Float32Array, image);
        }
      }
    },
  );

  it.each(augmentation.fillModes)(
    "reads nothing outside of memory for points that are no numbers: '%s'",
    (fillMode) => {
      const size = { height: 3, width: 5, channels: 2 };
      for (const value of [Number.NaN, Infinity, -Infinity, 3e38, -3e38]) {
        for (let place = 0; place < 6; place++) {
          const matrix = identity.with(place, value) as unknown as Matrix;
          for (const rounded of [false, true]) {
            bothWays(empty, size, images(size, 1), (space, y, x) =>
              resample(space, [y, x], [matrix], size, y.stride, rounded, fillMode, 7),
            );
          }
        }
      }
    },
  );
});
