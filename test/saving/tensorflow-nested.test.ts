/** Models within models, to TensorFlow.js and back. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { type Layer, layers, ndarray, optimizers, Sequential } from "../../src/index.js";
import { expectClose } from "../assembly/expect.js";
import { matrix } from "../helpers/data.js";
import { artifactsOf, expectSame, toTensorFlow } from "../helpers/tensorflow.js";
import { expectSameWeights } from "../helpers/weights.js";

beforeAll(() => tf.setBackend("cpu"));

const dense = (units: number, options: object = {}) => layers.dense({ units, activation: "tanh", ...options });
const normalize = () => layers.batchNormalization();

/** A model of two within it, one of them two deep; layers of the same names everywhere. */
function nested(): Sequential {
  const deep = new Sequential([dense(4, { name: "only" }), normalize()], { name: "deep" });
  const front = new Sequential([dense(5, { inputShape: [3] }), deep, dense(4)]);
  const back = new Sequential([normalize(), dense(3, { name: "only" })], { name: "back" });
  return new Sequential([front, dense(6), dense(5, { name: "dense_1" }), back, dense(2, { name: "only" })], {
    seed: 1,
  });
}

/** The layers that are no models, in the order of the data. */
function leavesOf(model: Sequential): Layer[] {
  return model.layers.flatMap((layer) => (layer instanceof Sequential ? leavesOf(layer) : [layer]));
}

const names = (model: Sequential): unknown[] =>
  model.layers.map((layer) => (layer instanceof Sequential ? [layer.name, names(layer)] : layer.name));

/** The same with every weight another number: averages and variances too. */
function shaken(model: Sequential): Sequential {
  const weights = model.getWeights();
  model.setWeights(
    weights.map(({ data, shape }, i) =>
      ndarray(
        data.map((value, j) => value + 0.1 + 0.01 * ((i * 7 + j) % 13)),
        shape,
      ),
    ),
  );
  return model;
}

describe("a model of models", () => {
  it("is loaded there, whatever names its layers have, and comes back from there with not one bit changed", async () => {
    const model = shaken(nested());
    const theirs = await toTensorFlow(model);
    await expectSame(model, theirs, [3]);
    expect(theirs.layers.map((layer) => layer.getClassName())).toEqual(model.layers.map(({ className }) => className));
    const back = await Sequential.load(await artifactsOf(theirs));
    expectSameWeights(back.getWeights(), model.getWeights());
    expect(await back.predict(matrix(4, 3, 1))).toEqual(await model.predict(matrix(4, 3, 1)));
  });

  it("has weights in the file by which both find them", async () => {
    const { weightSpecs } = await nested().toArtifacts();
    const kernels = weightSpecs.filter(({ name }) => name.endsWith("/kernel"));
    expect(kernels.map(({ name }) => name)).toEqual([
      "dense_2/kernel",
      "only_1/kernel",
      "dense_1_1/kernel",
      "dense/kernel",
      "dense_1/kernel",
      "only_2/kernel",
      "only/kernel",
    ]);
  });

  it("comes back from a file with its names", async () => {
    const model = shaken(nested());
    const back = await Sequential.load(await model.toArtifacts());
    expect(names(back)).toEqual([
      ["sequential", ["dense", ["deep", ["only", "batch_normalization"]], "dense_1"]],
      "dense",
      "dense_1",
      ["back", ["batch_normalization", "only"]],
      "only",
    ]);
    expect(await back.toArtifacts()).toEqual(await model.toArtifacts());
    expectSameWeights(back.getWeights(), model.getWeights());
  });

  it("is loaded with weights that are named by all the models that they stand in", async () => {
    const model = shaken(nested());
    const artifacts = await model.toArtifacts();
    const weightSpecs = artifacts.weightSpecs.map((spec, i) => ({ ...spec, name: formerNames[i] as string }));
    // In another order, as the name has to tell
    const sizes = weightSpecs.map(({ shape }) => shape.reduce((product, dimension) => product * dimension, 4));
    const starts = sizes.map((_, i) => sizes.slice(0, i).reduce((sum, size) => sum + size, 0));
    const weightData = starts
      .map((start, i) => artifacts.weightData.slice(start, start + (sizes[i] as number)))
      .reverse();
    const back = await Sequential.load({ ...artifacts, weightSpecs: weightSpecs.reverse(), weightData });
    expectSameWeights(back.getWeights(), model.getWeights());
  });

  it("keeps what is frozen, and goes on with its training there and here", async () => {
    const [x, y] = [matrix(6, 3, 2), matrix(6, 2, 3)];
    // No batchNormalization, which TensorFlow.js does not freeze
    const front = new Sequential([dense(5, { inputShape: [3] }), new Sequential([dense(4)])]);
    const model = new Sequential([front, new Sequential([dense(4)]), dense(2)], { seed: 1 });
    front.trainable = false;
    model.compile({ optimizer: optimizers.sgd({ learningRate: 0.1 }), loss: "meanSquaredError" });
    await model.trainOnBatch(x, y);
    const theirs = await toTensorFlow(model);
    const back = await Sequential.load(await artifactsOf(theirs));
    expect(leavesOf(back).map(({ trainable }) => trainable)).toEqual([false, false, true, true]);
    const [inputs, targets] = [x, y].map(({ data, shape }) => tf.tensor(data, [...shape])) as [tf.Tensor, tf.Tensor];
    for (let step = 0; step < 3; step++) {
      await model.trainOnBatch(x, y);
      await theirs.trainOnBatch(inputs, targets);
    }
    const after = (await Sequential.load(await artifactsOf(theirs))).getWeights();
    for (const [i, { data }] of model.getWeights().entries()) expectClose(data, after[i]?.data ?? [], 1e-5);
  });
});

const formerNames = [
  ...["sequential/dense/kernel", "sequential/dense/bias"],
  ...["sequential/deep/only/kernel", "sequential/deep/only/bias"],
  ...["gamma", "beta", "moving_mean", "moving_variance"].map((name) => `sequential/deep/batch_normalization/${name}`),
  ...["sequential/dense_1/kernel", "sequential/dense_1/bias"],
  ...["dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias"],
  ...["gamma", "beta", "moving_mean", "moving_variance"].map((name) => `back/batch_normalization/${name}`),
  ...["back/only/kernel", "back/only/bias", "only/kernel", "only/bias"],
];
