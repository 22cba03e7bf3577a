/** Data that does not fit: the error says where, what was expected and what came, and the model is as it was. */
import { describe, expect, it } from "vitest";
import { type ArrayInput, type NDArray, ndarray, type Sequential, ShapeError } from "../../src/index.js";
import { labels, makeClassifier, x, y } from "../helpers/classifier.js";
import { matrix } from "../helpers/data.js";
import { expectFailure, expectHarmlessFailure, type Refused } from "../helpers/failure.js";

const noArray = "expected an NDArray, a typed array or nested arrays of numbers";

/** x for a model that takes [?, 4]. */
const badInputs: readonly Refused[] = [
  ["too wide", matrix(6, 5, 1), ShapeError, "x: expected shape [?, 4], got [6, 5]"],
  ["of a rank too many", ndarray(x.data, [6, 2, 2]), ShapeError, "x: expected shape [?, 4], got [6, 2, 2]"],
  ["a vector", x.data, ShapeError, "x: expected shape [?, 4], got [24]"],
  ["a scalar", ndarray(new Float32Array(1), []), ShapeError, "x: expected shape [?, 4], got []"],
  ["an empty array", [], ShapeError, "x: expected shape [?, 4], got [0]"],
  [
    "ragged",
    [
      [1, 2, 3, 4],
      [1, 2, 3],
    ],
    ShapeError,
    "x: nested arrays must be rectangular: expected 4 at depth 1, got 3",
  ],
  ["half nested", [[1, 2, 3, 4], 5], ShapeError, "x: nested arrays must be rectangular: expected 4 at depth 1, got 5"],
  ["nested texts", [["1", 2, 3, 4]], TypeError, 'x: expected numbers, got "1"'],
  ["nested nothing", [[null, 2, 3, 4]], TypeError, "x: expected numbers, got null"],
  ["null", null, TypeError, `x: ${noArray}, got null`],
  ["undefined", undefined, TypeError, `x: ${noArray}, got undefined`],
  ["a text", "0,0,0,0", TypeError, `x: ${noArray}, got "0,0,0,0"`],
  ["a number", 5, TypeError, `x: ${noArray}, got 5`],
  ["a function", () => x, TypeError, `x: ${noArray}, got a function`],
  ["a Map", new Map(), TypeError, `x: ${noArray}, got Map`],
  ["big integers", new BigInt64Array(24), TypeError, `x: ${noArray}, got BigInt64Array`],
  ["a DataView", new DataView(new ArrayBuffer(96)), TypeError, `x: ${noArray}, got DataView`],
  ["an array-like", { data: [1, 2, 3, 4], shape: [1, 4] }, TypeError, `x: ${noArray}, got Object`],
  [
    "of another shape than it says",
    { data: x.data.subarray(1), shape: [6, 4], dtype: "float32" },
    ShapeError,
    "x: shape [6, 4] does not fit 23 elements",
  ],
  ["NaN", spoiled(x, 22, Number.NaN), RangeError, "x: expected finite numbers, got NaN in row 5, column 2"],
  ["Infinity", spoiled(x, 0, Infinity), RangeError, "x: expected finite numbers, got Infinity in row 0, column 0"],
  ["-Infinity", spoiled(x, 7, -Infinity), RangeError, "x: expected finite numbers, got -Infinity in row 1, column 3"],
  [
    "too large for float32",
    ndarray(Float64Array.from(x.data).with(5, 1e39), [6, 4]),
    RangeError,
    "x: expected finite numbers, got 1e+39, which float32 can't hold, in row 1, column 1",
  ],
];

/** y for six samples and three outputs. */
const badTargets: readonly Refused[] = [
  ["too few", matrix(5, 3, 1), ShapeError, "y: expected as many targets as samples, 6, got 5"],
  ["too many", matrix(7, 3, 1), ShapeError, "y: expected as many targets as samples, 6, got 7"],
  ["none", [], ShapeError, "y: expected as many targets as samples, 6, got 0"],
  ["a scalar", ndarray(new Float32Array(1), []), ShapeError, "y: expected as many targets as samples, 6, got a scalar"],
  ["too narrow", matrix(6, 2, 1), ShapeError, "y: expected shape [6, 3], got [6, 2]"],
  [
    "class numbers",
    labels,
    ShapeError,
    "y: expected shape [6, 3], got [6]; oneHot() makes it from class numbers, or use the loss 'sparseCategoricalCrossentropy'",
  ],
  ["null", null, TypeError, `y: ${noArray}, got null`],
  ["a Map", new Map(), TypeError, `y: ${noArray}, got Map`],
  ["NaN", spoiled(y, 5, Number.NaN), RangeError, "y: expected finite numbers, got NaN in row 1, column 2"],
  ["Infinity", spoiled(y, 17, Infinity), RangeError, "y: expected finite numbers, got Infinity in row 5, column 2"],
  [
    "too large for float32",
    ndarray(Float64Array.from(y.data).with(3, 1e39), [6, 3]),
    RangeError,
    "y: expected finite numbers, got 1e+39, which float32 can't hold, in row 1, column 0",
  ],
];

const badLabels: readonly Refused[] = [
  ["too high", [0, 1, 3, 0, 1, 2], RangeError, "y: expected class numbers from 0 to 2, got 3 in row 2"],
  ["negative", [-1, 1, 2, 0, 1, 2], RangeError, "y: expected class numbers from 0 to 2, got -1 in row 0"],
  ["halves", [0, 1, 2, 0, 1, 0.5], RangeError, "y: expected class numbers from 0 to 2, got 0.5 in row 5"],
  ["NaN", [0, Number.NaN, 2, 0, 1, 2], RangeError, "y: expected class numbers from 0 to 2, got NaN in row 1"],
  ["one-hot rows", y, ShapeError, "y: expected shape [6] or [6, 1], got [6, 3]"],
];

describe.each(["fit", "evaluate", "trainOnBatch"] as const)("%s refuses", (method) => {
  it.each(badInputs)("x that is %s", async (_, value, error, message) => {
    const call = (model: Sequential) => model[method](value as ArrayInput, y);
    await expectHarmlessFailure(makeClassifier, call, error, message);
  });

  it.each(badTargets)("y that is %s", async (_, value, error, message) => {
    const call = (model: Sequential) => model[method](x, value as ArrayInput);
    await expectHarmlessFailure(makeClassifier, call, error, message);
  });

  it.each(badLabels)("class numbers that are %s", async (_, value, error, message) => {
    const make = () => makeClassifier({ loss: "sparseCategoricalCrossentropy" });
    const call = (model: Sequential) => model[method](x, value as ArrayInput);
    await expectHarmlessFailure(make, call, error, message, (model) => model.fit(x, labels));
  });

  it("data without a sample", async () => {
    const call = (model: Sequential) => model[method](matrix(0, 4, 1), matrix(0, 3, 1));
    await expectHarmlessFailure(makeClassifier, call, ShapeError, "x: expected at least one sample, got none");
  });
});

describe("predict refuses", () => {
  it.each(badInputs)("x that is %s", async (_, value, error, message) => {
    const call = (model: Sequential) => model.predict(value as ArrayInput);
    await expectHarmlessFailure(makeClassifier, call, error, message, (model) => model.predict(x));
  });

  it("a value behind many good ones, and predicts the good ones after", async () => {
    const many = matrix(300, 4, 2);
    const model = makeClassifier();
    const expected = await model.predict(many);
    const message = "x: expected finite numbers, got NaN in row 299, column 3";
    await expectFailure(() => model.predict(spoiled(many, 1199, Number.NaN)), RangeError, message);
    expect(await model.predict(many)).toEqual(expected);
  });
});

describe("fit refuses validation data", () => {
  it.each<Refused>([
    ["x of another shape", [matrix(6, 5, 1), y], ShapeError, "validationData[0]: expected shape [?, 4], got [6, 5]"],
    ["y of another shape", [x, matrix(6, 2, 1)], ShapeError, "validationData[1]: expected shape [6, 3], got [6, 2]"],
    [
      "none",
      [matrix(0, 4, 1), matrix(0, 3, 1)],
      ShapeError,
      "validationData[0]: expected at least one sample, got none",
    ],
    ["texts", ["x", y], TypeError, `validationData[0]: ${noArray}, got "x"`],
    [
      "NaN in x",
      [spoiled(x, 4, Number.NaN), y],
      RangeError,
      "validationData[0]: expected finite numbers, got NaN in row 1, column 0",
    ],
    [
      "NaN in y",
      [x, spoiled(y, 4, Number.NaN)],
      RangeError,
      "validationData[1]: expected finite numbers, got NaN in row 1, column 1",
    ],
    ["x alone", [x], TypeError, "fit: validationData: expected [x, y] or [x, y, sampleWeight], got an array of 1"],
    ["an object", { x, y }, TypeError, "fit: validationData: expected [x, y] or [x, y, sampleWeight], got Object"],
  ])("that is %s", async (_, value, error, message) => {
    const call = (model: Sequential) => model.fit(x, y, { validationData: value as [ArrayInput, ArrayInput] });
    await expectHarmlessFailure(makeClassifier, call, error, message);
  });
});

function spoiled({ data, shape }: NDArray<Float32Array>, index: number, value: number): NDArray {
  return ndarray(data.with(index, value), shape);
}
