/** The visitor's own images.npy and labels.npy, checked. */
import { loadNpy, type NDArray } from "lanewise/lean";
import type { Digits } from "../digits/digits.js";
import { CLASSES, PIXELS } from "./parts.js";

const FEWEST = 50;
const MOST = 70_000;

/** @throws Error with a message for the visitor. */
export async function readDigits(imagesFile: File, labelsFile: File): Promise<Digits> {
  const [images, labels] = await Promise.all([loadNpy(imagesFile), loadNpy(labelsFile)]);
  const count = checkShapes(images, imagesFile.name, labels, labelsFile.name);
  const digits = {
    name: `${imagesFile.name} and ${labelsFile.name}`,
    images: toBytes(images, imagesFile.name),
    labels: toLabels(labels, labelsFile.name),
  };
  const missing = Array.from({ length: CLASSES }, (_, digit) => digit).filter(
    (digit) => !digits.labels.includes(digit),
  );
  if (missing.length > 0) {
    throw new Error(
      `${labelsFile.name}: every digit must be there, but there is no ${missing.join(", ")} in ${count} labels`,
    );
  }
  return digits;
}

function checkShapes(images: NDArray, imagesName: string, labels: NDArray, labelsName: string): number {
  const [count = 0, ...sample] = images.shape;
  const size = sample.reduce((product, length) => product * length, 1);
  if (sample.length === 0 || size !== PIXELS) {
    throw new Error(
      `${imagesName}: expected images of 28 × 28 pixels, shape [n, 28, 28] or [n, 784], got [${images.shape.join(", ")}]`,
    );
  }
  if (count < FEWEST || count > MOST) {
    throw new Error(`${imagesName}: expected from ${FEWEST} to ${MOST} images, got ${count}`);
  }
  if (labels.data.length !== count || labels.shape[0] !== count) {
    throw new Error(
      `${labelsName}: expected one label for each of the ${count} images, got shape [${labels.shape.join(", ")}]`,
    );
  }
  return count;
}

/** Grey values from 0 to 255; those from 0 to 1 are brought there. */
function toBytes({ data }: NDArray, name: string): Uint8Array<ArrayBuffer> {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of data) {
    if (!(value >= 0 && value <= 255))
      throw new Error(`${name}: expected grey values from 0 to 255, or from 0 to 1, got ${value}`);
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (least === most) throw new Error(`${name}: all pixels are ${least}: these are no images`);
  const scale = most <= 1 ? 255 : 1;
  return Uint8Array.from(data as ArrayLike<number>, (value) => Math.round(value * scale));
}

function toLabels({ data }: NDArray, name: string): Uint8Array<ArrayBuffer> {
  const bad = (data as Float64Array).findIndex((label) => !(Number.isInteger(label) && label >= 0 && label < CLASSES));
  if (bad >= 0) throw new Error(`${name}: expected digits from 0 to 9, got ${data[bad]} as label ${bad}`);
  return Uint8Array.from(data as ArrayLike<number>);
}
