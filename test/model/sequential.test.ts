/** The model's own methods: layers, weights, predictions, single batches. */
import { describe, expect, it } from "vitest";
import { layers, ndarray, optimizers, Sequential } from "../../src/index.js";
import { labels, makeClassifier, x, y } from "../helpers/classifier.js";
import { matrix } from "../helpers/data.js";
import { expectFailure } from "../helpers/failure.js";
import { bits, expectSameWeights } from "../helpers/weights.js";

describe("layers", () => {
  it("can be given at once or one after another", () => {
    const stack = [
      layers.dense({ units: 5, inputShape: [4] }),
      layers.dropout({ rate: 0.5 }),
      layers.dense({ units: 3 }),
    ];
    const [whole, parts] = [new Sequential(stack, { seed: 1 }), new Sequential([], { seed: 1 })];
    for (const layer of stack) parts.add(layer);
    expect(parts.layers).toEqual(whole.layers);
    expectSameWeights(parts.getWeights(), whole.getWeights());
  });

  it("may stand in several models, each with weights of its own", async () => {
    const layer = layers.dense({ units: 4, inputShape: [4] });
    const [first, second] = [new Sequential([layer], { seed: 1 }), new Sequential([layer], { seed: 1 })];
    const before = first.getWeights();
    second.compile({ optimizer: "sgd", loss: "mse" });
    await second.fit(x, matrix(6, 4, 2));
    expectSameWeights(first.getWeights(), before);
  });

  it("may stand twice in one if they have no weights", async () => {
    const [relu, dropout] = [layers.reLU(), layers.dropout({ rate: 0.5 })];
    const noise = new Sequential([dropout]);
    const model = new Sequential([
      layers.dense({ units: 4 }),
      relu,
      noise,
      dropout,
      layers.dense({ units: 4 }),
      relu,
      noise,
    ]);
    model.compile({ optimizer: "sgd", loss: "mse" });
    expect((await model.fit(x, matrix(6, 4, 2))).epoch).toEqual([0]);
  });

  it("may not stand twice in one if they have weights, alone or in a model", async () => {
    const message = (name: string) =>
      `${name}: a layer with weights can't stand in a model twice; make two of the same options`;
    const layer = layers.dense({ units: 4, inputShape: [4] });
    const inner = new Sequential([layer]);
    await expectFailure(() => new Sequential([layer, layer]), RangeError, message("dense_1"));
    await expectFailure(() => new Sequential([inner, layers.reLU(), inner]), RangeError, message("sequential_1"));
    await expectFailure(() => new Sequential([inner, layer]), RangeError, message("dense"));
    const shapeless = layers.dense({ units: 4 });
    await expectFailure(() => new Sequential([shapeless, shapeless]).predict(x), RangeError, message("dense_1"));
  });
});

describe("getWeights and setWeights", () => {
  it("go from layer to layer, kernel before bias", () => {
    const model = new Sequential([
      layers.flatten({ inputShape: [2, 2] }),
      layers.dense({ units: 5, useBias: false }),
      layers.dropout({ rate: 0.5 }),
      layers.dense({ units: 3 }),
    ]);
    expect(model.getWeights().map(({ shape, dtype }) => [shape, dtype])).toEqual([
      [[4, 5], "float32"],
      [[5, 3], "float32"],
      [[3], "float32"],
    ]);
  });

  it("round trip, from every kind of array", () => {
    const model = new Sequential([layers.dense({ units: 3, inputShape: [2] })]);
    const kernel = [
      [1, 2, 3],
      [-4, 5, -6],
    ];
    for (const weights of [
      [kernel, [7, 8, 9]],
      [ndarray(Int8Array.from(kernel.flat()), [2, 3]), Uint8Array.of(7, 8, 9)],
      [ndarray(Float64Array.from(kernel.flat()), [2, 3]), Float32Array.of(7, 8, 9)],
    ]) {
      model.setWeights(weights);
      expect(model.getWeights().map(({ data }) => [...data])).toEqual([kernel.flat(), [7, 8, 9]]);
    }
    const [k, b] = [matrix(2, 3, 1), ndarray(Float32Array.of(-0, 1e-45, 3e38))];
    model.setWeights([k, b]);
    expectSameWeights(model.getWeights(), [k, b]);
  });

  it("copy: neither what they gave nor what they got is part of the model", async () => {
    const model = makeClassifier();
    const weights = model.getWeights();
    const kept = model.getWeights();
    for (const { data } of weights) data.fill(0);
    expectSameWeights(model.getWeights(), kept);
    model.setWeights(weights);
    for (const { data } of weights) data.fill(1);
    expect(model.getWeights().every(({ data }) => data.every((value) => value === 0))).toBe(true);
    const before = model.getWeights();
    await model.fit(x, y, { epochs: 3 });
    expect(before.every(({ data }) => data.every((value) => value === 0))).toBe(true);
  });
});

describe("predict", () => {
  it("gives a fresh array of the output's shape", async () => {
    const model = makeClassifier();
    const [first, second] = [await model.predict(x), await model.predict(x)];
    expect([first.shape, first.dtype]).toEqual([[6, 3], "float32"]);
    expect(second).toEqual(first);
    expect(second.data.buffer).not.toBe(first.data.buffer);
    expect(first.data.buffer.byteLength).toBe(6 * 3 * 4);
  });

  it("is not changed by what comes after", async () => {
    const model = makeClassifier();
    const first = await model.predict(x);
    const kept = bits([first]);
    await model.predict(matrix(300, 4, 5));
    await model.fit(x, y);
    expect(bits([first])).toEqual(kept);
  });

  it("of no sample is empty", async () => {
    const result = await makeClassifier().predict(matrix(0, 4, 1));
    expect(result).toEqual(ndarray(new Float32Array(0), [0, 3]));
  });

  it("is predictOnBatch", async () => {
    const model = makeClassifier();
    expect(await model.predictOnBatch(x)).toEqual(await model.predict(x));
  });

  it("drops nothing", async () => {
    for (const make of [layers.dropout, layers.alphaDropout]) {
      const model = new Sequential([make({ rate: 0.5, inputShape: [4] })]);
      expect(await model.predict(x)).toEqual(x);
    }
  });

  it("hands data through a model that only shapes it", async () => {
    const images = ndarray(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), [2, 2, 2]);
    const model = new Sequential([layers.flatten({ inputShape: [2, 2] })]);
    expect(await model.predict(images)).toEqual(ndarray(Float32Array.from(images.data), [2, 4]));
  });

  it("keeps its numbers, however often it is asked, behind a rescaling of odd width", async () => {
    const model = new Sequential([
      layers.rescaling({ scale: 4, offset: 1, inputShape: [3] }),
      layers.dense({ units: 2 }),
    ]);
    const rows = matrix(5, 3, 1);
    const first = await model.predict(rows);
    for (let i = 0; i < 100; i++) expect(await model.predict(rows)).toEqual(first);
  });
});

describe("trainOnBatch", () => {
  it("is a fit of one batch in order", async () => {
    const [model, twin] = [makeClassifier(), makeClassifier()];
    for (let step = 0; step < 3; step++) {
      const logs = await model.trainOnBatch(x, y);
      const { history } = await twin.fit(x, y, { shuffle: false });
      expect(logs).toEqual({ loss: history.loss?.[0], accuracy: history.accuracy?.[0] });
    }
    expectSameWeights(model.getWeights(), twin.getWeights());
  });
});

describe("compile", () => {
  it("starts the optimizer anew", async () => {
    const [model, twin] = [makeClassifier(), makeClassifier()];
    await model.fit(x, y, { epochs: 3 });
    twin.setWeights(model.getWeights());
    model.compile({ optimizer: "adam", loss: "categoricalCrossentropy", metrics: ["accuracy"] });
    expect(await model.fit(x, y)).toEqual(await twin.fit(x, y));
    expectSameWeights(model.getWeights(), twin.getWeights());
  });

  it("takes names of Keras and of TensorFlow.js, and objects", async () => {
    const runs = await Promise.all(
      [
        { optimizer: "adam", loss: "sparse_categorical_crossentropy" },
        { optimizer: optimizers.adam(), loss: "sparseCategoricalCrossentropy" },
      ].map((options) => makeClassifier(options).fit(x, labels)),
    );
    expect(runs[0]).toEqual(runs[1]);
  });

  it("learns the same from class numbers as from one-hot rows", async () => {
    const [dense, sparse] = [makeClassifier(), makeClassifier({ loss: "sparseCategoricalCrossentropy" })];
    const histories = [await dense.fit(x, y), await sparse.fit(x, labels), await sparse.evaluate(x, labels)];
    expect(histories[1]).toEqual(histories[0]);
    expect(histories[2]).toEqual(await dense.evaluate(x, y));
    expectSameWeights(sparse.getWeights(), dense.getWeights());
  });

  it("lets the learning rate change between fits and within", async () => {
    const optimizer = optimizers.sgd({ learningRate: 0 });
    const model = makeClassifier({ optimizer });
    const before = model.getWeights();
    await model.fit(x, y);
    expectSameWeights(model.getWeights(), before);
    const onBatchBegin = () => {
      optimizer.learningRate = 0.1;
    };
    await model.fit(x, y, { callbacks: { onBatchBegin } });
    expect(bits(model.getWeights())).not.toEqual(bits(before));
  });
});

describe("precision", () => {
  it("relaxed is near exact", async () => {
    const stack = () => [
      layers.dense({ units: 40, activation: "tanh" as const, inputShape: [4] }),
      layers.dense({ units: 3 }),
    ];
    const [exact, relaxed] = [
      new Sequential(stack(), { seed: 1 }),
      new Sequential(stack(), { seed: 1, precision: "relaxed" }),
    ];
    expectSameWeights(relaxed.getWeights(), exact.getWeights());
    const [expected, actual] = await Promise.all([exact.predict(x), relaxed.predict(x)]);
    actual.data.forEach((value, i) => {
      expect(value).toBeCloseTo(expected.data[i] as number, 5);
    });
  });
});
