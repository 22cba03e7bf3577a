/** The data set: two .npy files, read, checked, and split by class. */
import { LanewiseError } from "../errors.js";
import { labelEncoder, type NDArray, stratifiedSplit } from "../index.js";
import { type FileSummary, type ImagesSummary, readImages, readLabels } from "./data-files.js";
import { chooseScaling, type Scaling } from "./scaling.js";
import type { TrainOptions } from "./train-options.js";

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
  readonly images: ImagesSummary;
  readonly labels: FileSummary;
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
  const { array: x, summary: imagesSummary } = await readImages(images);
  const { array: y, summary: labelsSummary } = await readLabels(labels, x.shape[0] ?? 0);
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
  return {
    parts,
    summary: {
      images: imagesSummary,
      labels: labelsSummary,
      scaling: chooseScaling(parts.train.x),
      classes: encoder.classes,
      counts: { train: count("train"), validation: count("validation"), test: count("test") },
    },
  };
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
