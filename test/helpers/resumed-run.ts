/**
 * A training that leans on everything that must survive an interruption, with a backup after every epoch. As a process of
 * its own it is given the place of the backup, and prints the sha256 of the weights.
 */
import { pathToFileURL } from "node:url";
import { type Callback, callbacks, type FitOptions, layers, optimizers, Sequential } from "../../src/index.js";
import { classNumbers, matrix } from "./data.js";
import { digest } from "./digest.js";

const x = matrix(60, 11, 1);
const y = classNumbers(60, 3, 2);

export const EPOCHS = 8;

export function makeModel(): Sequential {
  const model = new Sequential(
    [
      layers.dense({ units: 9, activation: "relu", inputShape: [11] }),
      layers.dropout({ rate: 0.3 }),
      layers.dense({ units: 3, activation: "softmax" }),
    ],
    { seed: 5 },
  );
  model.compile({
    optimizer: optimizers.adam({ learningRate: 0.05, useEma: true, emaMomentum: 0.8 }),
    loss: "sparseCategoricalCrossentropy",
    metrics: ["accuracy"],
  });
  return model;
}

/** New ones for each run, as a new process would make them. */
export function makeCallbacks(): Callback[] {
  return [
    callbacks.swapEMAWeights({ swapOnEpoch: true }),
    callbacks.reduceLROnPlateau({ monitor: "loss", minDelta: 0.2, patience: 1, factor: 0.7, cooldown: 1 }),
    callbacks.earlyStopping({ patience: 3, minDelta: 0.05, restoreBestWeights: true }),
  ];
}

export async function run(more: readonly Callback[], options: FitOptions = {}): Promise<Sequential> {
  const model = makeModel();
  await model.fit(x, y, {
    epochs: EPOCHS,
    batchSize: 7,
    validationData: [matrix(20, 11, 3), classNumbers(20, 3, 4)],
    callbacks: [...more, ...makeCallbacks()],
    ...options,
  });
  return model;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , backupDir = "", file = ""] = process.argv;
  const ready = { onTrainBegin: () => console.log("ready") };
  const backup = callbacks.backupAndRestore({ backupDir, saveFreq: 3 });
  const pause = { onBatchEnd: () => new Promise((resolve) => setTimeout(resolve, 2)) };
  const model = await run([ready, pause, callbacks.csvLogger(file), backup]);
  console.log(await digest(model.getWeights()));
}
