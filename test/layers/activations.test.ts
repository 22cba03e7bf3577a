/** The layers that are activations: reLU, leakyReLU, elu, softmax, and prelu, which learns. */
import { describe, expect, it } from "vitest";
import { activations, type Layer, layers, ndarray, optimizers, Sequential } from "../../src/index.js";
import { getLoss } from "../../src/losses/get-loss.js";
import { matrix, numbers } from "../helpers/data.js";
import { checkGradients, denseLayer } from "../helpers/differences.js";
import { errorOf, expectFailure } from "../helpers/failure.js";

const samples = ndarray(numbers(48, 3, -3, 3), [2, 2, 3, 4]);

describe("layers of activations", () => {
  const pairs = [
    [
      "reLU",
      layers.reLU({ maxValue: 2, negativeSlope: 0.1, threshold: 0.5 }),
      activations.relu({ maxValue: 2, negativeSlope: 0.1, threshold: 0.5 }),
    ],
    ["reLU by default", layers.reLU(), activations.relu()],
    ["leakyReLU by default", layers.leakyReLU(), activations.leakyRelu({ negativeSlope: 0.3 })],
    [
      "leakyReLU by TensorFlow.js's name",
      layers.leakyReLU({ alpha: 0.1 }),
      activations.leakyRelu({ negativeSlope: 0.1 }),
    ],
    ["elu", layers.elu({ alpha: 0.5 }), activations.elu({ alpha: 0.5 })],
    ["softmax by default", layers.softmax(), activations.softmax()],
    ["softmax along another axis", layers.softmax({ axis: 1 }), activations.softmax({ axis: 1 })],
    ["softmax along two axes", layers.softmax({ axis: [1, -1] }), activations.softmax({ axis: [1, 3] })],
    [
      "logSoftmax along another axis",
      layers.activation({ activation: activations.logSoftmax({ axis: 2 }) }),
      activations.logSoftmax({ axis: 2 }),
    ],
  ] as const;

  it.each(pairs)("%s does what the activation does to samples of any rank", async (_, layer, activation) => {
    const model = new Sequential([{ ...layer, inputShape: [2, 3, 4] }]);
    expect(await model.predict(samples)).toEqual(activation(samples));
    const back = await Sequential.load(await model.toArtifacts());
    expect(back.layers[0]?.config).toEqual(layer.config);
    expect(await back.predict(samples)).toEqual(activation(samples));
  });

  it("are named as in Keras, with Keras's configs", async () => {
    const stack = [
      layers.reLU({ inputShape: [2, 3] }),
      layers.leakyReLU(),
      layers.elu(),
      layers.softmax(),
      layers.prelu({ sharedAxes: 1 }),
    ];
    const { config } = (await new Sequential(stack).toArtifacts()).modelTopology as {
      config: { layers: { class_name: string; config: { name: string } }[] };
    };
    expect(config.layers.map((layer) => [layer.class_name, layer.config.name])).toEqual([
      ["ReLU", "re_lu"],
      ["LeakyReLU", "leaky_re_lu"],
      ["ELU", "elu"],
      ["Softmax", "softmax"],
      ["PReLU", "p_re_lu"],
    ]);
    expect(stack.map((layer) => layer.config)).toEqual([
      { max_value: null, negative_slope: 0, threshold: 0 },
      { negative_slope: 0.3 },
      { alpha: 1 },
      { axis: -1 },
      {
        alpha_initializer: { class_name: "Zeros", config: {} },
        alpha_regularizer: null,
        alpha_constraint: null,
        shared_axes: [1],
      },
    ]);
  });

  it.each<[string, () => Layer]>([
    ["softmax", () => layers.softmax({ axis: 1 })],
    ["sparsemax", () => layers.activation({ activation: activations.sparsemax({ axis: [2, 1] }) })],
    ["logSoftmax", () => layers.activation({ activation: activations.logSoftmax({ axis: 2 }) })],
    ["prelu", () => layers.prelu()],
    ["prelu, shared along the first axis,", () => layers.prelu({ sharedAxes: [1] })],
    ["prelu, shared along the last axis,", () => layers.prelu({ sharedAxes: 2, alphaInitializer: "ones" })],
    ["prelu, shared along all,", () => layers.prelu({ sharedAxes: [1, 2] })],
  ])("%s passes the gradients of samples that are matrices", async (_, make) => {
    const front = layers.prelu({ inputShape: [3, 5] });
    const stack = [front, make(), layers.flatten(), denseLayer(3, "tanh")];
    const { compared, leftOut, error } = await checkGradients({ stack, loss: getLoss("mse"), rows: 5 });
    expect(error).toBeLessThan(2e-3);
    expect(compared).toBeGreaterThan(leftOut);
  });

  it("refuse what makes no sense", async () => {
    await expectFailure(
      () => layers.reLU({ maxValue: -1 }),
      RangeError,
      "reLU: maxValue: expected a number of at least 0, got -1",
    );
    await expectFailure(
      () => layers.reLU({ negativeSlope: -1 }),
      RangeError,
      "reLU: negativeSlope: expected a number of at least 0, got -1",
    );
    await expectFailure(
      () => layers.reLU({ threshold: -1 }),
      RangeError,
      "reLU: threshold: expected a number of at least 0, got -1",
    );
    await expectFailure(
      () => layers.leakyReLU({ alpha: -1 }),
      RangeError,
      "leakyReLU: negativeSlope: expected a number of at least 0, got -1",
    );
    await expectFailure(
      () => layers.leakyReLU({ alpha: 1, negativeSlope: 0.5 }),
      RangeError,
      "leakyReLU: alpha: expected negativeSlope, 0.5, or nothing, got 1",
    );
    await expectFailure(
      () => layers.prelu({ sharedAxes: [0] }),
      RangeError,
      "prelu: sharedAxes: expected an integer of at least 1, got 0",
    );
    const connected = (layer: Layer) => errorOf(() => new Sequential([layer]));
    expect(await connected(layers.prelu({ sharedAxes: [3], inputShape: [2, 2] }))).toEqual(
      new RangeError("prelu: sharedAxes: 3 is no axis of samples of shape [2, 2]"),
    );
    expect(await connected(layers.softmax({ axis: 3, inputShape: [2, 2] }))).toEqual(
      new RangeError("softmax: axis: expected an integer from -3 to 2, got 3"),
    );
    expect(await connected(layers.softmax({ axis: 0, inputShape: [2, 2] }))).toEqual(
      new RangeError("softmax: axis: expected one of a sample, from 1 to 2, got that of the batch"),
    );
  });
});

describe("prelu", () => {
  it("has slopes of the sample's shape, 1 on the shared axes, and starts with zeros", () => {
    const shapeOf = (sharedAxes?: number | readonly number[]) => {
      const model = new Sequential([layers.prelu({ inputShape: [2, 3, 4], ...(sharedAxes && { sharedAxes }) })]);
      return model.getWeights().map(({ shape }) => shape);
    };
    expect(shapeOf()).toEqual([[2, 3, 4]]);
    expect(shapeOf([1, 2])).toEqual([[1, 1, 4]]);
    expect(shapeOf(3)).toEqual([[2, 3, 1]]);
    const [alpha] = new Sequential([layers.prelu({ inputShape: [5] })]).getWeights();
    expect(alpha).toEqual(ndarray(new Float32Array(5), [5]));
  });

  it.each([[[]], [[1]], [[2]], [[3]], [[1, 3]], [[1, 2, 3]]])(
    "shares slopes along %j, each where it belongs",
    async (sharedAxes) => {
      const model = new Sequential([layers.prelu({ inputShape: [2, 3, 5], sharedAxes })]);
      const [{ shape = [] } = {}] = model.getWeights();
      const size = shape.reduce((product, length) => product * length, 1);
      model.setWeights([
        ndarray(
          Float32Array.from({ length: size }, (_, i) => i + 1),
          shape,
        ),
      ]);
      const { data } = await model.predict(ndarray(new Float32Array(30).fill(-1), [1, 2, 3, 5]));
      const [, rows = 1, columns = 1] = shape;
      const at = (i: number, j: number, k: number) => {
        const [along, across] = [shape[0] === 1 ? 0 : i, rows === 1 ? 0 : j];
        return -1 - (along * rows + across) * columns - (columns === 1 ? 0 : k);
      };
      const expected = Array.from({ length: 30 }, (_, n) => at(Math.floor(n / 15), Math.floor(n / 5) % 3, n % 5));
      expect([...data]).toEqual(expected);
    },
  );

  it("learns the slope that data was made with", async () => {
    const x = matrix(64, 3, 5, -2, 2);
    const y = ndarray(
      x.data.map((value) => (value > 0 ? value : 0.25 * value)),
      x.shape,
    );
    const model = new Sequential([layers.prelu({ inputShape: [3] })]);
    model.compile({ optimizer: optimizers.sgd({ learningRate: 0.5 }), loss: "meanSquaredError" });
    await model.fit(x, y, { epochs: 30, batchSize: 16, seed: 1 });
    for (const slope of model.getWeights()[0]?.data ?? []) expect(slope).toBeCloseTo(0.25, 3);
  });

  it("has slopes that are regularized and constrained, also when they have three axes", async () => {
    const options = { alphaInitializer: "ones", alphaRegularizer: "l2", alphaConstraint: "maxNorm" };
    const model = new Sequential([layers.prelu({ inputShape: [2, 3, 5], ...options })]);
    model.compile({ optimizer: optimizers.sgd({ learningRate: 0 }), loss: "mse" });
    const x = ndarray(new Float32Array(60).fill(1), [2, 2, 3, 5]);
    const { loss } = await model.trainOnBatch(x, x);
    expect(loss).toBeCloseTo(0.01 * 30, 6);
    // Norms along the first axis are √2, and stay
    for (const slope of model.getWeights()[0]?.data ?? []) expect(slope).toBeCloseTo(1, 5);
    model.setWeights([ndarray(new Float32Array(30).fill(4), [2, 3, 5])]);
    await model.trainOnBatch(x, x);
    for (const slope of model.getWeights()[0]?.data ?? []) expect(slope).toBeCloseTo(Math.SQRT2, 5);
    const back = await Sequential.load(await model.toArtifacts());
    expect(back.layers[0]?.config).toEqual(model.layers[0]?.config);
  });

  it("does not learn when it is frozen, and keeps its weights when saved", async () => {
    const stack = [layers.prelu({ inputShape: [4], trainable: false }), layers.dense({ units: 2 })];
    const model = new Sequential(stack, { seed: 1 });
    const slopes = Float32Array.of(0.1, 0.2, 0.3, 0.4);
    model.setWeights([slopes, ...model.getWeights().slice(1)]);
    model.compile({ optimizer: "sgd", loss: "mse" });
    await model.fit(matrix(8, 4, 1), matrix(8, 2, 2), { epochs: 2 });
    const back = await Sequential.load(await model.toArtifacts());
    expect(back.getWeights()[0]?.data).toEqual(slopes);
  });
});
