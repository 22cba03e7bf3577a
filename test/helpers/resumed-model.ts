/** A training in two parts: as a process of its own it loads the model of the first, and prints the second's sha256. */
import { pathToFileURL } from "node:url";
import { layers, optimizers, Sequential } from "../../src/index.js";
import { classNumbers, matrix } from "./data.js";
import { digest } from "./digest.js";

/** The epoch at which another process takes over. */
export const RESUMED = 4;

export function resumedModel(): Sequential {
  const model = new Sequential(
    [
      layers.dense({ units: 9, activation: "selu", kernelInitializer: "lecunNormal", inputShape: [11] }),
      layers.alphaDropout({ rate: 0.2 }),
      layers.dense({ units: 3, activation: "softmax" }),
    ],
    { seed: 5 },
  );
  const optimizer = optimizers.sgd({ learningRate: 0.05, momentum: 0.9, nesterov: true });
  model.compile({ optimizer, loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  return model;
}

/** Trains to the epoch given, by default to the tenth, and saves the model if told where. */
export async function trainResumed(initialEpoch: number, epochs = 10, target?: string, model = resumedModel()) {
  await model.fit(matrix(40, 11, 1), classNumbers(40, 3, 2), { initialEpoch, epochs, batchSize: 9 });
  if (target) await model.save(target, { includeOptimizer: true });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const model = await Sequential.load(process.argv[2] ?? "");
  await trainResumed(RESUMED, undefined, undefined, model);
  console.log(await digest(model.getWeights()));
}
