/**
 * The library trains as the naive arithmetic does, bit for bit: the same weights and losses whether rows are dense or
 * sparse, batches whole or not, widths a multiple of the vectors or not.
 */
import { describe, expect, it } from "vitest";
import { type NDArray, ndarray } from "../../src/arrays.js";
import { type Optimizer, oneHot, optimizers } from "../../src/index.js";
import { classNumbers, matrix, withDensity } from "../helpers/data.js";
import { activations, type NaiveLayer } from "../helpers/naive-layers.js";
import { type NaiveOptimizer, naiveAdam, naiveSgd } from "../helpers/naive-optimizers.js";
import { expectTwins, makeTwins } from "../helpers/twins.js";

/** On both sides of the share up to which a data set is kept, and a batch is multiplied, as sparse rows. */
const densities = [0, 0.1, 0.49, 0.5, 0.51, 0.59, 0.61, 1];
const hiddenActivations = Object.keys(activations) as (keyof typeof activations)[];

type Data = readonly [x: NDArray<Float32Array>, y: NDArray<Float32Array>];

describe("training equals the naive arithmetic bit for bit", () => {
  const cases = hiddenActivations.flatMap((activation) => densities.map((density) => ({ activation, density })));
  it.each(cases)("$activation, density $density", async ({ activation, density }) => {
    const stack: NaiveLayer[] = [
      { units: 9, activation },
      { units: 5, activation },
      { units: 3, activation: "softmax" },
    ];
    // 23 rows leave a last batch of 3, fewer than a tile has
    await expectSame(stack, [withDensity(matrix(23, 13, 1), density), labels(23, 3)], { batchSize: 5 });
  });

  // Rows of 64 lie further apart than that
  it.each([1, 3, 4, 5, 8, 17, 33, 61, 64])("width %i in, between and out", async (width) => {
    const stack: NaiveLayer[] = [
      { units: width, activation: "relu" },
      { units: width, activation: "linear" },
    ];
    await expectSame(stack, [matrix(14, width, 1), matrix(14, width, 2)], { batchSize: 9 });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])("batches of %i", async (batchSize) => {
    const stack: NaiveLayer[] = [
      { units: 6, activation: "tanh" },
      { units: 2, activation: "sigmoid" },
    ];
    const y = oneHot(classNumbers(19, 2, 3), 2);
    await expectSame(stack, [withDensity(matrix(19, 7, 1), 0.55), y], { batchSize });
  });

  it.each([0.2, 1])("sums longer than a panel, density %d", async (density) => {
    const stack: NaiveLayer[] = [
      { units: 5, activation: "selu" },
      { units: 4, activation: "softmax" },
    ];
    await expectSame(stack, [withDensity(matrix(9, 1030, 1), density), labels(9, 4)], { batchSize: 6 });
  });

  it("without biases", async () => {
    const stack: NaiveLayer[] = [
      { units: 7, activation: "relu", useBias: false },
      { units: 3, activation: "softmax", useBias: false },
    ];
    await expectSame(stack, [matrix(11, 6, 1), labels(11, 3)], { batchSize: 4 });
  });

  it.each((["dropout", "alphaDropout"] as const).flatMap((dropped) => [5, 7, 64].map((units) => ({ dropped, units }))))(
    "$dropped in front of $units units and behind them",
    async ({ dropped, units }) => {
      const stack: NaiveLayer[] = [
        { dropped, rate: 0.2 },
        { units, activation: "selu" },
        { dropped, rate: 0.5 },
        { units: 3, activation: "softmax" },
      ];
      await expectSame(stack, [matrix(23, 5, 1), labels(23, 3)], { batchSize: 5, seed: 2 ** 40 + 3 });
    },
  );

  it.each<[string, Optimizer, NaiveOptimizer]>([
    ["sgd", optimizers.sgd({ learningRate: 0.1 }), naiveSgd(0.1)],
    ["sgd with momentum", optimizers.sgd({ momentum: 0.9 }), naiveSgd(0.01, 0.9)],
    ["sgd by Nesterov", optimizers.sgd({ momentum: 0.7, nesterov: true }), naiveSgd(0.01, 0.7, true)],
    [
      "adam with other rates",
      optimizers.adam({ learningRate: 0.01, beta1: 0.8, beta2: 0.95, epsilon: 1e-3 }),
      naiveAdam(0.01, 0.8, 0.95, 1e-3),
    ],
  ])("%s", async (_, optimizer, naive) => {
    const stack: NaiveLayer[] = [
      { units: 6, activation: "tanh" },
      { units: 3, activation: "softmax" },
    ];
    await expectSame(stack, [withDensity(matrix(17, 9, 1), 0.3), labels(17, 3)], { batchSize: 4 }, optimizer, naive);
  });

  // With beta1 = 0 Adam's first slot is empty again after one dark batch, its second is not
  it.each([0.9, 0])("columns that turn dark and light again, as Adam with beta1 = %d remembers them", async (beta1) => {
    const stack: NaiveLayer[] = [{ units: 3, activation: "softmax" }];
    const [model, naive] = makeTwins(stack, 8, optimizers.adam({ beta1 }), naiveAdam(0.001, beta1));
    const light = withDensity(matrix(12, 8, 1), 0.25);
    const dark = ndarray(
      light.data.map((value, i) => (i % 8 < 4 ? 0 : value)),
      light.shape,
    );
    const y = labels(12, 3);
    for (const [initialEpoch, x] of [light, dark, dark, light].entries()) {
      const options = { epochs: initialEpoch + 1, initialEpoch, batchSize: 5, seed: 1 };
      await model.fit(x, y, options);
      naive.fit(x, y, options);
    }
    expectTwins(model, naive);
  });
});

/** Trains both for three epochs. */
async function expectSame(
  stack: readonly NaiveLayer[],
  [x, y]: Data,
  options: { readonly batchSize: number; readonly seed?: number },
  optimizer: Optimizer = optimizers.adam(),
  naiveOptimizer: NaiveOptimizer = naiveAdam(0.001),
): Promise<void> {
  const [model, naive] = makeTwins(stack, x.shape[1] ?? 0, optimizer, naiveOptimizer);
  const settings = { epochs: 3, seed: 7, ...options };
  const { history } = await model.fit(x, y, settings);
  expect(history.loss).toEqual(naive.fit(x, y, settings));
  expectTwins(model, naive);
}

function labels(rows: number, classes: number): NDArray<Float32Array> {
  return oneHot(classNumbers(rows, classes, 3), classes);
}
