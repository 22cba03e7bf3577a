/** What changes the values of images, and leaves them in their places. */
import { describe, expect, it } from "vitest";
import * as reference from "../../reference.js";
import { expectSameBits } from "../expect.js";
import { builds, instantiate } from "../harness.js";
import { fractions, numbers } from "../samples.js";
import { bothWays, describeSize, imageRows, imageSizes, images } from "./sizes.js";

const { augmentation } = reference;
const rows = 3;

describe.each(builds)("%s build", (build) => {
  const empty = instantiate(build);

  describe.each(imageSizes.map((size) => [describeSize(size), size] as const))("of %s images", (_, size) => {
    const { height, width, channels } = size;
    const x = images(size, rows);
    const draws = numbers(rows * 4);
    const drawn = (row: number): number => draws[row * 4] as number;

    it("adjustBrightness equals the reference, in place and not", () => {
      const results = bothWays(empty, size, x, (space, y, input) => {
        const sizes = [y.stride, rows, height * width * channels];
        space.call("adjustBrightness", y, input, space.input(draws), ...sizes, 1.7);
      });
      for (const result of results) {
        for (const [row, image] of result.entries()) {
          expectSameBits(image, augmentation.adjustBrightness(x[row] as Float32Array, drawn(row), 1.7));
        }
      }
    });

    it("adjustContrast equals the reference, in place and not", () => {
      const results = bothWays(empty, size, x, (space, y, input) => {
        const sizes = [y.stride, rows, height * width, channels];
        const scratch = space.output(Math.ceil((height * width * channels) / 4) * 4 + Math.ceil(channels / 4) * 4);
        // Between the rows lies NaN, which the kernel may read and must not count
        space.call("adjustContrast", y, input, space.input(draws), ...sizes, scratch);
      });
      for (const result of results) {
        for (const [row, image] of result.entries()) {
          const expected = augmentation.adjustContrast(x[row] as Float32Array, drawn(row), channels);
          expectSameBits(image, expected);
        }
      }
    });

    it("eraseRectangles equals the reference, with one filling or one for each image", () => {
      const shape = imageRows(size, 8);
      const many = images(size, 8);
      // Whole images and nothing of them, always and never, and all between
      const edges = [0, 0, 0, 0, 1, 0.5, 1, 1, 1, 1, 1, 0.5, 0.3, 0.3, 0, 1, 0.5, 0.5];
      const table = Float32Array.from({ length: 8 * 8 }, (__, i) => {
        const at = Math.floor(i / 8) * 6 + (i % 8);
        return i % 8 > 5 ? Number.NaN : (edges[at] ?? (fractions(8 * 8)[i] as number));
      });
      for (const own of [true, false]) {
        const space = empty();
        const y = space.inout(Float32Array.from(many.flatMap((image) => [...image])), shape);
        const fillings = numbers((own ? 8 : 1) * shape.width, 77);
        const fills = space.input(fillings, own ? shape : { rows: 1, width: shape.width });
        const sizes = [shape.stride, own ? shape.stride : 0, 8, height, width, channels];
        space.call("eraseRectangles", y, fills, space.input(table), ...sizes);
        const actual = y.floats();
        for (const [row, image] of many.entries()) {
          const fill = fillings.subarray(own ? row * shape.width : 0).subarray(0, shape.width);
          const expected = augmentation.eraseRectangle(image, fill, table.subarray(row * 8, row * 8 + 6), size);
          expectSameBits(actual.slice(row * shape.width, (row + 1) * shape.width), expected);
        }
      }
    });
  });

  it("contrast by hand: 1, 2, 3, 6 about their mean", () => {
    const size = { height: 2, width: 2, channels: 1 };
    const [[image]] = bothWays(empty, size, [Float32Array.of(1, 2, 3, 6)], (space, y, x) => {
      const draws = space.input(Float32Array.of(2, 0, 0, 0));
      space.call("adjustContrast", y, x, draws, y.stride, 1, 4, 1, space.output(8));
    }) as [[Float32Array]];
    expect([...image]).toEqual([-1, 1, 3, 9]);
  });
});
