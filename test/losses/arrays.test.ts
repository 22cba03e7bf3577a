/** Losses of host arrays: ranks, axes, weights, and what is refused. (Values: keras.test.ts.) */
import { describe, expect, it } from "vitest";
import { toNDArray } from "../../src/arrays.js";
import { type ArrayInput, losses, ndarray, ShapeError } from "../../src/index.js";
import { matrix, numbers } from "../helpers/data.js";
import { expectFailure, wrong } from "../helpers/failure.js";

const yTrue = numbers(24, 1, 0, 1);
const yPred = numbers(24, 2, 0.1, 0.9);
const at = (shape: readonly number[]) => [ndarray(yTrue, shape), ndarray(yPred, shape)] as const;
const none = { reduction: "none" } as const;

describe("rows", () => {
  it.each([[[24]], [[4, 6]], [[2, 2, 6]], [[1, 2, 2, 6]], [[2, 3, 4, 1]]])("of %j lie along the last axis", (shape) => {
    const values = losses.meanAbsoluteError(...at(shape), none);
    const width = shape.at(-1) as number;
    expect(values.shape).toEqual(shape.slice(0, -1));
    values.data.forEach((value, row) => {
      let sum = 0;
      for (let i = row * width; i < (row + 1) * width; i++)
        sum += Math.abs((yPred[i] as number) - (yTrue[i] as number));
      expect(value).toBeCloseTo(sum / width, 6);
    });
    const mean = values.data.reduce((sum, value) => sum + value, 0) / values.data.length;
    expect(losses.meanAbsoluteError(...at(shape))).toBeCloseTo(mean, 6);
  });

  it.each([0, 1, 2, -1, -2, -3])("lie along axis %i", (axis) => {
    const shape = [2, 3, 4];
    const last = axis < 0 ? axis + 3 : axis;
    const order = [0, 1, 2].filter((one) => one !== last).concat(last);
    const moved = (data: Float32Array) => {
      const out: number[] = [];
      const [a = 0, b = 0, c = 0] = order.map((one) => shape[one] as number);
      const step = [12, 4, 1];
      const [sa = 0, sb = 0, sc = 0] = order.map((one) => step[one] as number);
      for (let i = 0; i < a; i++)
        for (let j = 0; j < b; j++) for (let k = 0; k < c; k++) out.push(data[i * sa + j * sb + k * sc] as number);
      return ndarray(Float32Array.from(out), [a, b, c]);
    };
    for (const loss of [
      losses.binaryCrossentropy,
      losses.categoricalCrossentropy,
      losses.cosineSimilarity,
      losses.dice,
    ]) {
      const values = loss(...at(shape), { axis, ...none });
      expect(values).toEqual(loss(moved(yTrue), moved(yPred), { axis: -1, ...none }));
      expect(values.shape).toEqual(shape.filter((_, one) => one !== last));
    }
  });

  it("of one axis less for class numbers", () => {
    const labels = ndarray(Int32Array.of(0, 5, 2, 3), [2, 2]);
    const expected = losses.sparseCategoricalCrossentropy(labels, at([2, 2, 6])[1], none);
    expect(expected.shape).toEqual([2, 2]);
    const column = ndarray(labels.data, [2, 2, 1]);
    expect(losses.sparseCategoricalCrossentropy(column, at([2, 2, 6])[1], none)).toEqual(expected);
  });

  it("that are single numbers may lack their axis", () => {
    const expected = losses.mse(...at([24, 1]));
    expect(losses.mse(yTrue, ndarray(yPred, [24, 1]))).toBe(expected);
    expect(losses.mse(ndarray(yTrue, [24, 1]), yPred)).toBe(expected);
    expect(losses.mse(ndarray(yTrue, [2, 12, 1]), ndarray(yPred, [2, 12]))).toBe(losses.mse(...at([2, 12])));
  });

  it("of integers, booleans and doubles are taken as float32", () => {
    const bits = Uint8Array.of(0, 1, 1, 0);
    const expected = losses.binaryCrossentropy(Float32Array.from(bits), [0.1, 0.7, 0.8, 0.2]);
    expect(losses.binaryCrossentropy({ data: bits, shape: [4], dtype: "bool" }, [0.1, 0.7, 0.8, 0.2])).toBe(expected);
    expect(losses.binaryCrossentropy(bits, Float64Array.of(0.1, 0.7, 0.8, 0.2))).toBe(expected);
  });

  it("that there are none of have the loss 0", () => {
    expect(losses.mse(ndarray(new Float32Array(0), [0, 3]), ndarray(new Float32Array(0), [0, 3]))).toBe(0);
  });
});

describe("weights", () => {
  const [y, p] = at([2, 3, 4]);
  const values = losses.mse(y, p, none).data;
  const weighted = (weights: readonly number[]) => weights.map((weight, i) => weight * (values[i] as number));

  it.each<[string, ArrayInput | number, readonly number[], readonly number[]]>([
    ["one for all", 2, [2, 2, 2, 2, 2, 2], [2, 3]],
    [
      "one per row",
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [1, 2, 3, 4, 5, 6],
      [2, 3],
    ],
    [
      "one per row and a last axis of 1",
      ndarray(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3, 1]),
      [1, 2, 3, 4, 5, 6],
      [2, 3],
    ],
    ["one per sample", [[2], [3]], [2, 2, 2, 3, 3, 3], [2, 3]],
    ["one per step", [[1, 0, 2]], [1, 0, 2, 1, 0, 2], [2, 3]],
  ])("%s broadcast", (_, sampleWeight, expected, shape) => {
    const each = losses.mse(y, p, { ...none, sampleWeight });
    expect(each.shape).toEqual(shape);
    for (const [i, value] of weighted(expected).entries()) expect(each.data[i]).toBeCloseTo(value, 6);
    const sum = weighted(expected).reduce((a, b) => a + b, 0);
    // Of the weights as they are given
    const given = typeof sampleWeight === "number" ? [sampleWeight] : Array.from(toNDArray(sampleWeight).data);
    const total = given.reduce((a, b) => a + b, 0);
    expect(losses.mse(y, p, { sampleWeight })).toBeCloseTo(sum / 6, 6);
    expect(losses.mse(y, p, { sampleWeight, reduction: "mean_with_sample_weight" })).toBeCloseTo(sum / total, 6);
    expect(losses.mse(y, p, { sampleWeight, reduction: "sum" })).toBeCloseTo(sum, 5);
  });

  it("that are all 0 give 0, not NaN", () => {
    expect(losses.mse(y, p, { sampleWeight: 0, reduction: "meanWithSampleWeight" })).toBe(0);
  });

  it("of a batch with one loss weigh it, and none of them leaves it as it is for every reduction", () => {
    const [a, b] = at([4, 6]);
    const value = losses.dice(a, b);
    expect(losses.dice(a, b, { reduction: "sum" })).toBe(value);
    expect(losses.dice(a, b, { sampleWeight: [1, 2, 3, 4] })).toBeCloseTo(2.5 * value, 6);
    expect(losses.dice(a, b, none).shape).toEqual([]);
  });

  it("of a single loss weigh it for every reduction", () => {
    const value = losses.mae([1, 2], [2, 5]);
    for (const reduction of ["mean", "sum", "meanWithSampleWeight"]) {
      expect(losses.mae([1, 2], [2, 5], { sampleWeight: 3, reduction })).toBe(3 * value);
    }
  });

  it("and rows left out multiply", () => {
    const logits = matrix(4, 3, 5);
    const loss = losses.sparseCategoricalCrossentropy({ fromLogits: true, ignoreClass: -1 });
    const each = losses.sparseCategoricalCrossentropy([0, 1, 2, 0], logits, { fromLogits: true, ...none }).data;
    const sum = 2 * (each[0] as number) + 4 * (each[2] as number);
    expect(loss([0, -1, 2, -1], logits, { sampleWeight: [2, 3, 4, 5] })).toBeCloseTo(sum / 2, 5);
  });
});

describe("refused", () => {
  const [y, p] = at([4, 6]);
  it.each<[string, () => unknown, new (message: string) => Error, string]>([
    [
      "targets of another shape",
      () => losses.mse(at([6, 4])[0], p),
      ShapeError,
      "yTrue: expected shape [4, 6], got [6, 4]",
    ],
    [
      "class numbers of another shape",
      () => losses.sparseCategoricalCrossentropy([1, 2], p),
      ShapeError,
      "yTrue: expected shape [4] or [4, 1], got [2]",
    ],
    [
      "a class that there is not",
      () => losses.sparseCategoricalCrossentropy([1, 2, 6, 0], p),
      RangeError,
      "yTrue: expected class numbers from 0 to 5, got 6 in row 2",
    ],
    [
      "weights that do not broadcast",
      () => losses.mse(y, p, { sampleWeight: [1, 2, 3] }),
      ShapeError,
      "sampleWeight: expected a shape that broadcasts to [4], got [3]",
    ],
    [
      "weights that are a text",
      () => losses.mse(y, p, { sampleWeight: wrong("balanced") }),
      TypeError,
      'sampleWeight: expected a number or an array, got "balanced"',
    ],
    [
      "an axis that there is not",
      () => losses.cosineSimilarity(y, p, { axis: 2 }),
      RangeError,
      "cosineSimilarity: axis: expected one of an array of rank 2, got 2",
    ],
    [
      "targets alone",
      () => losses.mse(wrong(y)),
      TypeError,
      "yPred: expected an NDArray, a typed array or nested arrays of numbers, got undefined",
    ],
    [
      "an unknown reduction",
      () => losses.mse({ reduction: "median" }),
      RangeError,
      "meanSquaredError: reduction: expected 'sumOverBatchSize', 'meanWithSampleWeight', 'sum', 'none' or 'mean', got \"median\"",
    ],
    [
      "a misspelt option",
      () => losses.huber(wrong({ Delta: 2 })),
      TypeError,
      "huber: unknown option 'Delta'; known: delta, reduction",
    ],
    ["a delta of 0", () => losses.huber({ delta: 0 }), RangeError, "huber: delta: expected a number above 0, got 0"],
    [
      "too much smoothing",
      () => losses.binaryCrossentropy({ labelSmoothing: 1.5 }),
      RangeError,
      "binaryCrossentropy: labelSmoothing: expected a number in [0, 1], got 1.5",
    ],
    [
      "an axis that is no integer",
      () => losses.dice({ axis: 0.5 }),
      RangeError,
      "dice: axis: expected an integer of at least -9007199254740991, got 0.5",
    ],
    [
      "alphas for other classes",
      () => losses.categoricalFocalCrossentropy(y, p, { alpha: [1, 2] }),
      ShapeError,
      "categoricalFocalCrossentropy: alpha: expected one for each of 6 classes, got 2",
    ],
    [
      "embeddings in a volume",
      () => losses.circle([1, 2], at([2, 3, 4])[1]),
      ShapeError,
      "yTrue: expected shape [2, 3] or [2, 3, 1], got [2]",
    ],
  ])("%s", async (_, call, error, message) => {
    await expectFailure(call, error, message);
  });
});

it("a list of alphas weighs the classes", () => {
  const [y, p] = at([4, 6]);
  const alpha = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
  const scaled = ndarray(
    yTrue.map((value, i) => value * (alpha[i % 6] as number)),
    [4, 6],
  );
  for (const fromLogits of [true, false]) {
    const expected = losses.categoricalFocalCrossentropy(scaled, p, { alpha: 1, fromLogits });
    expect(losses.categoricalFocalCrossentropy(y, p, { alpha, fromLogits })).toBeCloseTo(expected, 6);
  }
});
