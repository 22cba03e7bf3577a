/** When the weights come into being, from which seed and for which shape; and that no failed call makes them. */
import { describe, expect, it } from "vitest";
import { layers, ndarray, Sequential, ShapeError } from "../../src/index.js";
import { labels, x } from "../helpers/classifier.js";
import { matrix } from "../helpers/data.js";
import { digest } from "../helpers/digest.js";
import { errorOf, expectFailure } from "../helpers/failure.js";
import { bits, expectSameWeights } from "../helpers/weights.js";

type Use = readonly [what: string, call: (model: Sequential) => unknown];

const spoiled = ndarray(x.data.with(3, Number.NaN), x.shape);
const wide = ndarray(new Float32Array(54).fill(Number.NaN), [6, 9]);

const failing: readonly Use[] = [
  ["fit with NaN", (model) => model.fit(spoiled, labels, { seed: 1 })],
  ["fit with NaN in validation data", (model) => model.fit(x, labels, { seed: 1, validationData: [spoiled, labels] })],
  [
    "fit with NaN in the last rows",
    (model) => model.fit(ndarray(x.data.with(23, NaN), x.shape), labels, { validationSplit: 0.2 }),
  ],
  ["evaluate with NaN", (model) => model.evaluate(spoiled, labels)],
  ["trainOnBatch with NaN", (model) => model.trainOnBatch(spoiled, labels)],
  ["predict with NaN", (model) => model.predict(spoiled)],
  ["labels out of range", (model) => model.fit(x, [0, 1, 2, 3, 4, 5])],
  ["an aborted fit", (model) => model.fit(x, labels, { seed: 1, signal: AbortSignal.abort() })],
];

describe("with an inputShape", () => {
  it.each<Use>([
    ...failing,
    ["predict with another shape", (model) => model.predict(wide)],
    ["setWeights with too few", (model) => model.setWeights([])],
    ["setWeights with another shape", (model) => model.setWeights([matrix(1, 1, 1), [0, 0, 0]])],
  ])("%s makes no weights", async (_, call) => {
    const [model, twin] = [makeModel([4]), makeModel([4])];
    expect(await errorOf(() => call(model))).toBeInstanceOf(Error);
    expect(model.byteLength).toBe(0);
    model.add(layers.activation({ activation: "softmax" }));
    twin.add(layers.activation({ activation: "softmax" }));
    await Promise.all([model, twin].map((one) => one.fit(x, labels, { seed: 7 })));
    expectSameWeights(model.getWeights(), twin.getWeights());
  });
});

describe("without an inputShape", () => {
  it.each<Use>([
    ...failing,
    ["fit with NaN in rows of another width", (model) => model.fit(wide, labels)],
    ["predict with NaN in rows of another width", (model) => model.predict(wide)],
    ["evaluate with NaN in rows of another width", (model) => model.evaluate(wide, labels)],
  ])("%s makes no weights", async (_, call) => {
    const [model, twin] = [makeModel(), makeModel()];
    expect(await errorOf(() => call(model))).toBeInstanceOf(Error);
    await Promise.all([model, twin].map((one) => one.fit(x, labels, { seed: 7 })));
    expectSameWeights(model.getWeights(), twin.getWeights());
  });

  it.each<Use>([
    ["fit", (model) => model.fit(x, labels)],
    ["evaluate", (model) => model.evaluate(x, labels)],
    ["trainOnBatch", (model) => model.trainOnBatch(x, labels)],
    ["predict", (model) => model.predict(x)],
  ])("the shape is that of the first %s", async (_, call) => {
    const model = makeModel();
    await call(model);
    expect(model.getWeights().map(({ shape }) => shape)).toEqual([[4, 3], [3]]);
    await expectFailure(() => model.predict(matrix(2, 5, 1)), ShapeError, "x: expected shape [?, 4], got [2, 5]");
  });
});

describe("the weights", () => {
  const fresh = async (call: (model: Sequential) => unknown, seed?: number): Promise<string> => {
    const model = makeModel([4], seed);
    await call(model);
    return digest(model.getWeights());
  };

  it("are those of the model's seed, whatever uses them first", async () => {
    const uses = [() => {}, (model: Sequential) => model.predict(x), (model: Sequential) => model.evaluate(x, labels)];
    const digests = await Promise.all(uses.map((use) => fresh(use, 5)));
    const withoutEpochs = await fresh((model) => model.fit(x, labels, { epochs: 0, seed: 9 }), 5);
    expect(new Set([...digests, withoutEpochs]).size).toBe(1);
  });

  it("are those of the first fit's seed, where the model has none", async () => {
    const withoutEpochs = await fresh((model) => model.fit(x, labels, { epochs: 0, seed: 5 }));
    expect(withoutEpochs).toBe(await fresh(() => {}, 5));
  });

  it("are random without any seed", async () => {
    expect(await fresh(() => {})).not.toBe(await fresh(() => {}));
  });

  it("differ from layer to layer", () => {
    const model = new Sequential(
      [layers.dense({ units: 4, inputShape: [4] }), layers.dense({ units: 4 }), layers.dense({ units: 4 })],
      { seed: 0 },
    );
    const kernels = model.getWeights().filter(({ shape }) => shape.length === 2);
    expect(new Set(kernels.map((kernel) => bits([kernel]).join())).size).toBe(3);
  });

  it("stay when the model is compiled anew", () => {
    const model = makeModel([4], 5);
    const before = model.getWeights();
    model.compile({ optimizer: "sgd", loss: "mse" });
    expectSameWeights(model.getWeights(), before);
  });
});

function makeModel(inputShape?: readonly number[], seed?: number): Sequential {
  const model = new Sequential(
    [layers.dense({ units: 3, ...(inputShape && { inputShape }) })],
    seed === undefined ? {} : { seed },
  );
  model.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy" });
  return model;
}
