/** Models learn what they should: with a wrong gradient none of these would get as far. */
import { describe, expect, it } from "vitest";
import { layers, ndarray, optimizers, Sequential } from "../../src/index.js";
import { mnist } from "../helpers/mnist.js";

describe("learning", () => {
  it.each([1, 2, 3, 4])("XOR, seed %i", async (seed) => {
    const x = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ];
    const model = new Sequential(
      [
        layers.dense({ units: 8, activation: "tanh", inputShape: [2] }),
        layers.dense({ units: 1, activation: "sigmoid" }),
      ],
      { seed },
    );
    model.compile({
      optimizer: optimizers.adam({ learningRate: 0.05 }),
      loss: "binaryCrossentropy",
      metrics: ["accuracy"],
    });
    await model.fit(x, [0, 1, 1, 0], { epochs: 200, batchSize: 4 });
    const { loss, accuracy } = await model.evaluate(x, [0, 1, 1, 0]);
    expect(accuracy).toBe(1);
    expect(loss).toBeLessThan(0.05);
  });

  it("a straight line, exactly", async () => {
    const x = [[-1], [0], [1], [2]];
    const model = new Sequential([layers.dense({ units: 1, inputShape: [1] })], { seed: 1 });
    model.compile({ optimizer: optimizers.sgd({ learningRate: 0.1, momentum: 0.5 }), loss: "meanSquaredError" });
    await model.fit(x, [-3, -1, 1, 3], { epochs: 200 });
    const [kernel, bias] = model.getWeights();
    expect(kernel?.data[0]).toBeCloseTo(2, 5);
    expect(bias?.data[0]).toBeCloseTo(-1, 5);
  });

  it("two spirals, which no straight line parts", async () => {
    const { x, labels } = spirals(97);
    const flat = [layers.dense({ units: 2, activation: "softmax", inputShape: [2] })];
    const deep = [
      layers.dense({ units: 32, activation: "selu", kernelInitializer: "lecunNormal", inputShape: [2] }),
      layers.dense({ units: 32, activation: "tanh" }),
      layers.dense({ units: 2, activation: "softmax" }),
    ];
    const [flatAccuracy, deepAccuracy] = await Promise.all(
      [flat, deep].map(async (stack) => {
        const model = new Sequential(stack, { seed: 1 });
        model.compile({
          optimizer: optimizers.adam({ learningRate: 0.01 }),
          loss: "sparseCategoricalCrossentropy",
          metrics: ["accuracy"],
        });
        await model.fit(x, labels, { epochs: 300 });
        return (await model.evaluate(x, labels)).accuracy as number;
      }),
    );
    expect(flatAccuracy).toBeLessThan(0.7);
    expect(deepAccuracy).toBeGreaterThan(0.98);
  });

  it.each([
    ["relu", "heNormal"],
    ["tanh", "glorotUniform"],
    ["selu", "lecunNormal"],
  ])("handwritten digits it has not seen, by %s", async (activation, kernelInitializer) => {
    const model = new Sequential(
      [
        layers.rescaling({ scale: 1 / 255, inputShape: [28, 28] }),
        layers.flatten(),
        layers.dense({ units: 64, activation, kernelInitializer }),
        layers.dense({ units: 10, activation: "softmax" }),
      ],
      { seed: 1 },
    );
    model.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
    const [train, test] = [await mnist("train", 1000), await mnist("t10k", 500)];
    const { history } = await model.fit(train.images, train.labels, { epochs: 12 });
    const { accuracy } = await model.evaluate(test.images, test.labels);
    expect(history.accuracy?.at(-1)).toBeGreaterThan(0.97);
    expect(accuracy).toBeGreaterThan(0.85);
  });
});

/** Two arms of `count` points each, a turn and a half around the middle, by repeated rotation. */
function spirals(count: number) {
  const [cosine, sine] = [0.9951847266721969, 0.0980171403295606];
  const data = new Float32Array(count * 4);
  let [a, b] = [1, 0];
  for (let i = 0; i < count; i++) {
    const radius = 0.1 + (0.9 * i) / count;
    data.set([a * radius, b * radius, -a * radius, -b * radius], i * 4);
    [a, b] = [a * cosine - b * sine, a * sine + b * cosine];
  }
  return { x: ndarray(data, [count * 2, 2]), labels: Uint8Array.from({ length: count * 2 }, (_, i) => i % 2) };
}
