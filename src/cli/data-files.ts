/** Images and labels: .npy files, read and checked. */
import { createHash } from "node:crypto";
import { describeShape, sizeOf } from "../arrays.js";
import { LanewiseError, ShapeError } from "../errors.js";
import { readBytes } from "../files/read.js";
import { flatten, loadNpy, type NDArray } from "../index.js";

export const DEFAULT_IMAGES = "data/images.npy";
export const DEFAULT_LABELS = "data/labels.npy";

/** What there is to say about a file. */
export interface FileSummary {
  readonly path: string;
  readonly sha256: string;
}

export interface ImagesSummary extends FileSummary {
  readonly shape: readonly number[];
  readonly dtype: string;
}

export interface ArrayFile<Summary extends FileSummary = FileSummary> {
  readonly array: NDArray;
  readonly summary: Summary;
}

/** [n, ...], finite also as float32; a vector becomes [n, 1]. @throws LanewiseError that names the file. */
export async function readImages(path: string): Promise<ArrayFile<ImagesSummary>> {
  const { array, summary } = await readArray(path);
  const { data, shape, dtype } = array;
  if (shape.length === 0 || data.length === 0) {
    throw new ShapeError(`${path}: expected images of shape [n, ...], got ${describeShape(shape)}`);
  }
  const bad = data.findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (bad >= 0) {
    const row = Math.floor(bad / sizeOf(shape.slice(1)));
    throw new LanewiseError(`${path}: expected finite float32 numbers, got ${data[bad]} in row ${row}`);
  }
  const images = shape.length === 1 ? flatten(array) : array;
  return { array: images, summary: { ...summary, shape, dtype } };
}

/** An integer for each of so many images, [n] or [n, 1]. @throws LanewiseError that names the file. */
export async function readLabels(path: string, images: number): Promise<ArrayFile> {
  const { array, summary } = await readArray(path);
  const { data, shape } = array;
  if (!isColumn(shape)) {
    throw new ShapeError(`${path}: expected a label for each image, shape [${images}], got ${describeShape(shape)}`);
  }
  if (shape[0] !== images) {
    throw new ShapeError(`${path}: expected as many labels as images, ${images}, got ${shape[0]}`);
  }
  const bad = data.findIndex((label) => !Number.isSafeInteger(label));
  if (bad >= 0) throw new LanewiseError(`${path}: expected integers, got ${data[bad]} in row ${bad}`);
  return { array, summary };
}

/** Whether there is one value for each sample: [n] or [n, 1]. */
export function isColumn(shape: readonly number[]): boolean {
  return shape.length === 1 || (shape.length === 2 && shape[1] === 1);
}

async function readArray(path: string): Promise<ArrayFile> {
  let bytes: Uint8Array;
  try {
    bytes = await readBytes(path);
  } catch (error) {
    if (![DEFAULT_IMAGES, DEFAULT_LABELS].includes(path) || !(error instanceof LanewiseError)) throw error;
    throw new LanewiseError(`${error.message}; npm run data makes it`, { cause: error });
  }
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { array: await loadNpy(bytes, { name: path }), summary: { path, sha256 } };
}
