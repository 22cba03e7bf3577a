/** Optimizers in a model: parts of gradients or whole ones, sums of them, averages of weights. */
import { describe, expect, it } from "vitest";
import { layers, type NDArray, ndarray, oneHot, Sequential } from "../../src/index.js";
import { classNumbers, matrix, withDensity } from "../helpers/data.js";
import { expectSameWeights } from "../helpers/weights.js";
import { type AnyOptions, cases, make, type OptimizerName } from "./table.js";

const y = oneHot(classNumbers(24, 3, 2), 3);
/** No optimizer ever takes gradients of this norm. */
const neverClips = { clipnorm: 1e30 };

describe.each(cases)("$name with $options", ({ name, options }) => {
  it.each([0.2, 1])("gives the same bits whether gradients are used in parts or whole, density %d", async (density) => {
    const x = withDensity(matrix(24, 11, 1), density);
    const [parts, whole] = [makeModel(name, options), makeModel(name, { ...options, ...neverClips })];
    for (const model of [parts, whole]) await model.fit(x, y, { epochs: 3, batchSize: 7, seed: 1 });
    expectSameWeights(whole.getWeights(), parts.getWeights());
  });

  it("takes two halves of a batch for a batch when it accumulates, within 1e-5", async () => {
    const x = matrix(24, 11, 1);
    const [batches, halves] = [makeModel(name, options), makeModel(name, { ...options, gradientAccumulationSteps: 2 })];
    await batches.fit(x, y, { epochs: 2, batchSize: 8, shuffle: false });
    await halves.fit(x, y, { epochs: 2, batchSize: 4, shuffle: false });
    expectCloseWeights(halves.getWeights(), batches.getWeights(), 1e-5);
  });

  it("ends at the mean of weights that it averages, and only then", async () => {
    const x = matrix(24, 11, 1);
    const [plain, averaged] = [
      makeModel(name, options),
      makeModel(name, { ...options, useEma: true, emaMomentum: 0.5 }),
    ];
    const trail: NDArray<Float32Array>[][] = [];
    const follow = { onBatchEnd: () => void trail.push(averaged.getWeights()) };
    await plain.fit(x, y, { batchSize: 8, seed: 1, epochs: 2 });
    await averaged.fit(x, y, { batchSize: 8, seed: 1, epochs: 2, callbacks: follow });
    expectSameWeights(trail.at(-1) ?? [], plain.getWeights());
    const averages = trail.reduce((means, weights) =>
      means.map(({ data, shape }, i) =>
        ndarray(
          data.map((mean, j) => 0.5 * mean + 0.5 * at(weights, i, j)),
          shape,
        ),
      ),
    );
    expectCloseWeights(averaged.getWeights(), averages, 1e-6);
  });
});

function makeModel(name: OptimizerName, options: AnyOptions): Sequential {
  const model = new Sequential(
    [
      layers.dense({ units: 5, activation: "tanh", inputShape: [11] }),
      layers.dense({ units: 3, activation: "softmax" }),
    ],
    { seed: 3 },
  );
  model.compile({ optimizer: make(name, options), loss: "categoricalCrossentropy" });
  return model;
}

function expectCloseWeights(
  actual: readonly NDArray<Float32Array>[],
  expected: readonly NDArray<Float32Array>[],
  tolerance: number,
): void {
  const differences = actual.flatMap(({ data }, i) =>
    [...data].map((value, j) => Math.abs(value - at(expected, i, j))),
  );
  expect(Math.max(...differences)).toBeLessThan(tolerance);
}

function at(weights: readonly NDArray<Float32Array>[], weight: number, index: number): number {
  return weights[weight]?.data[index] as number;
}
