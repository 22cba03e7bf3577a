import { describe, expect, it } from "vitest";
import {
  FormatError,
  initializers,
  layers,
  type ModelArtifacts,
  type ModelSource,
  Sequential,
} from "../../src/index.js";
import { small, values } from "./models.js";

type Entry = { class_name: string; config: Record<string, unknown> };
type Topology = { class_name: string; config: { name: string; layers: Entry[] } };
type Changed = { -readonly [K in keyof ModelArtifacts]: unknown } & {
  modelTopology: Topology;
  weightSpecs: Record<string, unknown>[];
  weightData: ArrayBuffer;
};

/** The artifacts of a small model, changed. */
async function changed(change: (artifacts: Changed, stack: [Entry, Entry]) => void): Promise<ModelSource> {
  const artifacts = structuredClone(await small().toArtifacts()) as unknown as Changed;
  change(artifacts, artifacts.modelTopology.config.layers as [Entry, Entry]);
  return artifacts as unknown as ModelArtifacts;
}

async function message(change: Parameters<typeof changed>[0]): Promise<string> {
  const error: unknown = await Sequential.load(await changed(change)).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(FormatError);
  return (error as Error).message;
}

async function expectSmall(change: Parameters<typeof changed>[0]): Promise<Sequential> {
  const [model, loaded] = [small(), await Sequential.load(await changed(change))];
  expect(loaded.getWeights()).toEqual(model.getWeights());
  const x = values([4, 2]);
  expect(await loaded.predict(x)).toEqual(await model.predict(x));
  return loaded;
}

const specOf = (artifacts: Changed, index: number) => artifacts.weightSpecs[index] as Record<string, unknown>;

const layerClasses = Object.keys(layers)
  .sort()
  .map((name) => name.charAt(0).toUpperCase() + name.slice(1));

describe("other ways to say the same", () => {
  it("a topology in a text, or in model_config", async () => {
    await expectSmall((a) => Object.assign(a, { modelTopology: JSON.stringify(a.modelTopology) }));
    await expectSmall((a) => Object.assign(a, { modelTopology: { model_config: a.modelTopology } }));
    await expectSmall((a) => Object.assign(a, { modelTopology: { model_config: JSON.stringify(a.modelTopology) } }));
  });

  it("layers without a name for the model", async () => {
    const model = await expectSmall((a) => Object.assign(a.modelTopology, { config: a.modelTopology.config.layers }));
    expect(model.name).toBe("sequential");
  });

  it("an InputLayer", async () => {
    const input = { class_name: "InputLayer", config: { name: "in", sparse: false, batch_input_shape: [null, 2] } };
    await expectSmall((_, stack) => {
      delete stack[0].config.batch_input_shape;
      stack.unshift(input);
    });
    await expectSmall((_, stack) => stack.unshift(input));
    await expectSmall((_, stack) => Object.assign(stack[0].config, { batch_input_shape: [32, 2] }));
  });

  it("a model of Keras 3, as the converter writes it, which TensorFlow.js itself can't load", async () => {
    const dtype = { module: "keras", class_name: "DTypePolicy", config: { name: "float32" }, registered_name: null };
    const initializer = (name: string) => ({
      module: "keras.initializers",
      class_name: name,
      config: { seed: null },
      registered_name: null,
    });
    await expectSmall((a, stack) => {
      for (const { config } of stack) {
        Object.assign(config, {
          dtype,
          kernel_initializer: initializer("HeNormal"),
          bias_initializer: initializer("Zeros"),
        });
        Object.assign(config, { kernel_regularizer: null, bias_constraint: null, quantization_config: null });
      }
      delete stack[0].config.batch_input_shape;
      stack.unshift({ class_name: "InputLayer", config: { batch_shape: [null, 2], dtype: "float32", name: "input" } });
      for (const spec of a.weightSpecs) spec.name = `sequential/${spec.name}`;
    });
  });

  it("weights by other names, in the same order", async () => {
    await expectSmall((a) => {
      for (const [index, spec] of a.weightSpecs.entries()) spec.name = `layers/${index >> 1}/vars/${index % 2}`;
    });
  });

  it("weights by their names, in another order", async () => {
    const model = small();
    const [, bias] = model.getWeights();
    const loaded = await Sequential.load(
      await changed((a) => {
        const [kernelSpec, biasSpec, ...rest] = a.weightSpecs;
        const [kernelData, biasData] = model.getWeights().map(({ data }) => data.buffer as ArrayBuffer);
        Object.assign(a, {
          weightSpecs: [biasSpec, kernelSpec, ...rest],
          weightData: [biasData, kernelData, a.weightData.slice(36)],
        });
      }),
    );
    expect(loaded.getWeights()).toEqual(model.getWeights());
    expect(loaded.getWeights()[1]).toEqual(bias);
  });

  it("weights in a view", async () => {
    await expectSmall((a) => {
      const bytes = new Uint8Array(a.weightData.byteLength + 3);
      bytes.set(new Uint8Array(a.weightData), 3);
      Object.assign(a, { weightData: bytes.subarray(3) });
    });
  });

  it.each([
    ["he_normal", layers.dense({ units: 1, kernelInitializer: "heNormal" })],
    ["lecunUniform", layers.dense({ units: 1, kernelInitializer: "lecunUniform" })],
    [
      { class_name: "HeUniform", config: { seed: 3 } },
      layers.dense({ units: 1, kernelInitializer: initializers.heUniform({ seed: 3 }) }),
    ],
    [
      { class_name: "RandomNormal", config: { mean: 1, stddev: 2, seed: -0.5 } },
      layers.dense({ units: 1, kernelInitializer: initializers.randomNormal({ mean: 1, stddev: 2 }) }),
    ],
    [{ class_name: "LeCunNormal", config: {} }, layers.dense({ units: 1, kernelInitializer: "lecunNormal" })],
    [{ class_name: "Zeros" }, layers.dense({ units: 1, kernelInitializer: "zeros" })],
    [
      { class_name: "VarianceScaling", config: { scale: 1, mode: "fan_avg", distribution: "truncated_normal" } },
      layers.dense({ units: 1, kernelInitializer: "glorotNormal" }),
    ],
    [
      { class_name: "VarianceScaling", config: { scale: 7, mode: "fan_out" } },
      layers.dense({ units: 1, kernelInitializer: initializers.varianceScaling({ scale: 7, mode: "fanOut" }) }),
    ],
    [{ class_name: "RandomWalk", config: { steps: 3 } }, layers.dense({ units: 1 })],
    ["random_walk", layers.dense({ units: 1 })],
  ])("the initializer %j", async (initializer, expected) => {
    const { layers: loaded } = await expectSmall((_, stack) => {
      stack[0].config.kernel_initializer = initializer;
    });
    expect(loaded[0]?.config.kernel_initializer).toEqual(expected.config.kernel_initializer);
  });

  it("what lanewise has no use for", async () => {
    await expectSmall((a, stack) => {
      delete (a as Partial<Changed>).format;
      Object.assign(a, { userDefinedMetadata: { a: 1 }, signature: {}, convertedBy: "converter" });
      a.weightSpecs.push({ name: "iter", shape: [], dtype: "int32", group: "optimizer" });
      a.weightData = new Uint8Array([...new Uint8Array(a.weightData), 1, 0, 0, 0]).buffer;
      stack.push({ class_name: "Dropout", config: { rate: 0.5, noise_shape: null, seed: 7 } });
    });
    await Sequential.load(
      await changed((_, stack) => stack.push({ class_name: "Flatten", config: { data_format: "channels_last" } })),
    );
  });

  it.each([
    { optimizer_config: { class_name: "Muon", config: { power: 2 } }, loss: "mean_squared_error", metrics: [] },
    { optimizer_config: { class_name: "SGD", config: {} }, loss: "loss_of_tomorrow", metrics: [] },
    { optimizer_config: { class_name: "SGD", config: {} }, loss: { dense_1: "mean_squared_error" } },
    { optimizer_config: { class_name: "SGD", config: {} }, loss: "mean_squared_error", metrics: ["of_tomorrow"] },
    { optimizer_config: { class_name: "SGD", config: {} }, loss: "mean_squared_error", metrics: { dense_1: "acc" } },
    null,
    undefined,
  ])("an uncompiled model for the training config %j", async (trainingConfig) => {
    const model = await expectSmall((a) => Object.assign(a, { trainingConfig }));
    expect(await model.toArtifacts()).not.toHaveProperty("trainingConfig");
  });

  it("a training config with no metrics", async () => {
    const optimizer = { class_name: "SGD", config: { learningRate: 0.5, momentum: null } };
    const trainingConfig = { optimizer_config: optimizer, loss: "mse" };
    const model = await expectSmall((a) => Object.assign(a, { trainingConfig }));
    expect((await model.toArtifacts()).trainingConfig).toEqual({
      optimizer_config: { class_name: "SGD", config: { learningRate: 0.5, momentum: 0, nesterov: false } },
      loss: "mean_squared_error",
      metrics: [],
    });
  });
});

const at = "model artifacts: modelTopology.config.layers";

describe("what is refused", () => {
  it.each<[string, Parameters<typeof changed>[0], string | RegExp]>([
    [
      "a graph model",
      (a) => Object.assign(a, { format: "graph-model" }),
      `model artifacts: expected the format 'layers-model', got "graph-model"`,
    ],
    [
      "a functional model",
      (a) => Object.assign(a.modelTopology, { class_name: "Functional" }),
      `model artifacts: modelTopology: expected a Sequential model, got one of class "Functional"`,
    ],
    [
      "no topology",
      (a) => Object.assign(a, { modelTopology: undefined }),
      "model artifacts: modelTopology: expected an object, got undefined",
    ],
    [
      "a topology in binary",
      (a) => Object.assign(a, { modelTopology: new ArrayBuffer(8) }),
      "model artifacts: modelTopology: expected an object, got ArrayBuffer",
    ],
    [
      "an unknown layer",
      (_, [, second]) => Object.assign(second, { class_name: "Conv2D" }),
      `${at}[1] (Conv2D): unknown layer class; known are: ${layerClasses.join(", ")}`,
    ],
    ["no layers", (_, stack) => stack.splice(0), `${at}: expected at least one layer, got none`],
    [
      "an InputLayer alone",
      (_, stack) =>
        stack.splice(0, 2, { class_name: "InputLayer", config: { batch_input_shape: [null, 3] } } as unknown as Entry),
      `${at}: expected at least one layer, got none`,
    ],
    [
      "an InputLayer that differs from the first layer",
      (_, stack) => stack.unshift({ class_name: "InputLayer", config: { batch_input_shape: [null, 3] } }),
      `${at}[1] (Dense): expected the input shape [3] of the InputLayer, got [2]`,
    ],
    [
      "an InputLayer further up",
      (_, stack) => stack.push({ class_name: "InputLayer", config: { batch_input_shape: [null, 2] } }),
      /layers\[2\] \(InputLayer\): an InputLayer can only stand first/,
    ],
    [
      "no input shape",
      (_, [first]) => delete first.config.batch_input_shape,
      `${at}: expected a batch_input_shape in the first layer, got none`,
    ],
    [
      "an input of any width",
      (_, [first]) => Object.assign(first.config, { batch_input_shape: [null, null] }),
      `${at}[0]: expected integers of at least 1, got null`,
    ],
    [
      "an enormous input",
      (_, [first]) => Object.assign(first.config, { batch_input_shape: [null, 2 ** 20, 2 ** 20] }),
      `${at}: the input shape [1048576, 1048576] is too large`,
    ],
    [
      "too many layers",
      (_, stack) => stack.push(...Array<Entry>(1000).fill({ class_name: "Flatten", config: {} })),
      `${at}: expected at most 1000, got 1002`,
    ],
    [
      "an enormous layer",
      (_, [first]) => Object.assign(first.config, { units: 2 ** 40 }),
      `model artifacts: dense/kernel: expected shape [2, 1099511627776], got [2, 3] ("dense/kernel")`,
    ],
    [
      "layers that do not fit",
      (_, [, second]) => Object.assign(second.config, { batch_input_shape: [null, 4] }),
      "model artifacts: dense_1: inputShape [4] was given, but the layer before gives [3]",
    ],
    [
      "two layers of one name",
      (_, [, second]) => Object.assign(second.config, { name: "dense" }),
      "model artifacts: two layers have the name 'dense'",
    ],
    [
      "an unknown activation",
      (_, [first]) => Object.assign(first.config, { activation: "hard_swissh" }),
      /^model artifacts: modelTopology.config.layers\[0\] \(Dense\): unknown activation 'hard_swissh'. Did you mean 'hardSwish'\?/,
    ],
    [
      "an activation that is a number",
      (_, [first]) => Object.assign(first.config, { activation: 5 }),
      `${at}[0] (Dense).activation: expected an object, got 5`,
    ],
    [
      "an unknown activation with parameters",
      (_, [first]) => Object.assign(first.config, { activation: { class_name: "Maxout", config: {} } }),
      /^model artifacts: modelTopology.config.layers\[0\] \(Dense\): unknown activation 'Maxout'/,
    ],
    [
      "an activation with a parameter out of range",
      (_, [first]) => Object.assign(first.config, { activation: { class_name: "ELU", config: { alpha: -1 } } }),
      `${at}[0] (Dense).activation: elu: alpha: expected a number of at least 0, got -1`,
    ],
    [
      "an unknown regularizer",
      (_, [first]) => Object.assign(first.config, { kernel_regularizer: { class_name: "L3", config: {} } }),
      `${at}[0] (Dense).kernel_regularizer: unknown regularizer; known are: l1, l1l2, l2, orthogonal`,
    ],
    [
      "a constraint out of range",
      (_, [first]) =>
        Object.assign(first.config, { bias_constraint: { class_name: "MaxNorm", config: { axis: "0" } } }),
      `${at}[0] (Dense).bias_constraint: maxNorm: axis: expected an integer, got "0"`,
    ],
    [
      "a layer that is neither frozen nor not",
      (_, [first]) => Object.assign(first.config, { trainable: "no" }),
      `${at}[0].trainable: expected true or false, got "no"`,
    ],
    [
      "half precision",
      (_, [first]) => Object.assign(first.config, { dtype: "float16" }),
      `${at}[0].dtype: expected 'float32', got "float16"`,
    ],
    [
      "images with the channels first",
      (_, stack) => stack.push({ class_name: "Rescaling", config: { scale: 2, data_format: "channels_first" } }),
      /layers\[2\] \(Rescaling\): rescaling: unknown option 'dataFormat'/,
    ],
    [
      "an initializer out of range",
      (_, [first]) =>
        Object.assign(first.config, { kernel_initializer: { class_name: "Constant", config: { value: "x" } } }),
      `${at}[0] (Dense).kernel_initializer: constant: value: expected a finite number, got "x"`,
    ],
    [
      "no weights",
      (a) => Object.assign(a, { weightData: undefined }),
      "model artifacts: expected an ArrayBuffer of weights, got undefined",
    ],
    [
      "no list of weights",
      (a) => Object.assign(a, { weightSpecs: undefined }),
      "model artifacts: list of weights: expected an array, got undefined",
    ],
    [
      "a missing weight",
      (a) => {
        a.weightSpecs.pop();
        a.weightData = a.weightData.slice(0, -8);
      },
      `model artifacts: expected the weights "dense_1/bias", got none`,
    ],
    [
      "a weight too many",
      (a) => {
        a.weightSpecs.push({ name: "dense_2/bias", shape: [2], dtype: "float32" });
        a.weightData = new ArrayBuffer(a.weightData.byteLength + 8);
      },
      `model artifacts: there are weights that no layer has: "dense_2/bias"`,
    ],
    [
      "a weight of another name",
      (a) => Object.assign(specOf(a, 1), { name: "other/bias" }),
      `model artifacts: expected the weights "dense/bias", got "other/bias"`,
    ],
    [
      "a weight twice",
      (a) => Object.assign(specOf(a, 2), { name: "sequential/dense/kernel" }),
      `model artifacts: the weight "dense/kernel" is there twice`,
    ],
    [
      "a foreign name twice",
      (a) => {
        for (const spec of a.weightSpecs) spec.name = "w";
      },
      `model artifacts: the weight "w" is there twice`,
    ],
    [
      "weights of foreign names in another order",
      (a) => {
        a.weightSpecs.reverse();
        for (const [index, spec] of a.weightSpecs.entries()) spec.name = `w${index}`;
      },
      `model artifacts: dense/kernel: expected shape [2, 3], got [2] ("w0")`,
    ],
    [
      "a weight of another shape",
      (a) => Object.assign(specOf(a, 0), { shape: [3, 2] }),
      `model artifacts: dense/kernel: expected shape [2, 3], got [3, 2] ("dense/kernel")`,
    ],
    [
      "a shape of negative numbers",
      (a) => Object.assign(specOf(a, 0), { shape: [-2, -3] }),
      `model artifacts: "dense/kernel": shape: expected integers of at least 0, got -2`,
    ],
    [
      "an enormous shape",
      (a) => Object.assign(specOf(a, 0), { shape: [2 ** 50, 2 ** 50] }),
      /^model artifacts: expected 5\.07\d+e\+30 bytes of weights, got 68$/,
    ],
    [
      "too few bytes",
      (a) => Object.assign(a, { weightData: a.weightData.slice(4) }),
      "model artifacts: expected 68 bytes of weights, got 64",
    ],
    [
      "a weight that is not finite",
      (a) => {
        new Float32Array(a.weightData)[7] = Number.NaN;
      },
      "model artifacts: dense/bias: expected finite numbers, got NaN",
    ],
    [
      "integers",
      (a) => Object.assign(specOf(a, 0), { dtype: "int32" }),
      `model artifacts: "dense/kernel": expected dtype 'float32', got "int32"`,
    ],
    [
      "an unknown quantization",
      (a) => Object.assign(specOf(a, 0), { quantization: { dtype: "uint4" } }),
      `model artifacts: "dense/kernel": expected quantization to float16, uint8 or uint16, got 'uint4'`,
    ],
    [
      "a quantization without its scale",
      (a) => Object.assign(specOf(a, 0), { quantization: { dtype: "uint8" } }),
      `model artifacts: "dense/kernel": scale: expected a finite number, got undefined`,
    ],
    [
      "an optimizer out of range",
      (a) => Object.assign(a, { trainingConfig: { optimizer_config: { class_name: "Adam", config: { beta1: 2 } } } }),
      "model artifacts: trainingConfig.optimizer_config: adam: beta1: expected a number in [0, 1), got 2",
    ],
    [
      "a training config without an optimizer",
      (a) => Object.assign(a, { trainingConfig: { loss: "mean_squared_error" } }),
      "model artifacts: trainingConfig.optimizer_config: expected an object, got undefined",
    ],
  ])("%s", async (_, change, expected) => {
    const got = await message(change);
    if (typeof expected === "string") expect(got).toBe(expected);
    else expect(got).toMatch(expected);
  });
});
