/** This library, from its built package. */
import { readFileSync } from "node:fs";
import { layers, ndarray, oneHot, optimizers, Sequential } from "../../../dist/index.js";

export const takesBytes = true;

export function versions() {
  return { lanewise: JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")).version };
}

export function createModel(network, weights, precision = "exact") {
  const { widths, activation, optimizer, learningRate, batchSize, bytes } = network;
  const [inputs, ...outputs] = widths;
  const stack = outputs.map((units, i) =>
    layers.dense({ units, activation: i === outputs.length - 1 ? "softmax" : activation }),
  );
  const model = new Sequential(
    [layers.rescaling({ scale: bytes ? 1 / 255 : 1, inputShape: [inputs] }), ...stack].slice(bytes ? 0 : 1),
    { seed: 1, precision },
  );
  return model;
}
