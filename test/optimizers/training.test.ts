/** Optimizers in a model: parts of gradients or whole ones, sums of them, averages of weights. */
import { describe, expect, it } from "vitest";
import { type Layer, layers, type NDArray, ndarray, oneHot, optimizers, Sequential } from "../../src/index.js";
import { classNumbers, matrix, withDensity } from "../helpers/data.js";
import type { NaiveLayer } from "../helpers/naive-layers.js";
import { naiveOptimizers } from "../helpers/naive-optimizers.js";
import { expectTwins, makeTwins } from "../helpers/twins.js";
import { expectSameWeights } from "../helpers/weights.js";
import { type AnyOptions, cases, commonOptions, make, type OptimizerName, plainCases } from "./table.js";

const y = oneHot(classNumbers(24, 3, 2), 3);
/** No optimizer ever takes gradients of this norm. */
const neverClips = { clipnorm: 1e30 };

describe.each(cases)("$name with $options", ({ name, options }) => {
  it("trains as the naive arithmetic does, bit for bit, also where columns turn dark and light again", async () => {
    // Widths of whole vectors: Lamb's norms are sums over the rows with what lies between them
    const stack: NaiveLayer[] = [
      { units: 8, activation: "tanh" },
      { units: 4, activation: "softmax" },
    ];
    const [model, naive] = makeTwins(stack, 8, make(name, options), naiveOptimizers[name](options));
    const light = withDensity(matrix(12, 8, 1), 0.25);
    const dark = ndarray(
      light.data.map((value, i) => (i % 8 < 4 ? 0 : value)),
      light.shape,
    );
    const labels = oneHot(classNumbers(12, 4, 3), 4);
    for (const [initialEpoch, x] of [dark, light, dark, light].entries()) {
      const fit = { epochs: initialEpoch + 1, initialEpoch, batchSize: 5, seed: 1 };
      await model.fit(x, labels, fit);
      naive.fit(x, labels, fit);
    }
    expectTwins(model, naive);
  });

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

describe.each(plainCases)("$name with $options", ({ name, options }) => {
  it("leaves frozen layers alone, whatever it does to the others", async () => {
    for (const common of commonOptions) {
      const model = makeModel(name, { ...options, ...common });
      (model.layers[0] as Layer).trainable = false;
      const before = model.getWeights();
      await model.fit(matrix(24, 11, 1), y, { batchSize: 8, epochs: 2 });
      const after = model.getWeights();
      expectSameWeights(after.slice(0, 2), before.slice(0, 2));
      expect(after[2]).not.toEqual(before[2]);
    }
  });
});

describe("around the update", () => {
  it("a schedule counts steps, those that only accumulate included", async () => {
    const steps = { gradientAccumulationSteps: 3 };
    const learningRate = ((step: number) => (step % 3 === 2 ? 0.1 : 9)) as never;
    const [scheduled, constant] = [
      makeModel("sgd", { learningRate, ...steps }),
      makeModel("sgd", { learningRate: 0.1, ...steps }),
    ];
    const x = matrix(24, 11, 1);
    for (const model of [scheduled, constant]) await model.fit(x, y, { batchSize: 4, epochs: 2, seed: 1 });
    expectSameWeights(scheduled.getWeights(), constant.getWeights());
  });

  it.each([{}, neverClips])("weights that are excluded by name or path do not decay: %o", async (common) => {
    const options = { learningRate: 0.1, ...common };
    const train = async (own: Parameters<typeof optimizers.sgd>[0]): Promise<NDArray<Float32Array>[]> => {
      const stack = [layers.dense({ units: 5, biasInitializer: "ones" }), layers.dense({ units: 3 })];
      const model = new Sequential(stack, { seed: 1 });
      model.compile({ optimizer: optimizers.sgd({ ...options, ...own }), loss: "meanSquaredError" });
      await model.trainOnBatch(matrix(24, 11, 1), y);
      return model.getWeights();
    };
    const [free, decayed, some] = await Promise.all([
      train({}),
      train({ weightDecay: 0.5 }),
      train({ weightDecay: 0.5, excludeFromWeightDecay: ["bias", "dense_1/kernel"] }),
    ]);
    expectSameWeights(some, [decayed[0], free[1], free[2], free[3]] as NDArray<Float32Array>[]);
    expect(decayed).not.toEqual(free);
  });

  it("what was accumulated is kept from fit to fit", async () => {
    const x = matrix(24, 11, 1);
    const options = { learningRate: 0.1, gradientAccumulationSteps: 4 };
    const [once, twice] = [makeModel("adam", options), makeModel("adam", options)];
    await once.fit(x, y, { batchSize: 8, epochs: 4, seed: 1 });
    for (let epoch = 0; epoch < 4; epoch++) {
      await twice.fit(x, y, { batchSize: 8, initialEpoch: epoch, epochs: epoch + 1, seed: 1 });
    }
    expectSameWeights(twice.getWeights(), once.getWeights());
  });

  it("averages overwrite the weights every so many updates", async () => {
    const options = { learningRate: 0.1, useEma: true, emaMomentum: 0.5, emaOverwriteFrequency: 2 };
    const [model, free] = [makeModel("sgd", options), makeModel("sgd", { learningRate: 0.1 })];
    const x = matrix(24, 11, 1);
    await model.trainOnBatch(x, y);
    await free.trainOnBatch(x, y);
    const first = model.getWeights();
    expectSameWeights(first, free.getWeights());
    await model.trainOnBatch(x, y);
    await free.trainOnBatch(x, y);
    const means = free.getWeights().map(({ data, shape }, i) => {
      return ndarray(
        data.map((value, j) => 0.5 * value + 0.5 * at(first, i, j)),
        shape,
      );
    });
    expectCloseWeights(model.getWeights(), means, 1e-6);
  });

  it("an aborted training is not averaged, so that it can go on", async () => {
    const x = matrix(24, 11, 1);
    const [model, plain] = [
      makeModel("sgd", { learningRate: 0.1, useEma: true }),
      makeModel("sgd", { learningRate: 0.1 }),
    ];
    for (const one of [model, plain]) {
      const controller = new AbortController();
      const callbacks = { onBatchEnd: (batch: number) => batch === 1 && controller.abort() };
      const fit = one.fit(x, y, { batchSize: 8, shuffle: false, callbacks, signal: controller.signal });
      await expect(fit).rejects.toThrow();
    }
    expectSameWeights(model.getWeights(), plain.getWeights());
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
