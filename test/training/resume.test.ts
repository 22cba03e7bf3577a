/** Training that is saved, and goes on in another process, comes to the same bits as one that never stopped. */
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { FormatError, layers, optimizers, Sequential, schedules, take } from "../../src/index.js";
import { makeClassifier, x, y } from "../helpers/classifier.js";
import { classNumbers, matrix } from "../helpers/data.js";
import { expectFailure, wrong } from "../helpers/failure.js";
import { expectSameWeights } from "../helpers/weights.js";
import { type AnyOptions, cases, commonOptions, make, type OptimizerName } from "../optimizers/table.js";

const inputs = matrix(30, 6, 1);
const targets = classNumbers(30, 3, 2);

function makeModel(name: OptimizerName, options: AnyOptions): Sequential {
  const model = new Sequential(
    [
      layers.dense({ units: 5, activation: "tanh", inputShape: [6] }),
      layers.dropout({ rate: 0.3 }),
      layers.dense({ units: 3, activation: "softmax" }),
    ],
    { seed: 3 },
  );
  model.compile({ optimizer: make(name, options), loss: "sparseCategoricalCrossentropy" });
  return model;
}

const fit = (model: Sequential, initialEpoch: number, epochs: number) =>
  model.fit(inputs, targets, { initialEpoch, epochs, batchSize: 7 });

/** The averages that the weights are set to at the end of a fit are what the next one starts from: no way to go on. */
const resumable = commonOptions.filter(({ useEma }) => !useEma);
const settings = [
  ...cases,
  ...cases.flatMap(({ name, options }) => resumable.map((more) => ({ name, options: { ...options, ...more } }))),
];

describe("a model saved with the state of its optimizer", () => {
  it.each(settings)("goes on to the same bits: $name with $options", async ({ name, options }) => {
    const [whole, first] = [makeModel(name, options), makeModel(name, options)];
    const { history } = await fit(whole, 0, 6);
    await fit(first, 0, 2);
    const second = await Sequential.load(await first.toArtifacts({ includeOptimizer: true }));
    const rest = await fit(second, 2, 6);
    expectSameWeights(second.getWeights(), whole.getWeights());
    expect(rest.history.loss).toEqual(history.loss?.slice(2));
    expect(await second.toArtifacts({ includeOptimizer: true })).toEqual(
      await whole.toArtifacts({ includeOptimizer: true }),
    );
  });

  it("goes on with a schedule where it was", async () => {
    const schedule = () =>
      schedules.cosineDecay({ initialLearningRate: 0.05, decaySteps: 25, warmupSteps: 6, warmupTarget: 0.1 });
    const make = () => makeClassifier({ optimizer: optimizers.adam({ learningRate: schedule() }) });
    const [whole, first] = [make(), make()];
    await whole.fit(x, y, { epochs: 9, batchSize: 2 });
    await first.fit(x, y, { epochs: 4, batchSize: 2 });
    const second = await Sequential.load(await first.toArtifacts({ includeOptimizer: true }));
    await second.fit(x, y, { initialEpoch: 4, epochs: 9, batchSize: 2 });
    expectSameWeights(second.getWeights(), whole.getWeights());
  });

  it("goes on with a data set, in the midst of accumulated gradients, on a schedule", async () => {
    const schedule = () => schedules.cosineDecay({ initialLearningRate: 0.1, decaySteps: 8 });
    const make = () =>
      makeClassifier({
        optimizer: optimizers.adamw({
          learningRate: schedule(),
          gradientAccumulationSteps: 5,
          globalClipnorm: 0.1,
        }),
      });
    const batches = [
      [0, 1, 2],
      [3, 4, 5],
    ].map((rows) => [take(x, rows), take(y, rows)] as const);
    const [whole, first] = [make(), make()];
    const { history } = await whole.fitDataset(batches, { epochs: 10 });
    await first.fitDataset(batches, { epochs: 4 });
    const second = await Sequential.load(await first.toArtifacts({ includeOptimizer: true }));
    const rest = await second.fitDataset(batches, { initialEpoch: 4, epochs: 10 });
    expect(rest.history.loss).toEqual(history.loss?.slice(4));
    expectSameWeights(second.getWeights(), whole.getWeights());
  });

  it("goes on with the seed of a fit that had one of its own, and of one that drew it", async () => {
    for (const options of [{ seed: 9 }, {}]) {
      const first = new Sequential([layers.dropout({ rate: 0.5, inputShape: [4] }), layers.dense({ units: 3 })]);
      first.compile({ optimizer: "adam", loss: "mse" });
      const { seed } = await first.fit(x, y, options);
      const second = await Sequential.load(await first.toArtifacts({ includeOptimizer: true }));
      expect((await second.fit(x, y, { initialEpoch: 1, epochs: 2 })).seed).toBe(seed);
      await first.fit(x, y, { initialEpoch: 1, epochs: 2, seed });
      expectSameWeights(second.getWeights(), first.getWeights());
    }
  });

  it("has the state under names, in TensorFlow.js's order", async () => {
    const model = makeClassifier();
    await model.fit(x, y, { epochs: 2, batchSize: 2 });
    const { weightSpecs, weightData, userDefinedMetadata } = await model.toArtifacts({ includeOptimizer: true });
    const paths = ["dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias"];
    expect(weightSpecs.filter(({ group }) => group === "optimizer").map(({ name }) => name)).toEqual([
      "iter",
      ...["m", "v"].flatMap((slot) => paths.map((weight) => `${weight}/${slot}`)),
    ]);
    expect(weightSpecs[4]).toEqual({ name: "iter", shape: [], dtype: "int32", group: "optimizer" });
    expect(new Int32Array(weightData)[43]).toBe(6);
    expect(userDefinedMetadata).toEqual({ lanewise: { seed: 1 } });
  });

  it("trains on in TensorFlow.js, and back", async () => {
    const model = makeClassifier({ metrics: [] });
    await model.fit(x, y, { epochs: 3, batchSize: 3 });
    const artifacts = await model.toArtifacts({ includeOptimizer: true });
    const theirs = (await tf.loadLayersModel(tf.io.fromMemory(wrong(artifacts)))) as tf.Sequential;
    const state = await theirs.optimizer.getWeights();
    expect(state).toHaveLength(9);
    expect(state[0]?.tensor.dataSync()[0]).toBe(6);
    let saved: tf.io.ModelArtifacts | undefined;
    const keep = tf.io.withSaveHandler(async (given) => {
      saved = given;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
    });
    await theirs.save(keep, { includeOptimizer: true });
    const back = await Sequential.load(wrong(saved));
    expectSameWeights(back.getWeights(), model.getWeights());
    // They do not write down the seed
    for (const one of [model, back]) await one.fit(x, y, { initialEpoch: 3, epochs: 6, batchSize: 3, seed: 1 });
    expectSameWeights(back.getWeights(), model.getWeights());
  });

  it("starts its optimizer anew when the state is not there, or is not this optimizer's", async () => {
    const [model, fresh] = [makeClassifier(), makeClassifier()];
    await model.fit(x, y);
    fresh.setWeights(model.getWeights());
    const artifacts = await model.toArtifacts({ includeOptimizer: true });
    const renamed = artifacts.weightSpecs.map((spec) => ({ ...spec, name: spec.name.replace(/\/v$/, "/other") }));
    await fresh.fit(x, y, { seed: 1 });
    for (const source of [await model.toArtifacts(), { ...artifacts, weightSpecs: renamed }]) {
      const loaded = await Sequential.load(source);
      await loaded.fit(x, y, { seed: 1 });
      expectSameWeights(loaded.getWeights(), fresh.getWeights());
    }
  });

  it("leaves state out that nothing could bring back", async () => {
    const uncompiled = new Sequential([layers.dense({ units: 1, inputShape: [1] })]);
    expect(await uncompiled.toArtifacts({ includeOptimizer: true })).toEqual(await uncompiled.toArtifacts());
    const model = makeClassifier({ optimizer: { ...optimizers.adam(), className: "Mine" } });
    expect(await model.toArtifacts({ includeOptimizer: true })).toEqual(await model.toArtifacts());
  });

  it("is refused with a seed that is none", async () => {
    const artifacts = await makeClassifier().toArtifacts({ includeOptimizer: true });
    await expectFailure(
      () => Sequential.load({ ...artifacts, userDefinedMetadata: { lanewise: { seed: -1 } } }),
      FormatError,
      "model artifacts: userDefinedMetadata: seed: expected an integer from 0 to 2^53 - 1, got -1",
    );
  });

  it("is asked for by true or false", async () => {
    await expectFailure(
      () => makeClassifier().save("anywhere", { includeOptimizer: wrong(1) }),
      TypeError,
      "includeOptimizer: expected true or false, got 1",
    );
    await expectFailure(
      () => makeClassifier().save("anywhere", wrong({ optimizer: true })),
      TypeError,
      "save: unknown option 'optimizer'; known: includeOptimizer",
    );
  });
});
