/** A small training that leans on everything with a seed, and the sha256 of its weights. */
import { layers, optimizers, Sequential } from "../../src/index.js";
import { syntheticDigits } from "./data.js";
import { digest } from "./digest.js";

/** 784-32-10 with dropout, by Adam, three epochs over 200 synthetic digits. */
export async function trainDigits(seed: number): Promise<string> {
  const { x, labels } = syntheticDigits(200);
  const model = new Sequential([
    layers.dense({ units: 32, activation: "relu", kernelInitializer: "heNormal", inputShape: [784] }),
    layers.dropout({ rate: 0.2 }),
    layers.dense({ units: 10, activation: "softmax" }),
  ]);
  model.compile({ optimizer: optimizers.adam(), loss: "sparseCategoricalCrossentropy" });
  await model.fit(x, labels, { epochs: 3, seed });
  return digest(model.getWeights());
}
