/** Weights of samples and classes: what they do to losses, gradients and figures, and what is refused. */
import { describe, expect, it } from "vitest";
import { layers, losses, ndarray, oneHot, optimizers, Sequential, ShapeError } from "../../src/index.js";
import { classNumbers, matrix, numbers } from "../helpers/data.js";
import { expectHarmlessFailure, type Refused, wrong } from "../helpers/failure.js";
import { expectSameWeights } from "../helpers/weights.js";

const ROWS = 13;
const x = matrix(ROWS, 5, 1);
const labels = classNumbers(ROWS, 3, 2);
const y = oneHot(labels, 3);
const weights = numbers(ROWS, 3, 0, 2);

function make(learningRate = 0.5, loss: Parameters<Sequential["compile"]>[0]["loss"] = "categoricalCrossentropy") {
  const model = new Sequential([layers.dense({ units: 3, activation: "softmax", inputShape: [5] })], { seed: 4 });
  model.compile({ optimizer: optimizers.sgd({ learningRate }), loss, metrics: ["accuracy"] });
  return model;
}

/** The loss of each sample alone. */
async function lossesOf(model: Sequential): Promise<number[]> {
  const each: number[] = [];
  for (let row = 0; row < ROWS; row++) {
    const logs = await model.evaluate([[...x.data.subarray(row * 5, row * 5 + 5)]], oneHot([labels[row] as number], 3));
    each.push(logs.loss as number);
  }
  return each;
}

const total = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + value, 0);

describe("a sample's weight", () => {
  it.each([
    ["sumOverBatchSize", ROWS],
    ["meanWithSampleWeight", total(weights)],
    ["sum", 1],
  ] as const)("multiplies its loss, before the reduction %s", async (reduction, divisor) => {
    const model = make(0.5, losses.categoricalCrossentropy({ reduction }));
    const each = await lossesOf(make());
    const weighted = total(each.map((loss, row) => loss * (weights[row] as number)));
    for (const sampleWeight of [weights, [...weights], ndarray(weights, [ROWS, 1])]) {
      const { loss } = await model.evaluate(x, y, { sampleWeight });
      expect(loss).toBeCloseTo(weighted / divisor, 5);
    }
  });

  it("multiplies its gradient: 2 for all is twice the learning rate, to the bit", async () => {
    const [once, twice] = [make(0.5), make(0.25)];
    await once.fit(x, y, { epochs: 3, batchSize: 4, seed: 1 });
    await twice.fit(x, y, { epochs: 3, batchSize: 4, seed: 1, sampleWeight: new Float32Array(ROWS).fill(2) });
    expectSameWeights(twice.getWeights(), once.getWeights());
  });

  it("of 1 changes no bit, and of 0 leaves the sample out of the sum", async () => {
    const [plain, ones] = [make(), make()];
    const history = await plain.fit(x, y, { epochs: 2, seed: 1 });
    expect(await ones.fit(x, y, { epochs: 2, seed: 1, sampleWeight: new Float32Array(ROWS).fill(1) })).toEqual(history);
    expectSameWeights(ones.getWeights(), plain.getWeights());

    const [part, zeros] = [make(0.5, losses.mse({ reduction: "sum" })), make(0.5, losses.mse({ reduction: "sum" }))];
    const first = (rows: number, { data }: typeof x, width: number) =>
      ndarray(data.slice(0, rows * width), [rows, width]);
    await part.trainOnBatch(first(5, x, 5), first(5, y, 3));
    await zeros.trainOnBatch(x, y, { sampleWeight: weights.map((_, row) => (row < 5 ? 1 : 0)) });
    for (const [i, { data }] of part.getWeights().entries()) {
      for (const [j, value] of data.entries()) expect(zeros.getWeights()[i]?.data[j]).toBeCloseTo(value, 6);
    }
  });

  it("goes with its sample through shuffling, and does not count in metrics", async () => {
    const [inOrder, shuffled] = [make(0), make(0)];
    const options = { batchSize: 5, sampleWeight: weights };
    const { history } = await inOrder.fit(x, y, { ...options, shuffle: false });
    const other = (await shuffled.fit(x, y, { ...options, seed: 8 })).history;
    expect(other.loss?.[0]).toBeCloseTo(history.loss?.[0] as number, 5);
    const { loss, accuracy } = await inOrder.evaluate(x, y);
    expect(Math.abs((loss as number) - (history.loss?.[0] as number))).toBeGreaterThan(1e-3);
    expect(history.accuracy?.[0]).toBeCloseTo(accuracy as number, 6);
  });
});

describe("a class's weight", () => {
  it.each([
    ["class numbers", "sparseCategoricalCrossentropy", labels],
    ["one-hot targets", "categoricalCrossentropy", y],
  ])("is that of each of its samples, of %s; a missing class counts 1", async (_, loss, targets) => {
    const classWeight = { 0: 3, 2: 0.5 };
    const perSample = Float32Array.from(labels, (label) => [3, 1, 0.5][label] as number);
    const [byClass, bySample] = [make(0.5, loss), make(0.5, loss)];
    expect(await byClass.fit(x, targets, { seed: 1, classWeight })).toEqual(
      await bySample.fit(x, targets, { seed: 1, sampleWeight: perSample }),
    );
    expect(await byClass.trainOnBatch(x, targets, { classWeight, sampleWeight: weights })).toEqual(
      await bySample.trainOnBatch(x, targets, {
        sampleWeight: perSample.map((w, row) => w * (weights[row] as number)),
      }),
    );
    expectSameWeights(byClass.getWeights(), bySample.getWeights());
  });

  it("does not count in validation, where a sample's does", async () => {
    const model = make(0);
    const options = { classWeight: { 0: 5, 1: 7 }, validationData: [x, y] as const };
    const val = async (more: object) => (await model.fit(x, y, { ...options, ...more })).history.val_loss?.[0];
    expect(await val({})).toBe((await model.evaluate(x, y)).loss);
    const { loss } = await model.evaluate(x, y, { sampleWeight: weights });
    expect(await val({ validationData: [x, y, weights] })).toBe(loss);
  });

  it("validationSplit takes weights with the samples", async () => {
    const model = make(0);
    const { history } = await model.fit(x, y, { validationSplit: 0.4, sampleWeight: weights });
    const at = Math.floor(ROWS * 0.6);
    const part = (data: Float32Array, width: number) => ndarray(data.slice(at * width), [ROWS - at, width]);
    const logs = await model.evaluate(part(x.data, 5), part(y.data, 3), { sampleWeight: weights.slice(at) });
    expect(history.val_loss?.[0]).toBe(logs.loss);
  });
});

describe("refused", () => {
  it.each<Refused>([
    [
      "too few weights",
      { sampleWeight: [1, 2] },
      ShapeError,
      "fit: sampleWeight: expected shape [13] or [13, 1], got [2]",
    ],
    [
      "a weight for each value",
      { sampleWeight: x },
      ShapeError,
      "fit: sampleWeight: expected shape [13] or [13, 1], got [13, 5]",
    ],
    [
      "a weight that is infinite",
      { sampleWeight: weights.map(() => Infinity) },
      RangeError,
      "fit: sampleWeight: expected a finite number, got Infinity",
    ],
    [
      "a text",
      { sampleWeight: "balanced" },
      TypeError,
      'fit: sampleWeight: expected an NDArray, a typed array or nested arrays of numbers, got "balanced"',
    ],
    [
      "class weights in an array",
      { classWeight: [1, 2, 3] },
      TypeError,
      "fit: classWeight: expected an object from class numbers to weights, got an array of 3",
    ],
    [
      "a class with a name",
      { classWeight: { cat: 2 } },
      RangeError,
      "fit: classWeight: expected class numbers, got 'cat'",
    ],
    [
      "a class weight that is none",
      { classWeight: { 1: "2" } },
      TypeError,
      'fit: classWeight: 1: expected a finite number, got "2"',
    ],
    [
      "validation weights of another length",
      { validationData: [x, y, [1]] },
      ShapeError,
      "validationData[2]: expected shape [13] or [13, 1], got [1]",
    ],
  ])("%s", async (_, options, error, message) => {
    await expectHarmlessFailure(
      () => make(),
      (model) => model.fit(x, y, wrong(options)),
      error,
      message,
      (model) => model.fit(x, y),
    );
  });
});
