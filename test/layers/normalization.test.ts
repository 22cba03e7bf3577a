/** Batch, layer, root mean square and unit normalization, against Keras, ONNX and what follows from their formulas. */
import { describe, expect, it } from "vitest";
import { type Layer, layers, type NDArray, ndarray, regularizers, Sequential } from "../../src/index.js";
import { expectClose } from "../assembly/expect.js";
import { matrix, numbers } from "../helpers/data.js";
import { readVectors } from "../helpers/fixtures.js";
import { runInTraining } from "../helpers/layer-run.js";
import { bits } from "../helpers/weights.js";

interface KerasVector {
  readonly name: string;
  readonly className: "BatchNormalization" | "LayerNormalization" | "RMSNormalization" | "UnitNormalization";
  /** Where it differs from the default. */
  readonly config: { readonly epsilon?: number };
  readonly training: boolean;
  readonly trainable: boolean;
  readonly weights: readonly { readonly shape: number[]; readonly data: number[] }[];
  readonly x: { readonly shape: number[]; readonly data: number[] };
  readonly dy: readonly number[];
  readonly y: readonly number[];
  readonly dx: readonly number[];
  /** Of the weights that learn, and those that do not. */
  readonly dWeights: readonly (readonly number[])[];
  readonly keptUp: readonly (readonly number[])[];
}

interface OnnxVector {
  readonly name: string;
  readonly op_type: "BatchNormalization" | "LayerNormalization" | "Dropout";
  readonly attrs: { readonly axis?: number; readonly training_mode?: number };
  readonly inputs: readonly { readonly shape: number[]; readonly data: unknown[] }[];
  readonly outputs: readonly { readonly shape: number[]; readonly data: unknown[] }[];
}

const makers = {
  BatchNormalization: layers.batchNormalization,
  LayerNormalization: layers.layerNormalization,
  RMSNormalization: layers.rmsNormalization,
  UnitNormalization: layers.unitNormalization,
} as const;
/** Keras multiplies before it subtracts, which costs it a digit. */
const TOLERANCE = 5e-6;

describe("as Keras does", async () => {
  it.each(await readVectors<KerasVector>("keras-normalization.json"))("$name", async (vector) => {
    const { className, config, training, trainable, dy, y, dx, dWeights, keptUp } = vector;
    const layer = { ...makers[className](config), trainable };
    const x = floats(vector.x);
    const weights = vector.weights.map(floats);
    if (!training) {
      expectClose((await predict(layer, x, weights)).data, y, TOLERANCE);
      return;
    }
    const run = await runInTraining(layer, x, dy, { weights });
    expectClose(run.y.data, y, TOLERANCE);
    expectClose(run.dx.data, dx, TOLERANCE);
    run.weights.forEach(({ data, shape }, i) => {
      const before = weights[i] as NDArray;
      expect(shape).toEqual(before.shape);
      const gradient = trainable ? dWeights[i] : data.map(() => 0);
      const expected = keptUp[i - dWeights.length] ?? before.data.map((value, j) => value - (gradient?.[j] as number));
      expectClose(data, expected, TOLERANCE);
    });
  });
});

it("batchNormalization as in NNOpsCorrectnessTest.test_batch_normalization of Keras", async () => {
  const x = ndarray(Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6), [2, 3]);
  const weights = [
    [10, 20, 30],
    [5, 10, 15],
    [0.2, 0.3, 0.4],
    [4, 16, 64],
  ].map((values) => ndarray(Float32Array.from(values), [3]));
  const { data } = await predict(layers.batchNormalization({ axis: -1, epsilon: 1e-7 }), x, weights);
  expectClose(data, [4.5, 9.5, 14.625, 6, 11, 15.75], 1e-6);
});

describe("as ONNX does", async () => {
  const vectors = (await readVectors<OnnxVector>("onnx-layers.json")).filter(({ op_type: kind }) => kind !== "Dropout");
  it.each(vectors)("$name", async (vector) => {
    const { op_type: kind, attrs, outputs } = vector;
    const [x, ...weights] = vector.inputs.map((input) => floats({ ...input, data: input.data.flat(9) as number[] }));
    const [y, ...moving] = outputs.map(({ data }) => data.flat(9) as number[]) as [number[], ...number[][]];
    if (!x) throw new Error("no input");
    if (kind === "BatchNormalization") {
      // Its channels are axis 1, and its moving averages take the share that ours leave
      const layer = layers.batchNormalization({ axis: 1, epsilon: 1e-5, momentum: 0.9 });
      if (!attrs.training_mode) return expectClose((await predict(layer, x, weights)).data, y, 1e-5);
      const run = await runInTraining(layer, x, x.data, { weights });
      expectClose(run.y.data, y, 1e-5);
      expectClose(joined(run.weights.slice(2)), moving.flat(), 1e-5);
      return;
    }
    // Over all axes from one on: with the batch among them, the whole is one sample
    const first = attrs.axis ?? -1;
    const samples = first === 0 ? ndarray(x.data, [1, ...x.shape]) : x;
    const axis = samples.shape.map((_, index) => index).slice(Math.max(first, 1));
    const layer = layers.layerNormalization({ axis, epsilon: 1e-5 });
    expectClose((await predict(layer, samples, weights)).data, y, 1e-5);
  });
});

describe("batchNormalization", () => {
  it("has the defaults of Keras", () => {
    expect(layers.batchNormalization().config).toEqual({
      axis: -1,
      momentum: 0.99,
      epsilon: 0.001,
      center: true,
      scale: true,
      beta_initializer: { class_name: "Zeros", config: {} },
      gamma_initializer: { class_name: "Ones", config: {} },
      beta_regularizer: null,
      gamma_regularizer: null,
      beta_constraint: null,
      gamma_constraint: null,
      moving_mean_initializer: { class_name: "Zeros", config: {} },
      moving_variance_initializer: { class_name: "Ones", config: {} },
    });
  });

  it("takes the list of one axis that Keras 2 saves, and no other", () => {
    expect(layers.batchNormalization({ axis: [2] }).config).toEqual(layers.batchNormalization({ axis: 2 }).config);
    for (const axis of [[], [1, 2], null]) {
      expect(() => layers.batchNormalization({ axis: axis as never })).toThrow("axis: expected an integer, got");
    }
  });

  it("has its weights in Keras's order, and starts from what its initializers say", () => {
    const layer = layers.batchNormalization({
      betaInitializer: "ones",
      gammaInitializer: "zeros",
      movingMeanInitializer: "ones",
      movingVarianceInitializer: "zeros",
      inputShape: [2, 3],
    });
    expect(layer.weights([2, 3]).map(({ name, trainable = true }) => [name, trainable])).toEqual([
      ["gamma", true],
      ["beta", true],
      ["moving_mean", false],
      ["moving_variance", false],
    ]);
    const values = new Sequential([layer]).getWeights();
    expect(values.map(({ data }) => [...data])).toEqual([
      [0, 0, 0],
      [1, 1, 1],
      [1, 1, 1],
      [0, 0, 0],
    ]);
  });

  it("has moving averages that come to the data's mean and population variance, over batches of all sizes", async () => {
    const x = matrix(23, 5, 3);
    const model = new Sequential([layers.batchNormalization({ momentum: 0, inputShape: [5] })]);
    model.compile({ optimizer: "sgd", loss: "mse" });
    await model.fit(x, x, { batchSize: 23 });
    const [, , mean, variance] = model.getWeights().map(({ data }) => data);
    const column = (j: number) => Array.from({ length: 23 }, (_, i) => x.data[i * 5 + j] as number);
    const average = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const means = Array.from({ length: 5 }, (_, j) => average(column(j)));
    expectClose(mean ?? [], means, 1e-6);
    expectClose(
      variance ?? [],
      means.map((center, j) => average(column(j).map((value) => (value - center) ** 2))),
      1e-6,
    );
    // 23 = 2 · 10 + 3, and the last batch sees three rows
    await model.fit(x, x, { batchSize: 10, shuffle: false });
    const last = Array.from({ length: 5 }, (_, j) => average(column(j).slice(20)));
    expectClose(model.getWeights()[2]?.data ?? [], last, 1e-6);
  });

  it("takes part in training without gamma, beta and anything before it", async () => {
    const model = new Sequential([layers.batchNormalization({ center: false, scale: false, inputShape: [3] })]);
    model.compile({ optimizer: "sgd", loss: "mse" });
    const x = matrix(8, 3, 1);
    await model.fit(x, x);
    expect(model.getWeights()[0]?.data.every((value) => value !== 0)).toBe(true);
  });

  it("leaves its moving averages alone in evaluate and predict, when frozen, and when a loss is not finite", async () => {
    const layer = layers.batchNormalization({ inputShape: [3] });
    const model = new Sequential([layer, layers.dense({ units: 1 })], { seed: 1 });
    model.compile({ optimizer: "sgd", loss: "mse" });
    const [x, y] = [matrix(8, 3, 1), numbers(8, 2)];
    const before = bits(model.getWeights().slice(0, 4));
    await model.evaluate(x, y);
    await model.predict(x);
    layer.trainable = false;
    await model.fit(x, y);
    expect(bits(model.getWeights().slice(0, 4))).toEqual(before);
    layer.trainable = true;
    const huge = numbers(8, 2).map((value) => value * 3e38);
    const held = bits(model.getWeights());
    await expect(model.trainOnBatch(x, huge)).rejects.toThrow("diverged");
    expect(bits(model.getWeights())).toEqual(held);
  });
});

describe("layerNormalization", () => {
  it("has the defaults of Keras", () => {
    expect(layers.layerNormalization().config).toEqual({
      axis: -1,
      epsilon: 0.001,
      center: true,
      scale: true,
      beta_initializer: { class_name: "Zeros", config: {} },
      gamma_initializer: { class_name: "Ones", config: {} },
      beta_regularizer: null,
      gamma_regularizer: null,
      beta_constraint: null,
      gamma_constraint: null,
    });
  });
});

describe("gamma and beta", () => {
  it.each([
    ["batchNormalization", layers.batchNormalization],
    ["layerNormalization", layers.layerNormalization],
  ] as const)("of %s are penalized and constrained, and both are saved", async (_, make) => {
    const layer = make({
      gammaRegularizer: regularizers.l2({ l2: 0.1 }),
      betaRegularizer: "l1",
      gammaConstraint: "nonNeg",
      betaConstraint: "maxNorm",
      inputShape: [3],
    });
    const model = new Sequential([layer]);
    const [gamma, , ...moving] = model.getWeights() as [NDArray, NDArray, ...NDArray[]];
    model.setWeights([
      ndarray(Float32Array.of(1, 2, -3), gamma.shape),
      ndarray(Float32Array.of(4, -5, 6), [3]),
      ...moving,
    ]);
    model.compile({ optimizer: "sgd", loss: "mse" });
    const x = matrix(5, 3, 1);
    const output = await model.predict(x);
    const { loss } = await model.evaluate(x, output);
    expect(loss).toBeCloseTo(0.1 * (1 + 4 + 9) + 0.01 * (4 + 5 + 6), 5);
    await model.trainOnBatch(x, output);
    const [scale, offset] = model.getWeights().map(({ data }) => [...data]) as [number[], number[]];
    expect(scale[2]).toBe(0);
    expect(Math.hypot(...offset)).toBeCloseTo(2, 5);
    const back = await Sequential.load(await model.toArtifacts());
    expect(back.layers[0]?.config).toEqual(layer.config);
  });
});

describe("unitNormalization", () => {
  it("leaves a row of zeros, and gives it no gradient", async () => {
    const x = ndarray(Float32Array.of(0, 0, 3, 4), [2, 2]);
    const run = await runInTraining(layers.unitNormalization(), x, [1, 1, 1, 1]);
    expectClose(run.y.data, [0, 0, 0.6, 0.8], 1e-7);
    expect([...run.dx.data.subarray(0, 2)]).toEqual([0, 0]);
  });
});

describe("axes", () => {
  it.each([
    ["batchNormalization", layers.batchNormalization],
    ["layerNormalization", layers.layerNormalization],
    ["rmsNormalization", layers.rmsNormalization],
    ["unitNormalization", layers.unitNormalization],
  ] as const)("%s refuses the batch, what is no axis, and axes that samples have not", (name, make) => {
    expect(() => make({ axis: 0 })).toThrow(`${name}: axis: expected an axis of a sample, got 0, which is the batch`);
    expect(() => make({ axis: 1.5 })).toThrow(TypeError);
    for (const axis of [-3, 3]) {
      const layer = { ...make({ axis }), inputShape: [2, 3] };
      expect(() => new Sequential([layer]).add(layers.flatten())).toThrow(
        axis === -3 ? `${name}: axis: [?, 2, 3] has no axes -3` : `${name}: axis: [?, 2, 3] has no axes 3`,
      );
    }
  });
});

async function predict(layer: Layer, x: NDArray, weights: readonly NDArray[]): Promise<NDArray<Float32Array>> {
  const model = new Sequential([{ ...layer, inputShape: x.shape.slice(1) }]);
  model.setWeights(weights);
  return model.predict(x);
}

function joined(arrays: readonly NDArray[]): number[] {
  return arrays.flatMap(({ data }) => [...data]);
}

function floats({ data, shape }: { readonly data: readonly number[]; readonly shape: readonly number[] }) {
  return ndarray(Float32Array.from(data), shape);
}
