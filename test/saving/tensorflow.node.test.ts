import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  activations,
  constraints,
  initializers,
  type Layer,
  layers,
  type ModelSaver,
  optimizers,
  type Regularizer,
  regularizers,
  Sequential,
} from "../../src/index.js";
import { artifactsOf, expectSame, toTensorFlow } from "../helpers/tensorflow.js";
import { everyLayer, values } from "./models.js";

let directory: string;
beforeAll(async () => {
  await tf.setBackend("cpu");
  directory = await mkdtemp(join(tmpdir(), "lanewise-saving-"));
});
afterAll(() => rm(directory, { recursive: true }));

/** What TensorFlow.js knows, and computes as Keras does. */
const sharedActivations =
  "elu gelu linear logSoftmax mish relu relu6 selu sigmoid silu softmax softplus softsign swish tanh".split(" ");

describe("what lanewise saves, TensorFlow.js loads", () => {
  it("every layer", async () => {
    const model = everyLayer();
    const theirs = await toTensorFlow(model);
    await expectSame(model, theirs, [3, 4], 255);
    expect(theirs.layers.map(({ name }) => name)).toEqual(
      "rescaling flatten dense alpha_dropout dense_1 squash dropout dense_2".split(" "),
    );
    expect(theirs.layers.map((layer) => layer.getClassName())).toEqual(model.layers.map(({ className }) => className));
    expect(theirs.name).toBe("every_layer");
    expect(theirs.layers[6]?.getConfig()).toMatchObject({ rate: 0.25 });
  });

  it.each(sharedActivations)("the activation %s, in a dense layer and alone", async (activation) => {
    const model = new Sequential([
      layers.dense({ units: 7, activation, inputShape: [5] }),
      layers.dense({ units: 6 }),
      layers.activation({ activation }),
    ]);
    await expectSame(model, await toTensorFlow(model), [5]);
  });

  it("activations with parameters, in a dense layer and as layers", async () => {
    const model = new Sequential([
      layers.dense({ units: 7, activation: activations.leakyRelu({ negativeSlope: 0.1 }), inputShape: [5] }),
      layers.dense({ units: 7, activation: activations.relu({ maxValue: 1 }) }),
      layers.leakyReLU({ negativeSlope: 0.2 }),
      layers.reLU({ maxValue: 2 }),
      layers.elu(),
      layers.prelu({ alphaInitializer: "ones" }),
      layers.softmax(),
    ]);
    await expectSame(model, await toTensorFlow(model), [5]);
  });

  it.each(Object.keys(initializers))("the initializer %s", async (kernelInitializer) => {
    const model = new Sequential([layers.dense({ units: 3, kernelInitializer, inputShape: [2] })]);
    const theirs = await toTensorFlow(model);
    await expectSame(model, theirs, [2]);
    const expected = new Sequential([layers.dense({ units: 3, kernelInitializer, inputShape: [2] })]).layers[0];
    const back = await Sequential.load(await artifactsOf(theirs));
    expect(back.layers[0]?.config).toEqual(expected?.config);
  });

  it.each([
    "binaryCrossentropy",
    "categoricalCrossentropy",
    "categoricalHinge",
    "cosineSimilarity",
    "hinge",
    "kullbackLeiblerDivergence",
    "logCosh",
    "meanAbsoluteError",
    "meanAbsolutePercentageError",
    "meanSquaredError",
    "meanSquaredLogarithmicError",
    "poisson",
    "squaredHinge",
  ])("the loss %s, which measures the same there", async (loss) => {
    const model = new Sequential([layers.dense({ units: 4, activation: "sigmoid", inputShape: [3] })]);
    model.compile({ optimizer: "sgd", loss });
    const theirs = await toTensorFlow(model);
    const x = values([6, 3], 1);
    const y = values([6, 4], 1).data.map(Math.abs);
    const { loss: mine } = await model.evaluate(x, { ...x, data: y, shape: [6, 4] });
    const other = theirs.evaluate(tf.tensor(x.data, [6, 3]), tf.tensor(y, [6, 4])) as tf.Scalar;
    const expected = (await other.data())[0] as number;
    expect(Math.abs((mine as number) - expected)).toBeLessThan(1e-5 * Math.max(1, Math.abs(expected)));
  });

  it("a flatten layer that has nothing to do, which TensorFlow.js would refuse", async () => {
    const model = new Sequential([layers.flatten({ inputShape: [4] }), layers.dense({ units: 2 })]);
    const theirs = await toTensorFlow(model);
    await expectSame(model, theirs, [4]);
    expect(theirs.layers[0]?.name).toBe("flatten");
  });

  it("a model without weights", async () => {
    const model = new Sequential([layers.flatten({ inputShape: [2, 3] }), layers.rescaling({ scale: 3 })]);
    await expectSame(model, await toTensorFlow(model), [2, 3]);
  });

  it.each([
    ["adam", optimizers.adam({ learningRate: 0.002, beta1: 0.8, beta2: 0.99, epsilon: 1e-6 }), "Adam"],
    ["sgd", optimizers.sgd({ learningRate: 0.03 }), "SGD"],
    ["sgd with momentum", optimizers.sgd({ learningRate: 0.03, momentum: 0.5, nesterov: true }), "Momentum"],
  ] as const)("the settings of %s", async (_, optimizer, className) => {
    const model = everyLayer();
    model.compile({ optimizer, loss: "categoricalCrossentropy", metrics: ["accuracy", "categoricalAccuracy"] });
    const theirs = await toTensorFlow(model);
    expect(theirs.optimizer.getClassName()).toBe(className);
    const saved = theirs.optimizer.getConfig() as Record<string, unknown>;
    const { nesterov, ...settings } = optimizer.config;
    if (className === "Momentum") expect(saved).toMatchObject({ ...settings, useNesterov: nesterov });
    else for (const [name, value] of Object.entries(saved)) expect(value).toBe(settings[name]);
    expect(theirs.loss).toBe("categoricalCrossentropy");
    expect(theirs.metrics).toEqual(["accuracy", "categoricalAccuracy"]);
  });

  it("regularizers and constraints", async () => {
    const { l1, l2 } = regularizers;
    const options = { units: 3, kernelRegularizer: l1(), biasRegularizer: l2() };
    for (const [name, make] of Object.entries(constraints)) {
      const model = new Sequential([layers.dense({ ...options, kernelConstraint: make(), inputShape: [2] })]);
      const theirs = await toTensorFlow(model);
      // Not the same predictions: TensorFlow.js constrains weights even when it loads them
      const back = await Sequential.load(await artifactsOf(theirs));
      expect(back.layers[0]?.config, name).toEqual(model.layers[0]?.config);
    }
  });

  it.each(Object.entries(regularizers))("the regularizer %s, or predicts without it", async (_, make) => {
    const options = { units: 3, kernelRegularizer: (make as () => Regularizer)(), inputShape: [2] };
    const model = new Sequential([layers.dense(options)]);
    await expectSame(model, await toTensorFlow(model), [2]);
    expect((await Sequential.load(await model.toArtifacts())).layers[0]?.config).toEqual(model.layers[0]?.config);
  });

  it("the files on disk, checksum and all", async () => {
    const path = join(directory, "ours");
    const model = everyLayer();
    await model.save(path);
    const json = JSON.parse(await readFile(join(path, "model.json"), "utf8"));
    expect(json.weightsManifest[0].crc32).toMatch(/^[0-9a-f]{8}$/);
    const weights = await readFile(join(path, "weights.bin"));
    const fetchFunc: typeof fetch = async (url) =>
      new Response(`${url}`.endsWith("/model.json") ? JSON.stringify(json) : weights);
    const theirs = await tf.loadLayersModel(tf.io.http("http://host/ours/model.json", { fetchFunc }));
    await expectSame(model, theirs, [3, 4], 255);
  });
});

describe("what TensorFlow.js saves, lanewise loads", () => {
  const theirModel = () =>
    tf.sequential({
      name: "theirs",
      layers: [
        tf.layers.rescaling({ scale: 0.5, offset: 0.1, inputShape: [2, 3] }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 5, activation: "relu", kernelInitializer: "heNormal" }),
        tf.layers.dropout({ rate: 0.3, seed: 7 }),
        tf.layers.dense({ units: 4, useBias: false, kernelInitializer: "orthogonal" }),
        tf.layers.activation({ activation: "elu" }),
        tf.layers.alphaDropout({ rate: 0.2 }),
        tf.layers.dense({ units: 3, activation: "sigmoid", biasInitializer: tf.initializers.constant({ value: 0.5 }) }),
      ],
    });

  it("models within models", async () => {
    const dense = (units: number, inputShape?: number[]) =>
      tf.layers.dense({ units, ...(inputShape && { inputShape }) });
    const inner = tf.sequential({ layers: [dense(4, [3]), tf.sequential({ layers: [dense(5, [4])] })] });
    const theirs = tf.sequential({ layers: [inner, dense(2)] });
    const ours = await Sequential.load(await artifactsOf(theirs));
    await expectSame(ours, theirs, [3]);
    expect(ours.layers.map(({ className }) => className)).toEqual(["Sequential", "Dense"]);
  });

  it("regularizers and constraints", async () => {
    const theirs = tf.sequential({
      layers: [
        tf.layers.dense({
          units: 3,
          inputShape: [2],
          kernelRegularizer: tf.regularizers.l1({ l1: 0.1 }),
          biasRegularizer: "l1l2",
          kernelConstraint: tf.constraints.minMaxNorm({ minValue: 0.5, rate: 0.25, axis: 1 }),
          biasConstraint: "nonNeg",
        }),
      ],
    });
    const back = await Sequential.load(await artifactsOf(theirs));
    expect(back.layers[0]?.config).toMatchObject({
      kernel_regularizer: { class_name: "L1L2", config: { l1: 0.1, l2: 0 } },
      bias_regularizer: { class_name: "L1L2", config: { l1: 0.01, l2: 0.01 } },
      kernel_constraint: { class_name: "MinMaxNorm", config: { min_value: 0.5, max_value: 1, rate: 0.25, axis: 1 } },
      bias_constraint: { class_name: "NonNeg", config: {} },
    });
  });

  it("artifacts in memory", async () => {
    const theirs = theirModel();
    const ours = await Sequential.load(await artifactsOf(theirs));
    await expectSame(ours, theirs, [2, 3]);
    expect(ours.name).toBe("theirs");
    expect(ours.layers.map(({ name }) => name)).toEqual(theirs.layers.map(({ name }) => name));
    expect(ours.layers.at(-1)?.config).toMatchObject({
      bias_initializer: { class_name: "Constant", config: { value: 0.5 } },
    });
  });

  it.each(sharedActivations.filter((name) => name !== "silu"))("the activation %s", async (name) => {
    const activation = name as "relu";
    const theirs = tf.sequential({
      layers: [
        tf.layers.inputLayer({ inputShape: [4] }),
        tf.layers.dense({ units: 6, activation }),
        tf.layers.activation({ activation }),
      ],
    });
    await expectSame(await Sequential.load(await artifactsOf(theirs)), theirs, [4]);
  });

  it("layers that are activations", async () => {
    const theirs = tf.sequential({
      layers: [
        tf.layers.prelu({ inputShape: [3, 4], sharedAxes: [1], alphaInitializer: "ones" }),
        tf.layers.leakyReLU({ alpha: 0.1 }),
        tf.layers.elu({ alpha: 1 }),
        tf.layers.reLU({ maxValue: 3 }),
        tf.layers.softmax({ axis: -1 }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 3, activation: "gelu_new" }),
      ],
    });
    await expectSame(await Sequential.load(await artifactsOf(theirs)), theirs, [3, 4]);
  });

  it("a model with the state of its optimizer, which is passed over", async () => {
    const theirs = tf.sequential({ layers: [tf.layers.dense({ units: 2, activation: "softmax", inputShape: [3] })] });
    theirs.compile({ optimizer: tf.train.adam(0.02), loss: "categoricalCrossentropy", metrics: ["accuracy"] });
    await theirs.fit(tf.ones([4, 3]), tf.ones([4, 2]), { epochs: 2, verbose: 0 });
    const artifacts = await artifactsOf(theirs, true);
    expect(artifacts.weightSpecs?.some(({ group }) => group === "optimizer")).toBe(true);
    const ours = await Sequential.load(artifacts);
    await expectSame(ours, theirs, [3]);
    expect((await ours.toArtifacts()).trainingConfig).toEqual({
      optimizer_config: {
        class_name: "Adam",
        config: { learningRate: 0.02, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false },
      },
      loss: "categorical_crossentropy",
      metrics: ["accuracy"],
    });
    expect(Object.keys(await ours.evaluate(values([4, 3]), values([4, 2])))).toEqual(["loss", "accuracy"]);
  });

  it("what is compiled with an optimizer that lanewise has not, uncompiled", async () => {
    const theirs = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] });
    const artifacts = await artifactsOf(theirs);
    const optimizer = { class_name: "OptimizerOfTomorrow", config: { learningRate: 1 } };
    artifacts.trainingConfig = { optimizer_config: optimizer, loss: "mean_squared_error", metrics: [] };
    const ours = await Sequential.load(artifacts);
    await expectSame(ours, theirs, [3]);
    await expect(ours.evaluate([[1, 2, 3]], [[1]])).rejects.toThrow("must be compiled first");
  });

  it("files on disk, in several shards", async () => {
    const theirs = theirModel();
    const { weightSpecs, weightData, ...rest } = await artifactsOf(theirs);
    const bytes = Buffer.from(weightData as ArrayBuffer);
    const paths = ["group1-shard1of3.bin", "group1-shard2of3.bin", "./group1 shard3of3.bin"];
    const manifest = [{ paths, weights: weightSpecs }];
    await writeFile(join(directory, "theirs.json"), JSON.stringify({ ...rest, weightsManifest: manifest }));
    // Shards break the weights anywhere.
    for (const [index, path] of paths.entries()) {
      await writeFile(join(directory, path), bytes.subarray(index * 101, index === 2 ? undefined : (index + 1) * 101));
    }
    await expectSame(await Sequential.load(join(directory, "theirs.json")), theirs, [2, 3]);
  });

  it.each(["uint8", "uint16", "float16"] as const)("weights quantized to %s", async (dtype) => {
    const theirs = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [4] })] });
    const artifacts = await artifactsOf(theirs);
    const [kernel, bias] = artifacts.weightSpecs as [tf.io.WeightsManifestEntry, tf.io.WeightsManifestEntry];
    kernel.quantization = dtype === "float16" ? { dtype } : { dtype, scale: 0.01, min: -1.2 };
    const bits = Uint16Array.of(0, 1, 0x3c00, 0xbc00, 0x8000, 0x83ff, 0x0400, 0x7bff, 0x3555, 0xc900, 0x2e66, 0x1234);
    const stored = dtype === "uint8" ? Uint8Array.from(bits) : bits;
    const biases = Float32Array.of(1, 2, 3);
    artifacts.weightData = [stored.slice().buffer, biases.buffer];
    expect(bias.quantization).toBeUndefined();
    const loaded = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
    const expected = await Promise.all(loaded.getWeights().map((weight) => weight.data()));
    const ours = await Sequential.load(artifacts);
    expect(ours.getWeights().map(({ data }) => data)).toEqual(expected);
  });
});

it("models go to and fro with not one bit changed", async () => {
  const model = everyLayer();
  const weights = model.getWeights().map(({ shape }) => values(shape));
  model.setWeights(weights);
  const back = await Sequential.load(await artifactsOf(await toTensorFlow(model)));
  expect(back.getWeights()).toEqual(weights);
  const settings = ({ className, name, config }: Layer) => ({ className, name, config });
  const named = await Sequential.load(await model.toArtifacts());
  expect(back.layers.map(settings)).toEqual(named.layers.map(settings));
});

it("either library takes the other's handlers", async () => {
  const model = everyLayer();
  let saved: tf.io.ModelArtifacts | undefined;
  const handler = tf.io.withSaveHandler(async (artifacts) => {
    saved = artifacts;
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" } };
  });
  await model.save(handler as ModelSaver);
  expect(saved).toEqual(await model.toArtifacts());
  const back = await Sequential.load(tf.io.fromMemory(saved as tf.io.ModelArtifacts));
  expect(back.getWeights()).toEqual(model.getWeights());
  await expectSame(
    model,
    await tf.loadLayersModel({ load: async () => (await model.toArtifacts()) as tf.io.ModelArtifacts }),
    [3, 4],
    255,
  );
});

it.each([
  ["rejects", { load: () => Promise.reject(new RangeError("no")) }, "RangeError: no"],
  ["gives none", { load: async () => 5 as never }, "FormatError: model artifacts: expected an object, got 5"],
  ["gives none, by its name", { name: "it", load: async () => ({}) }, "FormatError: it: modelTopology: expected"],
])("a handler that %s is told of", async (_, source, message) => {
  expect(`${await Sequential.load(source).catch((error) => error)}`).toContain(message);
});
