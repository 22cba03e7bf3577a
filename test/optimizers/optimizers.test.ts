/** Optimizers as a model holds them: their settings, and one of the user's own. */
import { describe, expect, it } from "vitest";
import { layers, ndarray, type Optimizer, optimizers, Sequential, schedules } from "../../src/index.js";
import { expectSameWeights } from "../helpers/weights.js";
import { cases, commonOptions, make } from "./table.js";

describe("settings", () => {
  it("have Keras's defaults", () => {
    const moments = { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
    const defaults = Object.entries(optimizers).map(([name, make]) => [name, make().config]);
    expect(Object.fromEntries(defaults)).toEqual({
      adadelta: { learningRate: 0.001, rho: 0.95, epsilon: 1e-7 },
      adagrad: { learningRate: 0.001, initialAccumulatorValue: 0.1, epsilon: 1e-7 },
      adam: { ...moments, amsgrad: false },
      adamax: moments,
      adamw: { ...moments, amsgrad: false, weightDecay: 0.004 },
      ftrl: {
        learningRate: 0.001,
        learningRatePower: -0.5,
        initialAccumulatorValue: 0.1,
        l1RegularizationStrength: 0,
        l2RegularizationStrength: 0,
        l2ShrinkageRegularizationStrength: 0,
        beta: 0,
      },
      lamb: moments,
      lion: { learningRate: 0.001, beta1: 0.9, beta2: 0.99 },
      nadam: moments,
      rmsprop: { learningRate: 0.001, rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false },
      sgd: { learningRate: 0.01, momentum: 0, nesterov: false },
    });
  });

  it("name each slot once", () => {
    for (const { name, options } of cases) {
      for (const common of [{}, ...commonOptions]) {
        const { slots, slotStarts, slotNames } = make(name, { ...options, ...common });
        expect([slotStarts?.length, new Set(slotNames).size]).toEqual([slots, slots]);
      }
    }
  });

  it("may be null where Keras has None", () => {
    const none = {
      weightDecay: null,
      clipnorm: null,
      globalClipnorm: null,
      clipvalue: null,
      emaOverwriteFrequency: null,
      gradientAccumulationSteps: null,
    };
    for (const one of Object.values(optimizers)) expect(one(none).config).toEqual(one().config);
    const warmup = { initialLearningRate: 1, decaySteps: 2, warmupTarget: null, warmupSteps: 5 };
    expect(schedules.cosineDecay(warmup)(1)).toBe(0.5);
  });

  it("follow the learning rate", () => {
    for (const make of Object.values(optimizers)) {
      const optimizer = make();
      optimizer.learningRate = 0.5;
      expect(optimizer.learningRate).toBe(0.5);
      expect(optimizer.config.learningRate).toBe(0.5);
    }
  });

  it.each(["Adam", "SGD", "AdamW", "RMSprop", "RMSProp", "nadam"])("are found by Keras's name %s", async (name) => {
    const model = new Sequential([layers.dense({ units: 1, inputShape: [1] })]);
    model.compile({ optimizer: name, loss: "mse" });
    await model.fit([[1]], [[2]]);
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
