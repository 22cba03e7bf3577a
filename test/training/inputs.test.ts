/** Every form in which data may come gives the same model. */
import { describe, expect, it } from "vitest";
import { type ArrayInput, layers, ndarray, rescale, Sequential } from "../../src/index.js";
import { classNumbers, hash } from "../helpers/data.js";
import { bits, expectSameWeights } from "../helpers/weights.js";

/** Whole numbers from 0 to 100, which every type of array can hold. */
const values = Array.from({ length: 40 * 5 }, (_, i) => hash(i, 1) % 101);
const nested = Array.from({ length: 40 }, (_, row) => values.slice(row * 5, row * 5 + 5));
const labels = classNumbers(40, 3, 2);

const forms: readonly (readonly [string, ArrayInput])[] = [
  ["nested arrays", nested],
  ...[
    Float32Array,
    Float64Array,
    Int8Array,
    Int16Array,
    Int32Array,
    Uint8Array,
    Uint8ClampedArray,
    Uint16Array,
    Uint32Array,
  ].map((type) => [type.name, ndarray(type.from(values), [40, 5])] as const),
  ["part of a larger buffer", ndarray(Float64Array.from([9, ...values, 9]).subarray(1, -1), [40, 5])],
  ["a plain object", { data: Float32Array.from(values), shape: [40, 5], dtype: "float32" }],
];

const targetForms: readonly (readonly [string, ArrayInput])[] = [
  ["a Uint8Array", labels],
  ["an array", [...labels]],
  ["a Float64Array", Float64Array.from(labels)],
  ["an Int32Array", Int32Array.from(labels)],
  ["a column", ndarray(labels, [40, 1])],
  ["a nested column", Array.from(labels, (label) => [label])],
];

describe("x", () => {
  it.each(forms)("as %s trains, measures and predicts the same", async (_, form) => {
    const [model, twin] = [makeModel(), makeModel()];
    const plain = ndarray(Float32Array.from(values), [40, 5]);
    expect(await model.fit(form, labels, { validationSplit: 0.25 })).toEqual(
      await twin.fit(plain, labels, { validationSplit: 0.25 }),
    );
    expectSameWeights(model.getWeights(), twin.getWeights());
    expect(await model.evaluate(form, labels)).toEqual(await twin.evaluate(plain, labels));
    expect(await model.predict(form)).toEqual(await twin.predict(plain));
  });

  it("in float64 is rounded to float32 once", async () => {
    const [model, twin] = [makeModel(), makeModel()];
    const thirds = Float64Array.from(values, (value) => value / 3);
    await model.fit(ndarray(thirds, [40, 5]), labels);
    await twin.fit(ndarray(Float32Array.from(thirds), [40, 5]), labels);
    expectSameWeights(model.getWeights(), twin.getWeights());
  });
});

describe("y", () => {
  it.each(targetForms)("as %s trains and measures the same", async (_, form) => {
    const [model, twin] = [makeModel(), makeModel()];
    const [x, validationSplit] = [nested, 0.25];
    expect(await model.fit(x, form, { validationSplit })).toEqual(await twin.fit(x, labels, { validationSplit }));
    expectSameWeights(model.getWeights(), twin.getWeights());
    expect(await model.evaluate(x, form)).toEqual(await twin.evaluate(x, labels));
  });

  it("of a single output may be a vector or a column", async () => {
    const y = values.slice(0, 40);
    const histories = await Promise.all(
      [y, y.map((value) => [value]), Uint8Array.from(y), ndarray(Float32Array.from(y), [40, 1])].map((form) => {
        const model = new Sequential([layers.dense({ units: 1, inputShape: [5] })], { seed: 1 });
        model.compile({ optimizer: "adam", loss: "mse" });
        return model.fit(nested, form);
      }),
    );
    for (const history of histories) expect(history).toEqual(histories[0]);
  });
});

describe("images of bytes", () => {
  const images = ndarray(
    Uint8Array.from({ length: 300 * 12 }, (_, i) => hash(i, 5) % 256),
    [300, 3, 4],
  );
  const classes = classNumbers(300, 3, 2);
  const behind = (scale: number, offset: number) => {
    const [front, plain] = [
      layers.rescaling({ scale, offset, inputShape: [3, 4] }),
      layers.flatten({ inputShape: [3, 4] }),
    ];
    return [makeModel([front, layers.flatten()]), makeModel([plain])] as const;
  };

  // A scale that is a power of two rounds nothing
  it.each([
    [1 / 256, 0],
    [1 / 128, -1],
  ])("rescaled by a layer (%d, %d) are those rescaled before, to the bit", async (scale, offset) => {
    const [model, twin] = behind(scale, offset);
    const scaled = rescale(images, scale, offset);
    await model.fit(images, classes, { epochs: 2 });
    await twin.fit(scaled, classes, { epochs: 2 });
    expectSameWeights(model.getWeights(), twin.getWeights());
    expect(bits([await model.predict(images)])).toEqual(bits([await twin.predict(scaled)]));
    expect(await model.evaluate(images, classes)).toEqual(await twin.evaluate(scaled, classes));
  });

  it.each([
    [1 / 255, 0],
    [1 / 127.5, -1],
  ])("rescaled by a layer (%d, %d) are those rescaled before, to a rounding", async (scale, offset) => {
    const layer = new Sequential([layers.rescaling({ scale, offset, inputShape: [3, 4] })]);
    const [actual, expected] = [await layer.predict(images), rescale(images, scale, offset)];
    expect(actual.shape).toEqual(expected.shape);
    const furthest = actual.data.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - (expected.data[i] as number))),
      0,
    );
    expect(furthest).toBeLessThanOrEqual(2 ** -23);
  });
});

function makeModel(front = [layers.rescaling({ scale: 1 / 128, inputShape: [5] })]): Sequential {
  const model = new Sequential([...front, layers.dense({ units: 3, activation: "softmax" })], { seed: 1 });
  model.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  return model;
}
