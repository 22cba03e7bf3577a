/** The data of a study: two .npy files, and which rows are held back for the test. */
import { LanewiseError } from "../errors.js";
import { labelEncoder, take } from "../index.js";
import { type ReplicatePlan, splitRest, splitTest } from "../study/replicates.js";
import type { StudyData } from "../study/run.js";
import { type FileSummary, type ImagesSummary, readImages, readLabels } from "./data-files.js";
import { chooseScaling } from "./scaling.js";

export interface StudyFiles {
  readonly data: StudyData;
  readonly images: ImagesSummary;
  readonly labels: FileSummary;
  /** Samples in each part of a run. */
  readonly sizes: { readonly train: number; readonly validation: number; readonly test: number };
}

/** @throws LanewiseError, naming the file, for data that cannot be read, split or trained on. */
export async function loadStudyData(
  paths: { readonly images: string; readonly labels: string },
  plan: ReplicatePlan,
  patience: number | null,
): Promise<StudyFiles> {
  const { array: images, summary: imagesSummary } = await readImages(paths.images);
  const { array: y, summary: labelsSummary } = await readLabels(paths.labels, images.shape[0] ?? 0);
  const encoder = labelEncoder(y);
  const { classes } = encoder;
  if (classes.length < 2)
    throw new LanewiseError(`${paths.labels}: expected at least 2 classes, got only ${classes[0]}`);
  const labels = encoder.encode(y);
  try {
    const { test, rest } = splitTest(labels, plan);
    const { train, validation } = splitRest(labels, rest, plan, 0);
    const { divisor, least, largest } = chooseScaling(take(images, rest));
    const task = {
      inputShape: images.shape.slice(1),
      classes,
      divisor,
      valueRange: [least / divisor, largest / divisor] as const,
    };
    return {
      data: { images, labels, task, plan, patience },
      images: imagesSummary,
      labels: labelsSummary,
      sizes: { train: train.length, validation: validation.length, test: test.length },
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const why = error.message.replace(/^stratified(Split|KFold): /, "");
    throw new LanewiseError(`${paths.labels}: ${why}`, { cause: error });
  }
}
