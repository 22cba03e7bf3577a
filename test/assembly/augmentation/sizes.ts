/** Images to try the kernels on. */

import type * as reference from "../../reference.js";
import type { Region, Shape, Space } from "../harness.js";
import { numbers } from "../samples.js";

type ImageSize = reference.augmentation.ImageSize;

/** Single pixels, lines, odd sizes, whole vectors; channels from one to more than a vector. */
export const imageSizes: readonly ImageSize[] = [
  { height: 1, width: 1, channels: 1 },
  { height: 1, width: 7, channels: 1 },
  { height: 6, width: 1, channels: 2 },
  { height: 3, width: 5, channels: 1 },
  { height: 5, width: 3, channels: 3 },
  { height: 4, width: 8, channels: 4 },
  { height: 7, width: 9, channels: 5 },
  { height: 12, width: 11, channels: 1 },
];

export function describeSize({ height, width, channels }: ImageSize): string {
  return `${height}x${width}x${channels}`;
}

/** As many images of that size, with a gap behind each. */
export function imageRows({ height, width, channels }: ImageSize, rows: number): Shape & { readonly stride: number } {
  const size = height * width * channels;
  return { rows, width: size, stride: Math.ceil(size / 4) * 4 + 4 };
}

export function images(size: ImageSize, rows: number): Float32Array<ArrayBuffer>[] {
  return Array.from({ length: rows }, (_, row) => numbers(size.height * size.width * size.channels, row + 1));
}

/** Runs a kernel from an array of images to another, and in place: what it makes of them both ways. */
export function bothWays(
  empty: () => Space,
  size: ImageSize,
  x: readonly Float32Array[],
  run: (space: Space, y: Region, x: Region) => void,
): Float32Array[][] {
  const shape = imageRows(size, x.length);
  const flat = Float32Array.from(x.flatMap((image) => [...image]));
  return [false, true].map((inPlace) => {
    const space = empty();
    const input = inPlace ? space.inout(flat, shape) : space.input(flat, shape);
    const y = inPlace ? input : space.output(shape);
    run(space, y, input);
    const result = y.floats();
    return x.map((image, row) => result.slice(row * image.length, (row + 1) * image.length));
  });
}
