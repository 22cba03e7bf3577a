/** Digits in the form that models take, in three parts: to train on, to watch training by, and to test on. */
import { flatten, ndarray, oneHot, rescale, stratifiedSplit } from "lanewise/lean";
import type { Digits } from "../digits/digits.js";

export const CLASSES = 10;
export const PIXELS = 784;
const SEED = 7;

/** x: [n, 784] in [0, 1], y: [n, 10]. @throws where a class has too few digits to be in every part. */
export function splitDigits({ images, labels }: Digits) {
  const x = rescale(flatten(ndarray(images, [labels.length, 28, 28])), 1 / 255);
  const y = oneHot(labels, CLASSES);
  return stratifiedSplit({ x, y }, { train: 0.6, validation: 0.15, test: 0.25, seed: SEED });
}

export type Parts = ReturnType<typeof splitDigits>;
