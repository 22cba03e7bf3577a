/** Optimizers, options and schedules come back from a file as they were; those of TensorFlow.js and Keras are understood. */
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { FormatError, layers, type Optimizer, optimizers, Sequential, schedules } from "../../src/index.js";
import { describeOptimizer, readOptimizer } from "../../src/saving/optimizer.js";
import { cases, commonOptions, make } from "../optimizers/table.js";
import { small } from "./models.js";

const everySchedule = [
  schedules.exponentialDecay({ initialLearningRate: 0.1, decaySteps: 3, decayRate: 0.5, staircase: true }),
  schedules.inverseTimeDecay({ initialLearningRate: 0.1, decaySteps: 3, decayRate: 0.5 }),
  schedules.polynomialDecay({ initialLearningRate: 0.1, decaySteps: 7, cycle: true }),
  schedules.piecewiseConstantDecay({ boundaries: [2, 5], values: [0.1, 0.2, 0.05] }),
  schedules.cosineDecay({ initialLearningRate: 0, decaySteps: 8, warmupTarget: 0.1, warmupSteps: 4 }),
  schedules.cosineDecayRestarts({ initialLearningRate: 0.1, firstDecaySteps: 2, mMul: 0.9 }),
  schedules.oneCycle({ maxLearningRate: 0.2, totalSteps: 10 }),
];

describe("what is saved comes back", () => {
  it.each(cases)("$name with $options", async ({ name, options }) => {
    for (const common of [{}, ...commonOptions]) await expectSame(make(name, { ...options, ...common }));
  });

  it.each(everySchedule)("the schedule $className", async (learningRate) => {
    const back = await expectSame(optimizers.adam({ learningRate }));
    for (let iteration = 1; iteration < 20; iteration++) {
      back.step(iteration);
      expect(back.learningRate).toBe(learningRate(iteration));
    }
  });

  it("the names of weights that do not decay", async () => {
    const optimizer = optimizers.adamw({ excludeFromWeightDecay: ["bias", "dense/kernel"], lossScaleFactor: 2 });
    const back = (await expectSame(optimizer)) as typeof optimizer;
    const [bias, kernel] = back.apply([
      [0, 1, "dense/bias"],
      [0, 1, "kernel"],
    ]);
    expect([bias?.data[0], kernel?.data[0]]).toEqual([1, Math.fround(1 - 4e-6)]);
  });

  it("but not a rule of the user's own for the learning rate", async () => {
    const model = small();
    model.compile({ optimizer: optimizers.sgd({ learningRate: (step) => 1 / (1 + step) }), loss: "mse" });
    expect(await model.toArtifacts()).not.toHaveProperty("trainingConfig");
  });
});

describe("TensorFlow.js", () => {
  it.each([
    ["adagrad", optimizers.adagrad({ learningRate: 0.2, initialAccumulatorValue: 0.3 })],
    ["adadelta", optimizers.adadelta({ learningRate: 0.2, rho: 0.8, epsilon: 1e-6 })],
    ["adamax", optimizers.adamax({ learningRate: 0.2, beta1: 0.8 })],
    ["rmsprop", optimizers.rmsprop({ learningRate: 0.2, rho: 0.8, momentum: 0.5, centered: true })],
    ["momentum", optimizers.sgd({ learningRate: 0.2, momentum: 0.5, nesterov: true, clipnorm: 1 })],
  ] as const)("takes %s and gives it back", async (_, optimizer) => {
    const model = new Sequential([layers.dense({ units: 1, inputShape: [1] })]);
    model.compile({ optimizer, loss: "meanSquaredError" });
    const theirs = await tf.loadLayersModel(tf.io.fromMemory(await model.toArtifacts()));
    const { clipnorm, ...config } = optimizer.config;
    const source = { class_name: theirs.optimizer.getClassName(), config: theirs.optimizer.getConfig() };
    const back = readOptimizer(source, "file") as Optimizer;
    expect([back.className, back.config]).toEqual([optimizer.className, { ...back.config, ...config }]);
  });

  it("has a decay of Adamax's own", () => {
    const config = { learningRate: 0.5, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, decay: 0.25 };
    const adamax = readOptimizer({ class_name: "Adamax", config }, "file") as Optimizer;
    adamax.step(4);
    expect(adamax.learningRate).toBe(0.5 / (1 + 0.25 * 4));
  });
});

describe("Keras", () => {
  const source = {
    module: "keras.optimizers",
    class_name: "AdamW",
    config: {
      name: "adamw",
      learning_rate: {
        module: "keras.optimizers.schedules",
        class_name: "ExponentialDecay",
        config: {
          initial_learning_rate: 0.1,
          decay_steps: 10,
          decay_rate: 0.5,
          staircase: false,
          name: "ExponentialDecay",
        },
        registered_name: null,
      },
      weight_decay: 0.01,
      clipnorm: null,
      global_clipnorm: 2,
      clipvalue: null,
      use_ema: false,
      ema_momentum: 0.99,
      ema_overwrite_frequency: null,
      loss_scale_factor: null,
      gradient_accumulation_steps: null,
      beta_1: 0.8,
      beta_2: 0.999,
      epsilon: 1e-7,
      amsgrad: true,
    },
    registered_name: null,
  };

  it("has its optimizers understood", () => {
    const optimizer = readOptimizer(source, "file") as Optimizer;
    expect(optimizer.config).toMatchObject({ weightDecay: 0.01, globalClipnorm: 2, beta1: 0.8, amsgrad: true });
    optimizer.step(10);
    expect(optimizer.learningRate).toBe(0.05);
  });

  it("may have some that are not known here", () => {
    expect(readOptimizer({ ...source, class_name: "Muon" }, "file")).toBeUndefined();
    const config = { learning_rate: { class_name: "Mine", config: {} } };
    expect(readOptimizer({ class_name: "SGD", config }, "file")).toBeUndefined();
    const unknown = { ...source, config: { ...source.config, lr: 3 } };
    expect(() => readOptimizer(unknown, "file")).toThrow(FormatError);
  });
});

async function expectSame(optimizer: Optimizer): Promise<Optimizer> {
  const file = JSON.parse(JSON.stringify(describeOptimizer(optimizer)));
  const back = readOptimizer(file, "file") as Optimizer;
  expect(back.className).toBe(optimizer.className);
  expect(back.config).toEqual(optimizer.config);
  expect(describeOptimizer(back)).toEqual(file);
  const model = small();
  model.compile({ optimizer, loss: "mse" });
  expect(await (await Sequential.load(await model.toArtifacts())).toArtifacts()).toEqual(await model.toArtifacts());
  return back;
}
