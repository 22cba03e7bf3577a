/**
 * Makes data/images.npy (uint8, [6500, 28, 28]) and data/labels.npy (uint8, [6500]): 6,500 of the 60,000 training images
 * of MNIST, drawn at random with a fixed seed. With --if-missing it does nothing when both are there.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { saveNpy } from "../src/npy/index.js";
import { ATTRIBUTION, readMnist, SAMPLES, takeImages, takeLabels } from "./mnist.js";

const folder = fileURLToPath(new URL("../data", import.meta.url));
const images = join(folder, "images.npy");
const labels = join(folder, "labels.npy");

if (!(process.argv.includes("--if-missing") && existsSync(images) && existsSync(labels))) {
  const mnist = readMnist();
  const drawn = mnist.rows.subarray(0, SAMPLES);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "ATTRIBUTION.txt"), ATTRIBUTION);
  await saveNpy(images, { data: takeImages(mnist.images, drawn), shape: [SAMPLES, 28, 28], dtype: "uint8" });
  await saveNpy(labels, { data: takeLabels(mnist.labels, drawn), shape: [SAMPLES], dtype: "uint8" });
  console.log(`data/images.npy and data/labels.npy: ${SAMPLES} digits`);
}
