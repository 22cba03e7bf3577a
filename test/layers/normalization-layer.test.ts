/** The layer that standardizes data, against Keras's own examples. */
import { describe, expect, it } from "vitest";
import { layers, ndarray, Sequential, StateError } from "../../src/index.js";
import { expectClose } from "../assembly/expect.js";
import { matrix, withDensity } from "../helpers/data.js";
import { expectSameWeights } from "../helpers/weights.js";

const rows = [
  [0, 7, 4],
  [2, 9, 6],
  [0, 7, 4],
  [2, 9, 6],
];

describe("normalization", () => {
  it("takes mean and variance of each column from the data", async () => {
    const layer = layers.normalization({ inputShape: [3] });
    layer.adapt(rows);
    expect(layer.config).toEqual({ axis: -1, mean: [1, 8, 5], variance: [1, 1, 1], invert: false });
    expect([...(await new Sequential([layer]).predict([[0, 7, 4]])).data]).toEqual([-1, -1, -1]);
  });

  it("goes back when inverted", async () => {
    const layer = layers.normalization({ invert: true, inputShape: [3] });
    layer.adapt(rows);
    expect([...(await new Sequential([layer]).predict([[1, 2, 3]])).data]).toEqual([2, 10, 8]);
  });

  it("takes one mean and one variance for all values", async () => {
    const layer = layers.normalization({ axis: null, inputShape: [1] });
    layer.adapt([[1], [2], [3], [4], [5]]);
    expectClose((await new Sequential([layer]).predict([[1], [2], [3]])).data, [-Math.SQRT2, -Math.SQRT1_2, 0], 1e-6);
  });

  it("takes them as options", async () => {
    const model = new Sequential([layers.normalization({ mean: 3, variance: 2, inputShape: [1] })]);
    expectClose((await model.predict([[1], [2], [3]])).data, [-Math.SQRT2, -Math.SQRT1_2, 0], 1e-6);
  });

  it("has a mean for each index of its axes", () => {
    const x = matrix(7, 12, 1);
    const images = ndarray(x.data, [7, 2, 3, 2]);
    const layer = layers.normalization({ axis: [1, 3] });
    layer.adapt(images);
    const { mean, variance } = layer.config as { mean: number[][]; variance: number[][] };
    for (const [i, j] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const) {
      const values = [...x.data].filter((_, index) => Math.floor((index % 12) / 6) === i && index % 2 === j);
      const expected = values.reduce((a, b) => a + b, 0) / values.length;
      expect(mean[i]?.[j]).toBeCloseTo(expected, 12);
      expect(variance[i]?.[j]).toBeCloseTo(values.reduce((a, b) => a + (b - expected) ** 2, 0) / values.length, 12);
    }
  });

  it("divides a column that is always the same by 1e-7, as Keras does, and so leaves it 0", async () => {
    const layer = layers.normalization({ inputShape: [2] });
    const data = [
      [3.3, 1],
      [3.3, 2],
    ];
    layer.adapt(data);
    expect([...(await new Sequential([layer]).predict(data)).data]).toEqual([0, -1, 0, 1]);
  });

  it("is told apart in no bit in front of a model and within it, with zeros in the data or without", async () => {
    for (const density of [0.1, 1]) {
      const x = withDensity(matrix(300, 7, 1), density);
      const train = async (inFront: boolean) => {
        const layer = layers.normalization({ inputShape: [7] });
        layer.adapt(x);
        const linear = layers.activation({ activation: "linear", inputShape: [7] });
        const stack = [...(inFront ? [] : [linear]), layer, layers.dense({ units: 3 })];
        const model = new Sequential(stack, { seed: 1 });
        model.compile({ optimizer: "adam", loss: "mse" });
        await model.fit(x, matrix(300, 3, 2));
        return [...model.getWeights(), await model.predict(x)];
      };
      expectSameWeights(await train(true), await train(false));
    }
  });

  it("counts from adapt on, in a model that has been used", async () => {
    for (const inFront of [true, false]) {
      const layer = layers.normalization({ mean: 0, variance: 1, inputShape: [1] });
      const linear = layers.activation({ activation: "linear", inputShape: [1] });
      const model = new Sequential(inFront ? [layer] : [linear, layer]);
      expect([...(await model.predict([[5]])).data]).toEqual([5]);
      layer.adapt([[4], [6]]);
      expect([...(await model.predict([[6]])).data]).toEqual([1]);
    }
  });

  it("is saved with what it has learnt", async () => {
    const layer = layers.normalization({ axis: null, inputShape: [2, 2] });
    layer.adapt(ndarray(matrix(3, 4, 1).data, [3, 2, 2]));
    const back = await Sequential.load(await new Sequential([layer]).toArtifacts());
    expect(back.layers[0]?.config).toEqual(layer.config);
    expect(layer.config).toMatchObject({ axis: [] });
  });

  it("must be adapted before it is used", async () => {
    const model = new Sequential([layers.normalization({ inputShape: [2] }), layers.dense({ units: 1 })]);
    await expect(model.predict([[1, 2]])).rejects.toThrow(
      new StateError("normalization: it has no mean and variance yet; call its adapt(data) first"),
    );
  });

  it.each<[string, () => unknown, string]>([
    [
      "a mean alone",
      () => layers.normalization({ mean: 1 }),
      "expected mean and variance, or neither, got one of them",
    ],
    [
      "a negative variance",
      () => layers.normalization({ mean: 1, variance: -1 }),
      "variance: expected numbers of at least 0, got -1",
    ],
    [
      "shapes that differ",
      () => layers.normalization({ mean: 1, variance: [1] }),
      "expected mean and variance of one shape, got [] and [1]",
    ],
    [
      "a mean of NaN",
      () => layers.normalization({ mean: [Number.NaN], variance: [1] }),
      "mean: expected finite numbers",
    ],
    ["data without samples", () => layers.normalization().adapt(ndarray(new Float32Array(), [0, 2])), "got none"],
    ["data with NaN", () => layers.normalization().adapt([[Number.NaN]]), "adapt: expected finite numbers, got NaN"],
    [
      "a mean that does not fit the samples",
      () => new Sequential([layers.normalization({ mean: [1, 2], variance: [1, 2], inputShape: [3] })]),
      "normalization: mean: expected what can be repeated to [3], got shape [2]",
    ],
    ["the batch as axis", () => layers.normalization({ axis: 0 }), "expected an axis of a sample, got 0"],
  ])("refuses %s", (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe("rescaling by arrays", () => {
  const x = ndarray(matrix(300, 6, 1).data, [300, 2, 3]);

  it.each([
    ["in front", true],
    ["within", false],
  ])("%s repeats them along a sample's first axes", async (_, inFront) => {
    const layer = layers.rescaling({ scale: [1, 2, 4], offset: [[8], [16]], inputShape: [2, 3] });
    const linear = layers.activation({ activation: "linear", inputShape: [2, 3] });
    const { data } = await new Sequential(inFront ? [layer] : [linear, layer]).predict(x);
    const expected = x.data.map((value, i) => value * 2 ** (i % 3) + 8 * (1 + (Math.floor(i / 3) % 2)));
    expectClose(data, expected, 1e-6);
  });

  it("refuses arrays that do not fit", () => {
    const layer = layers.rescaling({ scale: [1, 2], inputShape: [2, 3] });
    expect(() => new Sequential([layer])).toThrow(
      "rescaling: scale: expected what can be repeated to [2, 3], got shape [2]",
    );
  });
});
