/** The layers that TensorFlow.js has too: saved there and here, and trained on both sides. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { type Layer, layers, type NDArray, ndarray, optimizers, Sequential } from "../../src/index.js";
import { expectClose } from "../assembly/expect.js";
import { matrix } from "../helpers/data.js";
import { artifactsOf, expectSame, toTensorFlow } from "../helpers/tensorflow.js";
import { values } from "./models.js";

beforeAll(() => tf.setBackend("cpu"));

/** Other weights than those it starts with, and positive ones, as variances are. */
function shake(model: Sequential): Sequential {
  model.setWeights(
    model.getWeights().map(({ shape }) =>
      ndarray(
        values(shape).data.map((value) => 1 + value / 2),
        shape,
      ),
    ),
  );
  return model;
}

/** Not batchNormalization over other axes than the last, for which TensorFlow.js takes its averages in the wrong order. */
type Pair = readonly [name: string, sample: number[], ours: () => Layer, theirs: () => tf.layers.Layer];

const pairs: readonly Pair[] = [
  [
    "dense of images",
    [2, 3, 5],
    () => layers.dense({ units: 3, activation: "tanh" }),
    () => tf.layers.dense({ units: 3, activation: "tanh" }),
  ],
  ["batchNormalization", [6], () => layers.batchNormalization(), () => tf.layers.batchNormalization()],
  [
    "batchNormalization of images",
    [2, 3, 4],
    () => layers.batchNormalization({ momentum: 0.5, epsilon: 0.1 }),
    () => tf.layers.batchNormalization({ momentum: 0.5, epsilon: 0.1 }),
  ],
  ["layerNormalization", [6], () => layers.layerNormalization(), () => tf.layers.layerNormalization()],
  [
    "layerNormalization over two axes",
    [2, 3, 4],
    () => layers.layerNormalization({ axis: [-2, -1], epsilon: 0.1 }),
    () => tf.layers.layerNormalization({ axis: [-2, -1], epsilon: 0.1 }),
  ],
  ["gaussianNoise", [6], () => layers.gaussianNoise({ stddev: 0.5 }), () => tf.layers.gaussianNoise({ stddev: 0.5 })],
  ["gaussianDropout", [6], () => layers.gaussianDropout({ rate: 0.5 }), () => tf.layers.gaussianDropout({ rate: 0.5 })],
  [
    "dropout",
    [2, 3],
    () => layers.dropout({ rate: 0.5, seed: 3, noiseShape: [null, 1, 3] }),
    () => tf.layers.dropout({ rate: 0.5, seed: 3, noiseShape: [null, 1, 3] as number[] }),
  ],
  ["reshape", [12], () => layers.reshape({ targetShape: [3, -1] }), () => tf.layers.reshape({ targetShape: [3, -1] })],
];

describe.each(pairs)("%s", (_, sample, makeOurs, makeTheirs) => {
  it("is saved here and loaded there, and back", async () => {
    const ours = shake(new Sequential([layers.inputLayer({ inputShape: sample }), makeOurs()]));
    const theirs = await toTensorFlow(ours);
    await expectSame(ours, theirs, sample);
    const back = await Sequential.load(await artifactsOf(theirs));
    expect(back.getWeights()).toEqual(ours.getWeights());
    await expectSame(back, theirs, sample);
  });

  it("is saved there and loaded here", async () => {
    const theirs = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: sample }), makeTheirs()] });
    const ours = await Sequential.load(await artifactsOf(theirs));
    expect(ours.layers[0]?.className).toBe(makeOurs().className);
    await expectSame(ours, theirs, sample);
  });
});

// Theirs forgets the shape of its input, so that it can be saved and loaded, but not asked
it.each(["multiHot", "count", "oneHot"] as const)("categoryEncoding, %s", async (outputMode) => {
  const options = { numTokens: 4, outputMode, inputShape: [2] };
  const theirs = tf.sequential({ layers: [tf.layers.categoryEncoding(options)] });
  const ours = await Sequential.load(await artifactsOf(theirs));
  expect(ours.layers[0]?.config).toEqual(layers.categoryEncoding(options).config);
  const back = await Sequential.load(await artifactsOf(await toTensorFlow(ours)));
  expect(back.layers[0]?.config).toEqual(ours.layers[0]?.config);
});

describe("three steps of gradient descent go the same way", () => {
  it.each(pairs.slice(0, 5))("through %s", async (_, sample, makeOurs) => {
    const stack = [
      layers.inputLayer({ inputShape: sample }),
      makeOurs(),
      layers.flatten(),
      layers.dense({ units: 2, activation: "tanh" }),
    ];
    const ours = shake(new Sequential(stack));
    const theirs = await toTensorFlow(ours);
    ours.compile({ optimizer: optimizers.sgd({ learningRate: 0.1 }), loss: "meanSquaredError" });
    theirs.compile({ optimizer: tf.train.sgd(0.1), loss: "meanSquaredError" });
    const x = values([7, ...sample]);
    const y = matrix(7, 2, 1);
    for (let step = 0; step < 3; step++) {
      await ours.trainOnBatch(x, y);
      await theirs.trainOnBatch(tf.tensor(x.data, [...x.shape]), tf.tensor(y.data, [7, 2]));
    }
    const after = await Sequential.load(await artifactsOf(theirs));
    after.getWeights().forEach((weight: NDArray, i) => {
      expectClose(ours.getWeights()[i]?.data ?? [], weight.data, 1e-5);
    });
  });
});
