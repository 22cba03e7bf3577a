import { describe, expect, it } from "vitest";
import * as reference from "../../reference.js";
import { expectEqual, expectSameBits } from "../expect.js";
import { builds, instantiate } from "../harness.js";
import { numbers } from "../samples.js";
import { deviation, mean } from "../statistics.js";
import { describeSize, imageRows, imageSizes, images } from "./sizes.js";

const { augmentation } = reference;
type Size = reference.augmentation.ImageSize;

const stream: reference.Stream = { seedLow: 5, seedHigh: 1, stream: 2, step: 9 };
const bilinear = { rounded: false, fillMode: "reflect", fillValue: 0 } as const;

const known = new Map<string, Float32Array>();

/** What the reference makes of an image, computed once for all builds. */
function distorted(
  image: Float32Array,
  strength: number,
  row: number,
  size: Size,
  how: reference.augmentation.Resampling,
  smoothness?: number,
): Float32Array {
  const key = JSON.stringify([strength, row, size, how, smoothness]);
  const result =
    known.get(key) ?? augmentation.elasticTransform(image, strength, { ...stream, row }, size, how, smoothness);
  known.set(key, result);
  return result;
}

describe.each(builds)("%s build", (build) => {
  const empty = instantiate(build);

  /** Distorts images from the second row of a batch on. draws: probability and threshold of each. */
  const distort = (
    x: readonly Float32Array[],
    size: Size,
    strength: number,
    draws: readonly (readonly [number, number])[],
    how: reference.augmentation.Resampling = bilinear,
    firstRow = 1,
    smoothness?: number,
  ): Float32Array[] => {
    const { height, width, channels } = size;
    const { rounded, fillMode, fillValue } = how;
    const space = empty();
    const shape = imageRows(size, x.length);
    const y = space.inout(Float32Array.from(x.flatMap((image) => [...image])), shape);
    const table = space.input(Float32Array.from(draws.flatMap((draw) => [...draw, 0, 0])));
    const sizes = [shape.stride, firstRow, x.length, height, width, channels];
    const mode = augmentation.fillModes.indexOf(fillMode);
    const taps = Math.floor(6 * (smoothness ?? 0.05 * strength) * Math.min(height, width)) | 1;
    const { seedLow, seedHigh } = stream;
    space.call(
      "elasticTransform",
      y,
      table,
      space.input(Float32Array.of(strength)),
      smoothness ?? 0,
      ...sizes,
      Number(rounded),
      mode,
      fillValue,
      ...[seedLow, seedHigh, stream.stream, stream.step],
      space.output(roundUp(height * width + 3) * 3 + (height + 3) * (width + 2) + 4),
      space.output(smoothingLength(size, taps)),
    );
    const result = y.floats();
    return x.map((_, row) => result.slice(row * shape.width, (row + 1) * shape.width));
  };

  it.each(imageSizes.map((size) => [describeSize(size), size] as const))("equals the reference for %s", (_, size) => {
    const x = images(size, 3);
    for (const strength of [0, 0.4, 1, 2.5]) {
      for (const [index, fillMode] of augmentation.fillModes.entries()) {
        // Rounding may go either way where the relaxed build differs by a bit
        const how = { rounded: index % 2 === 1 && build !== "relaxed", fillMode, fillValue: 0.5 };
        const actual = distort(
          x,
          size,
          strength,
          [
            [1, 0],
            [0.5, 0.5],
            [0.5, 0.25],
          ],
          how,
        );
        for (const [row, image] of x.entries()) {
          const expected = row === 1 ? image : distorted(image, strength, row + 1, size, how);
          expectEqual(build, actual[row] as Float32Array, expected, 1e-3);
        }
      }
    }
  });

  it("smooths as much as it is told, whatever the strength", () => {
    const size = { height: 9, width: 7, channels: 1 };
    const [image] = images(size, 1) as [Float32Array];
    for (const smoothness of [0.1, 0.3]) {
      const [actual] = distort([image], size, 1.5, [[1, 0]], bilinear, 1, smoothness);
      expectEqual(build, actual as Float32Array, distorted(image, 1.5, 1, size, bilinear, smoothness), 1e-3);
    }
  });

  it("gives a part of the rows what it gives to all", () => {
    const size = { height: 9, width: 7, channels: 1 };
    const x = images(size, 4);
    const always = x.map(() => [1, 0] as const);
    const all = distort(x, size, 1, always, bilinear, 0);
    const part = distort(x.slice(2), size, 1, always.slice(2), bilinear, 2);
    for (const [row, image] of part.entries()) expectSameBits(image, all[row + 2] as Float32Array);
  });

  it("moves points with the deviation of smoothed noise, and each image its own way", () => {
    // A plane that rises by 1 to the right shows how far to the right each point goes to fetch its value
    const size = { height: 40, width: 40, channels: 1 };
    const plane = Float32Array.from({ length: 1600 }, (_, i) => i % 40);
    const x = Array.from({ length: 20 }, () => plane);
    const results = distort(
      x,
      size,
      1,
      x.map(() => [1, 0] as const),
    );
    const inner = results.map((image) =>
      Array.from(image, (value, i) => value - (i % 40)).filter((_, i) => {
        const [column, row] = [i % 40, Math.floor(i / 40)];
        return column >= 10 && column < 30 && row >= 10 && row < 30;
      }),
    );
    // σ = 2, α = 4, and the sum of the squares of the weights is 1 / (4 π σ²): about as many points move as one
    const expected = (4 * 2) / Math.sqrt(4 * Math.PI * 4);
    const moves = inner.flat();
    const independent = moves.length / (4 * Math.PI * 4);
    expect(Math.abs(mean(moves)) / expected).toBeLessThan(4 / Math.sqrt(independent));
    expect(Math.abs(deviation(moves) / expected - 1)).toBeLessThan(4 / Math.sqrt(2 * independent));
    expect(new Set(inner.map((image) => image.join())).size).toBe(x.length);
  });

  it("leaves images that are not drawn, and all at strength 0, to the bit", () => {
    const size = { height: 5, width: 6, channels: 2 };
    const x = images(size, 2);
    for (const image of [
      distort(x, size, 1, [
        [0, 0],
        [0.3, 0.7],
      ]),
      distort(x, size, 0, [
        [1, 0],
        [1, 0],
      ]),
    ]) {
      expectSameBits(image[0] as Float32Array, numbers(60, 1));
      expectSameBits(image[1] as Float32Array, numbers(60, 2));
    }
  });
});

function smoothingLength({ height, width }: Size, taps: number): number {
  const padded = roundUp(width);
  const arrays = 3 * roundUp(height * width + 3) + 2 * roundUp(height * width) + roundUp(taps);
  return arrays + (height + taps - 1) * padded + height * (padded + taps - 1);
}

function roundUp(n: number): number {
  return Math.ceil(n / 4) * 4;
}
