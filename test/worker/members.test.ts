/** Every member crosses: what a worker trains has the bits of what is trained here. */
import { describe, expect, it } from "vitest";
import {
  type Activation,
  activations,
  type CompileOptions,
  constraints,
  type Initializer,
  initializers,
  type Layer,
  type Loss,
  layers,
  losses,
  optimizers,
  type Regularizer,
  regularizers,
  Sequential,
  type SequentialOptions,
  schedules,
} from "../../src/index.js";
import type { LossInput } from "../../src/losses/get-loss.js";
import { x, y } from "../helpers/classifier.js";
import { connected } from "../helpers/connected.js";
import { matrix } from "../helpers/data.js";
import { everyLayerAndShape } from "../helpers/every-layer.js";
import { configured } from "../helpers/metric-members.js";
import { expectSameWeights } from "../helpers/weights.js";
import { cases, commonOptions, make } from "../optimizers/table.js";

const compileOptions: CompileOptions = { optimizer: "sgd", loss: "meanSquaredError" };

/** Trains one model here and one behind a wire. */
async function expectTwins(
  makeLayers: () => Layer[],
  makeOptions: () => CompileOptions,
  data: Parameters<Sequential["fit"]> = [x, y, { epochs: 2, batchSize: 4 }],
  options: SequentialOptions = { seed: 3 },
): Promise<void> {
  const here = new Sequential(makeLayers(), options);
  here.compile(makeOptions());
  const there = connected(makeLayers(), options);
  await there.compile(makeOptions());
  expect(await there.fit(...data)).toEqual(await here.fit(...data));
  expectSameWeights(await there.getWeights(), here.getWeights());
}

const dense = (options: Partial<Parameters<typeof layers.dense>[0]> = {}) => layers.dense({ units: 3, ...options });

describe("a worker trains to the same bits with", () => {
  it.each(everyLayerAndShape)("the layer %s", async (_, inputShape, makeLayer) => {
    const size = inputShape.reduce((product, dimension) => product * dimension, 1);
    const samples = { ...matrix(6, size, 4), shape: [6, ...inputShape] };
    const stack = () => [layers.inputLayer({ inputShape }), makeLayer(), layers.flatten(), dense({ name: "last" })];
    await expectTwins(stack, () => compileOptions, [samples, y, {}]);
  });

  it.each(cases)("$name with $options", async ({ name, options }) => {
    for (const common of [{}, ...commonOptions]) {
      await expectTwins(
        () => [dense()],
        () => ({ ...compileOptions, optimizer: make(name, { ...options, ...common }) }),
      );
    }
  });

  it.each([
    schedules.exponentialDecay({ initialLearningRate: 0.1, decaySteps: 3, decayRate: 0.5, staircase: true }),
    schedules.piecewiseConstantDecay({ boundaries: [2, 5], values: [0.1, 0.2, 0.05] }),
    schedules.oneCycle({ maxLearningRate: 0.2, totalSteps: 10 }),
  ])("the schedule $className", async (learningRate) => {
    await expectTwins(
      () => [dense()],
      () => ({ ...compileOptions, optimizer: optimizers.adam({ learningRate }) }),
    );
  });

  it.each(Object.entries(losses))("the loss %s", async (name, member) => {
    const targets = (member as () => { readonly targets: string })().targets === "dense" ? y : [0, 1, 2, 0, 1, 2];
    const summed = (member as (options: object) => Loss)({ reduction: "sum" });
    for (const loss of [name, member as () => Loss, summed]) {
      await expectTwins(
        () => [dense({ activation: "softmax" })],
        () => ({ ...compileOptions, loss: loss as LossInput }),
        [x, targets],
      );
    }
  });

  it.each(configured)("the metric %s", async (_, metric) => {
    await expectTwins(
      () => [dense({ activation: "sigmoid" })],
      () => ({ ...compileOptions, metrics: [metric, "acc"], weightedMetrics: [metric] }),
      [x, y, { sampleWeight: [1, 2, 3, 1, 2, 3] }],
    );
  });

  it.each([
    ...Object.entries(initializers).map(([name, of]) => [name, of()] as [string, Initializer]),
    ["a seed", initializers.heNormal({ seed: 5 })] as [string, Initializer],
  ])("the initializer %s", async (_, kernelInitializer) => {
    await expectTwins(
      () => [dense({ kernelInitializer })],
      () => compileOptions,
    );
  });

  it.each(Object.entries(activations))("the activation %s", async (_, member) => {
    await expectTwins(
      () => [dense({ activation: (member as () => Activation)() })],
      () => compileOptions,
    );
  });

  it.each([
    activations.gelu({ approximate: true }),
    activations.leakyRelu({ negativeSlope: 0.1 }),
    activations.elu({ alpha: 0.5 }),
  ])("settings of the activation $name", async (activation) => {
    await expectTwins(
      () => [dense({ activation }), layers.activation({ activation })],
      () => compileOptions,
    );
  });

  it("regularizers and constraints", async () => {
    for (const of of Object.values(regularizers) as (() => Regularizer)[]) {
      await expectTwins(
        () => [dense({ kernelRegularizer: of(), activityRegularizer: "l2" })],
        () => compileOptions,
      );
    }
    for (const of of Object.values(constraints)) {
      await expectTwins(
        () => [dense({ kernelConstraint: of() })],
        () => compileOptions,
      );
    }
  });

  it("frozen layers, names, and a seed and precision of its own", async () => {
    const stack = () => [dense({ trainable: false, name: "frozen" }), dense()];
    await expectTwins(stack, () => compileOptions, undefined, { name: "mine", seed: 2 ** 40, precision: "relaxed" });
  });

  it("no seed but that of fit, and the shape of the data alone", async () => {
    await expectTwins(
      () => [dense(), layers.dropout({ rate: 0.3 }), dense()],
      () => compileOptions,
      [x, y, { seed: 5, epochs: 3 }],
      {},
    );
  });

  it("models within it, with names and seeds of their own", async () => {
    const stack = () => {
      const inner = () =>
        new Sequential([layers.inputLayer({ inputShape: [4] }), layers.dense({ units: 4 })], { seed: 8 });
      const named = new Sequential([inner(), layers.dense({ units: 4, activation: "tanh" })], { name: "encoder" });
      return [named, layers.dense({ units: 4 }), inner(), dense()];
    };
    await expectTwins(stack, () => compileOptions);
  });
});

it("a layer that was adapted crosses with what it has learned", async () => {
  const normalization = layers.normalization();
  normalization.adapt(x);
  const there = connected([normalization, dense()], { seed: 1 });
  const here = new Sequential([normalization, dense()], { seed: 1 });
  expect(await there.predict(x)).toEqual(await here.predict(x));
});
