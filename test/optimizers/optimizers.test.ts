/** Optimizers as a model holds them: their settings, and one of the user's own. */
import { describe, expect, it } from "vitest";
import { layers, ndarray, type Optimizer, optimizers, Sequential } from "../../src/index.js";
import { expectSameWeights } from "../helpers/weights.js";

describe("settings", () => {
  it("have Keras's defaults", () => {
    expect([optimizers.sgd().config, optimizers.adam().config]).toEqual([
      { learningRate: 0.01, momentum: 0, nesterov: false },
      { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    ]);
  });

  it("follow the learning rate", () => {
    for (const optimizer of [optimizers.sgd(), optimizers.adam()]) {
      optimizer.learningRate = 0.5;
      expect(optimizer.config.learningRate).toBe(0.5);
    }
  });
});

describe("an optimizer of the user's own", () => {
  /** Halves every weight, whatever the gradient. */
  const halving: Optimizer = {
    className: "Halving",
    learningRate: 1,
    config: {},
    slots: 0,
    restsAtZero: false,
    step: () => (kernels, weight, _state, _gradient, count) => kernels.rescale(weight, weight, 0.5, 0, count),
  };

  // The last rows' columns are dark in every row
  it.each([
    [
      "sparse",
      [
        [1, 0, 0, 0],
        [0, 1, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 0, 0],
      ],
    ],
    [
      "dense",
      [
        [1, 2, 3, 0],
        [4, 5, 6, 0],
        [7, 8, 9, 0],
        [1, 2, 3, 0],
      ],
    ],
  ])("gets at every weight, with %s rows too", async (_, x) => {
    const model = new Sequential([layers.dense({ units: 3, inputShape: [4] })], { seed: 1 });
    model.compile({ optimizer: halving, loss: "mse" });
    const before = model.getWeights();
    await model.fit(
      x,
      [
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
      { batchSize: 2, epochs: 3 },
    );
    expectSameWeights(
      model.getWeights(),
      before.map(({ data, shape }) =>
        ndarray(
          data.map((value) => value / 64),
          shape,
        ),
      ),
    );
  });
});
