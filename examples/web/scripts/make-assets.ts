/**
 * Makes what the page loads beside its code, into build/web-assets: the 6,500 digits in one file, and the model that it starts
 * with. Does nothing when they are there, unless told --again: the same seed makes the same files on every machine.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { readMnist, SAMPLES, takeImages, takeLabels } from "../../../scripts/mnist.js";
import { trainModel } from "./train-model.js";

const folder = fileURLToPath(new URL("../../../build/web-assets", import.meta.url));
const files = ["digits.bin", "model.json", "weights.bin"].map((name) => `${folder}/${name}`);
const [digitsFile = "", modelFile = "", weightsFile = ""] = files;

if (process.argv.includes("--again") || !files.every((file) => existsSync(file))) {
  const { images, labels, rows } = readMnist();
  const [drawn, others] = [rows.subarray(0, SAMPLES), rows.subarray(SAMPLES)];
  mkdirSync(folder, { recursive: true });

  // Labels, then images, as one stream: whoever unpacks it knows the number of both from its length
  const digits = pack(takeLabels(labels, drawn), takeImages(images, drawn));
  writeFileSync(digitsFile, digits);
  console.log(`digits.bin: ${digits.length} bytes`);

  const { model, weights } = await trainModel(takeImages(images, others), takeLabels(labels, others), {
    images: takeImages(images, drawn),
    labels: takeLabels(labels, drawn),
  });
  const packed = pack(weights);
  writeFileSync(modelFile, JSON.stringify(model));
  writeFileSync(weightsFile, packed);
  console.log(`weights.bin: ${packed.length} bytes`);
}

function pack(...parts: readonly Uint8Array[]): Uint8Array {
  return deflateRawSync(Buffer.concat(parts), { level: 9, memLevel: 9 });
}
