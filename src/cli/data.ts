/** The data set: two .npy files, read, checked, and split by class. */
import { createHash } from "node:crypto";
import { describeShape, sizeOf } from "../arrays.js";
import { LanewiseError, ShapeError } from "../errors.js";
import { readBytes } from "../files.js";
import { flatten, labelEncoder, loadNpy, type NDArray, stratifiedSplit } from "../index.js";
import { chooseScaling, type Scaling } from "./scaling.js";
import { DEFAULT_IMAGES, DEFAULT_LABELS, type TrainOptions } from "./train-options.js";

export const PARTS = ["train", "validation", "test"] as const;
export type PartName = (typeof PARTS)[number];

/** Samples of one part. */
export interface Samples {
  /** [n, ...], as in the file. */
  readonly x: NDArray;
  /** The classes' numbers, [n]. */
  readonly y: NDArray<Int32Array>;
  /** Their row numbers in the file. */
  readonly rows: Uint32Array;
}

/** What there is to say about the data. */
export interface DataSummary {
  readonly images: {
    readonly path: string;
    readonly sha256: string;
    readonly shape: readonly number[];
    readonly dtype: string;
  };
  readonly labels: { readonly path: string; readonly sha256: string };
  readonly scaling: Scaling;
  /** The labels that occur, ascending. */
  readonly classes: readonly number[];
  /** The number of samples of each class. */
  readonly counts: Readonly<Record<PartName, readonly number[]>>;
}

export interface DataSet {
  readonly summary: DataSummary;
  readonly parts: Readonly<Record<PartName, Samples>>;
}

/** @throws LanewiseError, naming the file, for data that cannot be read or trained on. */
export async function loadData({ images, labels, split, seed }: TrainOptions): Promise<DataSet> {
  const imageFile = await readArray(images, DEFAULT_IMAGES);
  const labelFile = await readArray(labels, DEFAULT_LABELS);
  const x = checkImages(imageFile.array, images);
  const y = labelFile.array;
  checkLabels(y, labels, x.shape[0] ?? 0);
  const encoder = labelEncoder(y);
  if (encoder.classes.length < 2) {
    throw new LanewiseError(`${labels}: expected at least 2 classes, got only ${encoder.classes[0]}`);
  }
  const drawn = splitByClass({ x, y }, split, seed, labels);
  const part = (name: PartName): Samples => {
    const { x, y, indices } = drawn[name];
    return { x, y: encoder.encode(y), rows: indices };
  };
  const parts = { train: part("train"), validation: part("validation"), test: part("test") };
  const count = (name: PartName): number[] => countClasses(parts[name].y, encoder.classes.length);
  const { shape, dtype } = imageFile.array;
  return {
    parts,
    summary: {
      images: { path: images, sha256: imageFile.sha256, shape, dtype },
      labels: { path: labels, sha256: labelFile.sha256 },
      scaling: chooseScaling(parts.train.x),
      classes: encoder.classes,
      counts: { train: count("train"), validation: count("validation"), test: count("test") },
    },
  };
}

async function readArray(path: string, defaultPath: string): Promise<{ array: NDArray; sha256: string }> {
  let bytes: Uint8Array;
  try {
    bytes = await readBytes(path);
  } catch (error) {
    if (path !== defaultPath || !(error instanceof LanewiseError)) throw error;
    throw new LanewiseError(`${error.message}; npm run data makes it`, { cause: error });
  }
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { array: await loadNpy(bytes, { name: path }), sha256 };
}

/** The images; a vector becomes [n, 1]. */
function checkImages(array: NDArray, path: string): NDArray {
  const { data, shape } = array;
  const width = sizeOf(shape.slice(1));
  if (shape.length === 0 || data.length === 0) {
    throw new ShapeError(`${path}: expected images of shape [n, ...], got ${describeShape(shape)}`);
  }
  const bad = data.findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (bad >= 0) {
    const row = Math.floor(bad / width);
    throw new LanewiseError(`${path}: expected finite float32 numbers, got ${data[bad]} in row ${row}`);
  }
  return shape.length === 1 ? flatten(array) : array;
}

function checkLabels({ data, shape }: NDArray, path: string, samples: number): void {
  if (shape.length !== 1 && !(shape.length === 2 && shape[1] === 1)) {
    throw new ShapeError(`${path}: expected a label for each image, shape [${samples}], got ${describeShape(shape)}`);
  }
  if (shape[0] !== samples) {
    throw new ShapeError(`${path}: expected as many labels as images, ${samples}, got ${shape[0]}`);
  }
  const bad = data.findIndex((label) => !Number.isSafeInteger(label));
  if (bad >= 0) throw new LanewiseError(`${path}: expected integers, got ${data[bad]} in row ${bad}`);
}

function splitByClass(
  data: { x: NDArray; y: NDArray },
  [train, validation, test]: readonly [number, number, number],
  seed: number,
  path: string,
) {
  try {
    return stratifiedSplit(data, { train: train / 100, validation: validation / 100, test: test / 100, seed });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new LanewiseError(`${path}: ${error.message.replace(/^stratifiedSplit: /, "")}`, { cause: error });
  }
}

function countClasses({ data }: NDArray<Int32Array>, classes: number): number[] {
  const counts = Array.from({ length: classes }, () => 0);
  for (const number of data) counts[number] = (counts[number] ?? 0) + 1;
  return counts;
}
