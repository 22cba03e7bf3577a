/** Losses in models: as they measure host arrays, in every spelling, saved and loaded; and what a model can't take. */
import { describe, expect, it } from "vitest";
import { layers, losses, ndarray, Sequential, ShapeError } from "../../src/index.js";
import { toSnakeCase } from "../../src/lookup.js";
import type { Loss } from "../../src/losses/index.js";
import { classNumbers, matrix, numbers } from "../helpers/data.js";
import { expectFailure } from "../helpers/failure.js";
import { members, randomOptions } from "../helpers/random-losses.js";

const ROWS = 11;
const WIDTH = 5;
const x = matrix(ROWS, WIDTH, 1, 0.05, 0.95);
const labels = classNumbers(ROWS, WIDTH, 2);
const dense = matrix(ROWS, WIDTH, 3, 0, 0.4);
const sampleWeight = numbers(ROWS, 4, 0, 2);

/** Hands its input on. */
function passOn(loss: Parameters<Sequential["compile"]>[0]["loss"], width = WIDTH): Sequential {
  const model = new Sequential([layers.activation({ activation: "linear", inputShape: [width] })]);
  model.compile({ optimizer: "sgd", loss });
  return model;
}

const targetsOf = (loss: Loss) => (loss.targets === "dense" ? dense : labels);

describe.each(members)("$name", ({ name, make }) => {
  it.each([1, 2, 3, 4])("of a model is that of its arrays, to the bit, options %i", async (salt) => {
    const options = randomOptions(make, salt);
    const y = targetsOf(make());
    for (const weights of [{}, { sampleWeight }]) {
      const { loss } = await passOn(make(options)).evaluate(x, y, weights);
      expect(loss).toBe(make(y, x, { ...options, ...weights }));
      expect(loss).toBe((make(options) as unknown as typeof make)(y, x, weights));
    }
  });

  it("can be given by its names, unconfigured and configured", async () => {
    const y = targetsOf(make());
    const { loss } = await passOn(make()).evaluate(x, y);
    expect(Number.isFinite(loss)).toBe(true);
    for (const given of [name, toSnakeCase(name), make]) expect((await passOn(given).evaluate(x, y)).loss).toBe(loss);
  });

  it.each([0, 1, 2, 3])("is saved and loads back equal, options %i", async (salt) => {
    const model = passOn(salt === 0 ? make() : make(randomOptions(make, salt)));
    const artifacts = await model.toArtifacts();
    const { loss } = artifacts.trainingConfig ?? artifacts.userDefinedMetadata?.lanewise?.training_config ?? {};
    if (salt === 0) expect(typeof loss).toBe("string");
    const loaded = await Sequential.load(artifacts);
    expect(await loaded.toArtifacts()).toEqual(artifacts);
    const y = targetsOf(make());
    expect(await loaded.evaluate(x, y)).toEqual(await model.evaluate(x, y));
  });
});

it.each([
  ["mse", "meanSquaredError"],
  ["mae", "mean_absolute_error"],
  ["mape", "meanAbsolutePercentageError"],
  ["msle", "meanSquaredLogarithmicError"],
  ["bce", "binaryCrossentropy"],
  ["kld", "kl_divergence"],
  ["logcosh", "log_cosh"],
  ["cosine_proximity", "cosineSimilarity"],
])("%s is %s", async (short, long) => {
  expect(await passOn(short).evaluate(x, dense)).toEqual(await passOn(long).evaluate(x, dense));
});

describe.each(["crossentropy", "ce"])("%s", (name) => {
  const single = matrix(ROWS, 1, 5, 0.1, 0.9);
  const bits = classNumbers(ROWS, 2, 6);

  it.each([
    ["binaryCrossentropy for one output", single, bits, "binaryCrossentropy"],
    ["sparse for class numbers", x, labels, "sparseCategoricalCrossentropy"],
    ["sparse for a column of them", x, ndarray(labels, [ROWS, 1]), "sparseCategoricalCrossentropy"],
    ["categorical for all others", x, dense, "categoricalCrossentropy"],
  ])("is %s", async (_, inputs, y, meant) => {
    const model = passOn(name, inputs.shape[1]);
    const expected = await passOn(meant, inputs.shape[1]).evaluate(inputs, y);
    expect(await model.evaluate(inputs, y)).toEqual(expected);
    const { history } = await model.fit(inputs, y, { validationData: [inputs, y], shuffle: false });
    expect(history).toEqual({ loss: [expected.loss], val_loss: [expected.loss] });
    const loaded = await Sequential.load(await model.toArtifacts());
    expect(await loaded.evaluate(inputs, y)).toEqual(expected);
  });
});

describe("ignoreClass", () => {
  it.each([-1, 255, 2])("leaves rows of class %i out of mean and gradient, others as they are", async (ignoreClass) => {
    const kept = [0, 3, 4, 7];
    const part = ndarray(
      Float32Array.from(kept.flatMap((row) => [...x.data.subarray(row * WIDTH, (row + 1) * WIDTH)])),
      [kept.length, WIDTH],
    );
    const y = Int32Array.from(labels, (label, row) => (kept.includes(row) ? (label === 2 ? 1 : label) : ignoreClass));
    const [whole, alone] = [0, 1].map((seed) => {
      const model = new Sequential([layers.dense({ units: WIDTH, activation: "softmax", inputShape: [WIDTH] })], {
        seed,
      });
      model.compile({ optimizer: "sgd", loss: losses.sparseCategoricalCrossentropy({ ignoreClass }) });
      return model;
    }) as [Sequential, Sequential];
    alone.setWeights(whole.getWeights());
    const [a, b] = [
      await whole.trainOnBatch(x, y),
      await alone.trainOnBatch(
        part,
        kept.map((row) => y[row] as number),
      ),
    ];
    expect(a.loss).toBeCloseTo(b.loss as number, 6);
    const [ofWhole, ofPart] = [whole.getWeights(), alone.getWeights()];
    for (const [i, { data }] of ofWhole.entries()) {
      for (const [j, value] of data.entries()) expect(value).toBeCloseTo(ofPart[i]?.data[j] as number, 6);
    }
  });

  it("of all rows gives a loss of 0", async () => {
    const model = passOn(losses.sparseCategoricalCrossentropy({ ignoreClass: 7 }));
    expect(await model.evaluate(x, new Int32Array(ROWS).fill(7))).toEqual({ loss: 0 });
  });
});

describe("a loss of the user's own", () => {
  const own = {
    value: ({ data: y, shape: [rows = 0, width = 0] }: typeof x, { data: p }: typeof x) =>
      Float32Array.from({ length: rows }, (_, row) => {
        const errors = Array.from(
          { length: width },
          (__, j) => (p[row * width + j] as number) - (y[row * width + j] as number),
        );
        return errors.reduce((sum, error) => sum + error * error, 0) / width;
      }),
    gradient: ({ data: y, shape }: typeof x, { data: p }: typeof x) =>
      ndarray(
        p.map((value, i) => (2 * (value - (y[i] as number))) / (shape[1] as number)),
        shape,
      ),
  };

  it("trains as the same loss of ours does", async () => {
    const [mine, ours] = [own, "mse" as const].map((loss) => {
      const model = new Sequential([layers.dense({ units: 3, activation: "tanh", inputShape: [WIDTH] })], { seed: 1 });
      model.compile({ optimizer: "adam", loss });
      return model;
    }) as [Sequential, Sequential];
    const y = matrix(ROWS, 3, 9);
    const options = { epochs: 3, batchSize: 4, seed: 2, sampleWeight };
    const [a, b] = [await mine.fit(x, y, options), await ours.fit(x, y, options)];
    for (const [i, value] of (a.history.loss ?? []).entries())
      expect(value).toBeCloseTo(b.history.loss?.[i] as number, 5);
    expect((await mine.evaluate(x, y)).loss).toBeCloseTo((await ours.evaluate(x, y)).loss as number, 5);
  });

  it.each([
    ["too few values", { ...own, value: () => [1] }, "custom: value: expected an array of shape [11], got [1]"],
    [
      "a matrix of values",
      { ...own, name: "mine", value: () => x },
      "mine: value: expected an array of shape [11], got [11, 5]",
    ],
    [
      "a flat gradient",
      { ...own, gradient: () => x.data },
      "custom: gradient: expected an array of shape [11, 5], got [55]",
    ],
  ])("is refused for %s", async (_, loss, message) => {
    const model = new Sequential([layers.dense({ units: WIDTH, inputShape: [WIDTH] })], { seed: 1 });
    model.compile({ optimizer: "sgd", loss });
    await expectFailure(() => model.fit(x, dense, { batchSize: ROWS }), ShapeError, message);
  });
});

describe("a model refuses", () => {
  it.each([
    [
      "no reduction",
      () => losses.mse({ reduction: "none" }),
      "meanSquaredError: reduction: expected one that gives a model one number for a batch, got 'none'",
    ],
    [
      "another axis",
      () => losses.cosineSimilarity({ axis: 0 }),
      "cosineSimilarity: axis: expected the last, -1, for the loss of a model, got 0",
    ],
    [
      "several axes",
      () => losses.dice({ axis: [1, 2] }),
      "dice: axis: expected the last, -1, for the loss of a model, got 1, 2",
    ],
  ])("%s", async (_, loss, message) => {
    await expectFailure(() => passOn(loss()), RangeError, message);
  });
});
