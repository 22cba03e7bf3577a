/** What `compile` is given, saved for TensorFlow.js, which has but some of it, and for here, where all of it comes back. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { layers, type Optimizer, optimizers, Sequential, schedules } from "../../src/index.js";
import { expectClose } from "../assembly/expect.js";
import { classNumbers, matrix } from "../helpers/data.js";
import { configured } from "../helpers/metric-members.js";
import { members } from "../helpers/random-losses.js";
import { artifactsOf, expectSame } from "../helpers/tensorflow.js";
import { expectSameWeights } from "../helpers/weights.js";
import { cases, commonOptions, make } from "../optimizers/table.js";

beforeAll(() => tf.setBackend("cpu"));

const x = matrix(6, 4, 1);
const y = matrix(6, 3, 2, 0.05, 0.9);
const labels = classNumbers(6, 3, 3);

function classifier(): Sequential {
  return new Sequential(
    [
      layers.dense({ units: 5, activation: "tanh", inputShape: [4] }),
      layers.dense({ units: 3, activation: "softmax" }),
    ],
    { seed: 1 },
  );
}

async function load(model: Sequential, includeOptimizer: boolean): Promise<tf.LayersModel> {
  return tf.loadLayersModel(tf.io.fromMemory(await model.toArtifacts({ includeOptimizer })));
}

const everyOptimizer: readonly (readonly [string, () => Optimizer])[] = [
  ...cases.map(({ name, options }) => [`${name} ${JSON.stringify(options)}`, () => make(name, options)] as const),
  ...commonOptions.flatMap((options) =>
    (["adam", "sgd", "rmsprop"] as const).map(
      (name) => [`${name} ${JSON.stringify(options)}`, () => make(name, options)] as const,
    ),
  ),
  ["sgd by a schedule", () => optimizers.sgd({ learningRate: decay(), momentum: 0.9 })],
  ["adam by a schedule", () => optimizers.adam({ learningRate: decay() })],
];

function decay() {
  return schedules.exponentialDecay({ initialLearningRate: 0.1, decaySteps: 3, decayRate: 0.5 });
}

/** Each optimizer, once with every loss and otherwise with some of them. */
const pairings = everyOptimizer.map(([name, makeOptimizer], index) => {
  const isFirst = everyOptimizer.findIndex(([other]) => other.split(" ")[0] === name.split(" ")[0]) === index;
  return [name, makeOptimizer, members.filter((_, i) => isFirst || (i + index) % 8 === 0)] as const;
});

describe.each(pairings)("%s", (_, makeOptimizer, losses) => {
  it("is loaded there with its losses, and here with all it was given", async () => {
    for (const [index, { name, make: makeLoss }] of losses.entries()) {
      const [, metric] = configured[index % configured.length] as (typeof configured)[number];
      const loss = makeLoss();
      const model = classifier();
      model.compile({ optimizer: makeOptimizer(), loss, metrics: ["accuracy", metric], weightedMetrics: [metric] });
      for (const includeOptimizer of [false, true]) {
        if (includeOptimizer) await model.trainOnBatch(x, loss.targets === "dense" ? y : labels);
        const artifacts = await model.toArtifacts({ includeOptimizer });
        await expectSame(model, await tf.loadLayersModel(tf.io.fromMemory(structuredClone(artifacts))), [4]);
        expect(await (await Sequential.load(artifacts)).toArtifacts({ includeOptimizer }), name).toEqual(artifacts);
      }
    }
  });
});

it.each(configured)("the metric %s is loaded there", async (_, metric) => {
  const model = classifier();
  model.compile({ optimizer: "adam", loss: "mse", metrics: [metric], weightedMetrics: [metric] });
  expect((await load(model, true)).loss).toBe("meanSquaredError");
});

it("the rate of the next step stands for a schedule there", async () => {
  const model = classifier();
  model.compile({ optimizer: optimizers.adam({ learningRate: decay() }), loss: "mse" });
  for (let step = 0; step < 3; step++) await model.trainOnBatch(x, y);
  const theirs = await load(model, false);
  expect(theirs.optimizer.getConfig()).toMatchObject({ learningRate: 0.05 });
});

it("a training config of TensorFlow.js counts, not what it has passed over", async () => {
  const model = classifier();
  model.compile({ optimizer: "lion", loss: "mse" });
  const theirs = await load(model, true);
  theirs.compile({ optimizer: "sgd", loss: "meanAbsoluteError" });
  const back = await Sequential.load(await artifactsOf(theirs, true));
  expect((await back.toArtifacts()).trainingConfig).toMatchObject({ optimizer_config: { class_name: "SGD" } });
  expect((await Sequential.load(await artifactsOf(await load(model, true)))).learningRate).toBe(0.001);
});

/** Where both compute the same. Adadelta and a centered RMSprop are others there. */
const shared: readonly (readonly [string, () => Optimizer])[] = [
  ["sgd", () => optimizers.sgd({ learningRate: 0.1 })],
  ["sgd with momentum", () => optimizers.sgd({ learningRate: 0.07, momentum: 0.9 })],
  ["sgd with Nesterov's momentum", () => optimizers.sgd({ learningRate: 0.07, momentum: 0.8, nesterov: true })],
  // Theirs adds epsilon after it has corrected the moments
  ["adam", () => optimizers.adam({ learningRate: 0.01, epsilon: 1e-12 })],
  ["rmsprop", () => optimizers.rmsprop({ learningRate: 0.01 })],
  ["rmsprop with momentum", () => optimizers.rmsprop({ learningRate: 0.01, momentum: 0.5 })],
  ["adagrad", () => optimizers.adagrad({ learningRate: 0.1 })],
];

describe.each(shared)("training by %s", (_, makeOptimizer) => {
  async function trained(): Promise<Sequential> {
    const model = classifier();
    model.compile({ optimizer: makeOptimizer(), loss: "meanSquaredError" });
    await steps(model);
    return model;
  }

  async function steps(model: Sequential): Promise<void> {
    for (let step = 0; step < 4; step++) await model.trainOnBatch(x, y);
  }

  async function stepsThere(model: tf.LayersModel): Promise<void> {
    const [inputs, targets] = [x, y].map(({ data, shape }) => tf.tensor(data, [...shape])) as [tf.Tensor, tf.Tensor];
    for (let step = 0; step < 4; step++) await model.trainOnBatch(inputs, targets);
  }

  it("goes on there with the same numbers, and here again", async () => {
    const model = await trained();
    const theirs = await load(model, true);
    await steps(model);
    await stepsThere(theirs);
    const back = await Sequential.load(await artifactsOf(theirs, true));
    expectCloseWeights(back, model);
    for (const one of [back, model]) await steps(one);
    expectCloseWeights(back, model);
  });

  it("goes on here to the same bits when it comes back from there as it was", async () => {
    const model = await trained();
    const back = await Sequential.load(await artifactsOf(await load(model, true), true));
    for (const one of [back, model]) await steps(one);
    expectSameWeights(back.getWeights(), model.getWeights());
  });

  it("that began there goes on here", async () => {
    const theirs = tf.sequential({
      layers: [tf.layers.dense({ units: 3, inputShape: [4], trainable: false }), tf.layers.dense({ units: 3 })],
    });
    const compiled = classifier();
    compiled.compile({ optimizer: makeOptimizer(), loss: "meanSquaredError" });
    theirs.compile({ optimizer: (await load(compiled, false)).optimizer, loss: "meanSquaredError" });
    await stepsThere(theirs);
    const model = await Sequential.load(await artifactsOf(theirs, true));
    await steps(model);
    await stepsThere(theirs);
    expectCloseWeights(model, await Sequential.load(await artifactsOf(theirs)));
  });
});

it("weights that were frozen after they had learnt are remembered here, and none there", async () => {
  const model = classifier();
  model.compile({ optimizer: "adam", loss: "mse" });
  await model.trainOnBatch(x, y);
  Object.assign(model.layers[0] ?? {}, { trainable: false });
  await model.trainOnBatch(x, y);
  const artifacts = await model.toArtifacts({ includeOptimizer: true });
  expect((await tf.loadLayersModel(tf.io.fromMemory(artifacts))).optimizer).toBeUndefined();
  expect(await (await Sequential.load(artifacts)).toArtifacts({ includeOptimizer: true })).toEqual(artifacts);
});

function expectCloseWeights(one: Sequential, other: Sequential): void {
  const expected = other.getWeights();
  for (const [index, { data }] of one.getWeights().entries()) expectClose(data, expected[index]?.data ?? [], 1e-5);
}
