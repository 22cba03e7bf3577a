import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Activation,
  activations,
  constraints,
  type Initializer,
  initializers,
  LanewiseError,
  type Layer,
  layers,
  losses,
  metrics,
  optimizers,
  type Regularizer,
  regularizers,
  Sequential,
  StateError,
} from "../../src/index.js";
import { version } from "../../src/version.js";
import { configured } from "../helpers/metric-members.js";
import { readFile } from "../helpers/read-file.js";
import { everyLayer, small, values } from "./models.js";

const settings = ({ className, name, config, inputShape }: Layer) => ({ className, name, config, inputShape });
const { constant, identity, orthogonal, randomNormal, randomUniform, varianceScaling } = initializers;
/** Each as it is, with a seed if it takes one, and some with other settings. */
const initializerCases: readonly (readonly [string, Initializer])[] = [
  ...Object.entries(initializers).flatMap(([name, make]) => {
    const initializer = make();
    const plain = [name, initializer] as const;
    return "seed" in initializer.config
      ? [plain, [`${name} with a seed`, (make as (options: object) => Initializer)({ seed: 5 })] as const]
      : [plain];
  }),
  ["constant of 2", constant({ value: 2 })],
  ["identity times 3", identity({ gain: 3 })],
  ["orthogonal times 0.5", orthogonal({ gain: 0.5 })],
  ["randomNormal around 1", randomNormal({ mean: 1, stddev: 0.5 })],
  ["randomUniform from 0", randomUniform({ minval: 0, maxval: 2 })],
  ["varianceScaling by outputs", varianceScaling({ scale: 3, mode: "fanOut", distribution: "uniform" })],
  ["varianceScaling, not cut off", varianceScaling({ mode: "fan_avg", distribution: "untruncated_normal" })],
];

/** A model comes back with the same layers, and saves the same again. */
async function expectSameLayers(model: Sequential): Promise<void> {
  const back = await Sequential.load(await model.toArtifacts());
  expect(back.layers.map(settings)).toEqual(model.layers.map(settings));
  expect(await back.toArtifacts()).toEqual(await model.toArtifacts());
}

const bits = (model: Sequential) => model.getWeights().map(({ data }) => new Uint32Array(data.buffer));

describe("toArtifacts and load", () => {
  it("keep every bit of every weight", async () => {
    const float = fc.float({ noNaN: true, noDefaultInfinity: true });
    const size = fc.integer({ min: 1, max: 5 });
    await fc.assert(
      fc.asyncProperty(size, size, fc.infiniteStream(float), async (width, units, stream) => {
        const model = new Sequential([
          layers.dense({ units, inputShape: [width] }),
          layers.dense({ units: 3, useBias: false }),
        ]);
        model.setWeights(
          model.getWeights().map(({ data, shape, dtype }) => ({
            data: Float32Array.from(data, () => stream.next().value),
            shape,
            dtype,
          })),
        );
        expect(bits(await Sequential.load(await model.toArtifacts()))).toEqual(bits(model));
      }),
    );
  });

  it("keep name, layers and predictions", async () => {
    const model = everyLayer();
    const artifacts = await model.toArtifacts();
    const back = await Sequential.load(artifacts);
    expect(back.name).toBe("every_layer");
    expect(back.layers.map(({ className, config }) => ({ className, config }))).toEqual(
      model.layers.map(({ className, config }) => ({ className, config })),
    );
    expect(back.layers[0]?.inputShape).toEqual([3, 4]);
    const x = values([7, 3, 4]);
    expect(await back.predict(x)).toEqual(await model.predict(x));
    expect(await back.toArtifacts()).toEqual(artifacts);
    expect((await Sequential.load(await back.toArtifacts())).layers.map(settings)).toEqual(back.layers.map(settings));
  });

  it("keep what compile was given, and training goes on the same from there", async () => {
    const model = small();
    const optimizer = optimizers.sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true });
    model.compile({ optimizer, loss: "mse", metrics: ["acc", "categoricalAccuracy"] });
    const back = await Sequential.load(await model.toArtifacts());
    expect(await back.toArtifacts()).toEqual(await model.toArtifacts());
    const [x, y] = [values([20, 2]), values([20, 2])];
    const options = { epochs: 3, batchSize: 8, seed: 1 };
    expect((await back.fit(x, y, options)).history).toEqual((await model.fit(x, y, options)).history);
    expect(bits(back)).toEqual(bits(model));
  });

  it("take the learning rate as it is now", async () => {
    const model = small();
    const optimizer = optimizers.adam();
    model.compile({ optimizer, loss: "mse" });
    optimizer.learningRate = 0.5;
    expect((await model.toArtifacts()).trainingConfig?.optimizer_config.config).toMatchObject({ learningRate: 0.5 });
  });

  it.each(Object.values(losses).map((loss) => [loss.name, loss] as const))("keep the loss %s", async (_, loss) => {
    const model = small();
    model.compile({ optimizer: "adam", loss, metrics: ["acc"] });
    expect(await (await Sequential.load(await model.toArtifacts())).toArtifacts()).toEqual(await model.toArtifacts());
  });

  it.each(initializerCases)("keep the initializer %s", async (_, initializer) => {
    const options = { name: "only", units: 3, kernelInitializer: initializer, inputShape: [2] };
    const model = new Sequential([layers.dense(options)], { seed: 1 });
    const back = await Sequential.load(await model.toArtifacts());
    expect(back.layers.map(settings)).toEqual(model.layers.map(settings));
    // A model of the layer that was loaded has the same first weights
    expect(bits(new Sequential(back.layers, { seed: 1 }))).toEqual(bits(model));
  });

  it.each(configured)("keep the metric %s", async (_, metric) => {
    const model = small();
    model.compile({ optimizer: "adam", loss: "mse", metrics: ["acc", metric], weightedMetrics: [metric] });
    const back = await Sequential.load(await model.toArtifacts());
    expect(await back.toArtifacts()).toEqual(await model.toArtifacts());
    const { metrics, lanewise } = (await model.toArtifacts()).trainingConfig ?? {};
    expect(metrics?.[0]).toBe("acc");
    const config = { class_name: metric.className, config: { ...metric.config, name: metric.name } };
    expect([metrics?.[1], lanewise?.weighted_metrics?.[0]]).toContainEqual(metrics?.[1] ? expect.any(String) : config);
  });

  it("keep the names of metrics", async () => {
    const model = small();
    const own = metrics.binaryAccuracy({ threshold: 0.3, name: "own" });
    model.compile({
      optimizer: "adam",
      loss: "mse",
      metrics: ["accuracy", "mse", "f1_score", own],
      weightedMetrics: [own],
    });
    const back = await Sequential.load(await model.toArtifacts());
    const data = [values([4, 2]), values([4, 2])] as const;
    expect(await back.evaluate(...data)).toEqual(await model.evaluate(...data));
  });

  it.each([
    ...Object.entries(regularizers).map(([name, make]) => [name, (make as () => Regularizer)()] as const),
    ["l1 of 0.5", regularizers.l1({ l1: 0.5 })],
    ["l1l2 of 0.5 and 2", regularizers.l1l2({ l1: 0.5, l2: 2 })],
    ["orthogonal columns", regularizers.orthogonal({ factor: 3, mode: "columns" })],
  ] as const)("keep the regularizer %s", async (_, regularizer) => {
    const layer = layers.dense({
      name: "only",
      units: 3,
      inputShape: [2],
      kernelRegularizer: regularizer,
      activityRegularizer: regularizer,
      ...(!regularizer.checkShape && { biasRegularizer: regularizer }),
    });
    await expectSameLayers(
      new Sequential([layer, layers.activityRegularization({ l1: 0.1, l2: 3, name: "activity" })]),
    );
  });

  it.each([
    ...Object.entries(constraints).map(([name, make]) => [name, make()] as const),
    ["maxNorm of 0.5 over axis 1", constraints.maxNorm({ maxValue: 0.5, axis: 1 })],
    ["minMaxNorm with a rate", constraints.minMaxNorm({ minValue: 0.5, maxValue: 0.75, rate: 0.5, axis: [0, 1] })],
  ] as const)("keep the constraint %s", async (_, kernelConstraint) => {
    const layer = layers.dense({ name: "only", units: 3, inputShape: [2], kernelConstraint, biasConstraint: "nonNeg" });
    await expectSameLayers(new Sequential([layer]));
  });

  it("leave out a loss of the user's own", async () => {
    const model = small();
    model.compile({ optimizer: "adam", loss: { name: "mine", value: () => [], gradient: () => [] } });
    expect(await model.toArtifacts()).not.toHaveProperty("trainingConfig");
    model.compile({ optimizer: "adam", loss: { name: "mse", value: () => [], gradient: () => [] } });
    expect(await model.toArtifacts()).not.toHaveProperty("trainingConfig");
  });

  it("are copies: training a model changes nothing that was saved or loaded before", async () => {
    const model = small();
    const artifacts = await model.toArtifacts();
    const before = structuredClone(artifacts);
    const loaded = await Sequential.load(artifacts);
    new Uint8Array(artifacts.weightData).fill(0);
    expect(bits(loaded)).toEqual(bits(model));
    model.setWeights(model.getWeights().map(({ shape }) => values(shape)));
    expect(artifacts).toEqual({ ...before, weightData: new ArrayBuffer(before.weightData.byteLength) });
  });
});

describe("toArtifacts", () => {
  it("builds the weights, if they are not there, and describes itself", async () => {
    const artifacts = await small().toArtifacts();
    expect(artifacts.weightSpecs).toEqual([
      { name: "dense/kernel", shape: [2, 3], dtype: "float32" },
      { name: "dense/bias", shape: [3], dtype: "float32" },
      { name: "dense_1/kernel", shape: [3, 2], dtype: "float32" },
      { name: "dense_1/bias", shape: [2], dtype: "float32" },
    ]);
    expect(artifacts.weightData.byteLength).toBe(4 * 17);
    expect(artifacts).not.toHaveProperty("trainingConfig");
    const manifest = JSON.parse(new TextDecoder().decode(await readFile("package.json")));
    expect(version).toBe(manifest.version);
    expect(artifacts.generatedBy).toBe(`lanewise ${version}`);
  });

  it("needs the input shape, and a model that is not disposed", async () => {
    await expect(new Sequential([layers.dense({ units: 1 })]).toArtifacts()).rejects.toThrow(StateError);
    await expect(new Sequential().toArtifacts()).rejects.toThrow(StateError);
    const model = small();
    model.dispose();
    await expect(model.toArtifacts()).rejects.toThrow("toArtifacts: the model has been disposed");
  });

  it("refuses an activation and a layer of the user's own", async () => {
    const mine: Activation = { ...activations.relu(), name: "ownActivation" };
    const dense = layers.dense({ units: 2, activation: mine, inputShape: [2] });
    await expect(new Sequential([dense]).toArtifacts()).rejects.toThrow(
      new LanewiseError(
        "the model can't be saved: modelTopology.config.layers[0] (Dense): unknown activation 'own_activation'. Known are: " +
          Object.keys(activations).sort().join(", "),
      ),
    );
    const layer = { ...layers.flatten({ inputShape: [2, 2] }), className: "Crop" };
    await expect(new Sequential([layer]).toArtifacts()).rejects.toThrow(
      /\(Crop\): unknown layer class; known are: Activation, /,
    );
  });

  it("refuses weights that are not finite, which could not be loaded", async () => {
    const infinite: Initializer = {
      ...initializers.ones(),
      fill: ({ kernels }, out, shape) => kernels.fill(out, Number.POSITIVE_INFINITY, shape[0] ?? 0),
    };
    const model = new Sequential([layers.dense({ units: 1, kernelInitializer: infinite, inputShape: [2] })]);
    await expect(model.toArtifacts()).rejects.toThrow(
      /^the model can't be saved: dense\/kernel: a weight is Infinity$/,
    );
  });

  it("leaves out an initializer of the user's own", async () => {
    const mine: Initializer = { className: "Mine", config: { value: 3 }, fill: () => undefined };
    const model = new Sequential([layers.dense({ units: 2, kernelInitializer: mine, inputShape: [2] })]);
    const back = await Sequential.load(await model.toArtifacts());
    expect(bits(back)).toEqual(bits(model));
    expect(back.layers[0]?.config).toEqual(layers.dense({ units: 2 }).config);
  });
});
