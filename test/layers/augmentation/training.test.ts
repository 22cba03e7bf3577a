/** Training on augmented images, from the outside. */
import { expect, it } from "vitest";
import { layers, ndarray, Sequential } from "../../../src/index.js";
import { mnist } from "../../helpers/mnist.js";

const { images, labels } = await mnist("train", 600);
const test = await mnist("t10k", 200);

it("learns handwritten digits from images that are never the same twice", async () => {
  const options = { fillMode: "constant" } as const;
  const model = new Sequential(
    [
      layers.rescaling({ scale: 1 / 255, inputShape: [28, 28] }),
      layers.randomTranslation({ heightFactor: 0.05, widthFactor: 0.05, ...options }),
      layers.randomRotation({ factor: 0.02, ...options }),
      layers.randomZoom({ heightFactor: 0.1, widthFactor: 0.1, ...options }),
      layers.randomElasticTransform({ valueRange: [0, 1], ...options }),
      layers.flatten(),
      layers.dense({ units: 32, activation: "relu" }),
      layers.dense({ units: 10, activation: "softmax" }),
    ],
    { seed: 1 },
  );
  model.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  const { history } = await model.fit(images, labels, { epochs: 8, batchSize: 32 });
  expect(history.loss?.at(-1)).toBeLessThan(0.6 * (history.loss?.[0] ?? 0));
  const { accuracy } = await model.evaluate(test.images, test.labels);
  expect(accuracy).toBeGreaterThan(0.75);
});

it("takes no more memory for more batches, nor for another fit", async () => {
  const model = new Sequential([
    layers.randomElasticTransform({ scale: [1, 3], inputShape: [8, 8, 1] }),
    layers.randomErasing({ valueRange: [0, 1] }),
    layers.flatten(),
    layers.dense({ units: 2 }),
  ]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  const x = ndarray(new Float32Array(64 * 64), [64, 8, 8, 1]);
  const y = ndarray(new Float32Array(128), [64, 2]);
  await model.fit(x, y, { batchSize: 8 });
  const { byteLength } = model;
  for (let i = 0; i < 20; i++) await model.fit(x, y, { batchSize: 8, epochs: 2 });
  expect(model.byteLength).toBe(byteLength);
});
