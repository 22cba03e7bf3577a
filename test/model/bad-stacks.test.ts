/** Layers that do not fit together, weights that do not fit the layers, and sizes that fit no memory. */
import { describe, expect, it, vi } from "vitest";
import {
  type ArrayInput,
  LanewiseError,
  type Layer,
  layers,
  ndarray,
  Sequential,
  ShapeError,
} from "../../src/index.js";
import { makeClassifier, x, y } from "../helpers/classifier.js";
import { matrix } from "../helpers/data.js";
import { errorOf, expectFailure, expectHarmlessFailure, type Refused, wrong } from "../helpers/failure.js";
import { expectSameWeights } from "../helpers/weights.js";

const dense = (units: number, inputShape?: readonly number[], name?: string): Layer =>
  layers.dense({ units, ...(inputShape && { inputShape }), ...(name && { name }) });

describe("a model is refused", () => {
  it.each<Refused>([
    [
      "of a dense layer over single numbers",
      [dense(8, [])],
      ShapeError,
      "Dense(8): expected samples of shape [width], got single numbers",
    ],
    [
      "with an inputShape in between that is not so",
      [dense(8, [4]), dense(3, [9])],
      ShapeError,
      "dense_1: inputShape [9] was given, but the layer before gives [8]",
    ],
    ["with a name twice", [dense(8, [4], "a"), dense(3, undefined, "a")], RangeError, "two layers have the name 'a'"],
    ["of text", "dense", TypeError, 'Sequential: expected an array of layers, got "dense"'],
    ["of numbers", [5], TypeError, noLayer("5")],
    ["of nothing", [null], TypeError, noLayer("null")],
    ["of layers that are not made yet", [layers.flatten], TypeError, noLayer("a function")],
  ])("%s", async (_, stack, error, message) => {
    await expectFailure(() => new Sequential(stack as readonly Layer[]), error, message);
  });

  it.each<Refused>([
    [
      "with a misspelt option",
      { sede: 1 },
      TypeError,
      "Sequential: unknown option 'sede'; known: name, seed, precision",
    ],
    ["with the seed -1", { seed: -1 }, RangeError, "Sequential: seed: expected an integer from 0 to 2^53 - 1, got -1"],
    ["with a text as seed", { seed: "7" }, TypeError, 'Sequential: seed: expected a number, got "7"'],
    ["with a number as name", { name: 5 }, TypeError, "Sequential: name: expected a text, got 5"],
    [
      "with another precision",
      { precision: "double" },
      RangeError,
      "Sequential: precision: expected 'exact' or 'relaxed', got \"double\"",
    ],
    ["with null for options", null, TypeError, "Sequential: expected an object of options, got null"],
  ])("%s", async (_, options, error, message) => {
    await expectFailure(() => new Sequential([dense(3)], wrong(options)), error, message);
  });

  it("layer by layer, and stays as it was", async () => {
    const model = new Sequential([dense(8, [4])], { seed: 1 });
    await expectFailure(() => model.add(wrong("dense")), TypeError, noLayer('"dense"'));
    await expectFailure(
      () => model.add(dense(3, [9])),
      ShapeError,
      "dense_1: inputShape [9] was given, but the layer before gives [8]",
    );
    expect(model.layers).toHaveLength(1);
    expectSameWeights(model.getWeights(), new Sequential([dense(8, [4])], { seed: 1 }).getWeights());
  });

  it("when its data comes, if only that tells its shape", async () => {
    const model = new Sequential([dense(8)]);
    await expectFailure(
      () => model.predict(Float32Array.of(1, 2)),
      ShapeError,
      "Dense(8): expected samples of shape [width], got single numbers",
    );
    expect((await model.predict(x)).shape).toEqual([6, 8]);
  });
});

describe("setWeights refuses", () => {
  const good = makeClassifier().getWeights();
  const noArray = "expected an NDArray, a typed array or nested arrays of numbers";
  it.each<Refused>([
    ["none", [], ShapeError, "setWeights: expected 4 arrays, got 0"],
    ["too many", [...good, good[0]], ShapeError, "setWeights: expected 4 arrays, got 5"],
    ["null", null, TypeError, "setWeights: expected an array, got null"],
    ["one array for all", new Float32Array(43), TypeError, "setWeights: expected an array, got Float32Array"],
    [
      "a kernel turned round",
      good.with(0, matrix(5, 4, 1)),
      ShapeError,
      "setWeights: dense/kernel: expected shape [4, 5], got [5, 4]",
    ],
    ["a flat kernel", good.with(0, ndarray(new Float32Array(20))), ShapeError, kernelShape("[20]")],
    ["the last too short", good.with(3, ndarray(new Float32Array(2))), ShapeError, biasShape("[2]")],
    ["a hole", wrong(good.with(1, wrong(undefined))), TypeError, `dense/bias: ${noArray}, got undefined`],
    ["a Map", wrong(good.with(1, wrong(new Map()))), TypeError, `dense/bias: ${noArray}, got Map`],
    [
      "NaN in the last",
      good.with(3, ndarray(Float32Array.of(0, 0, Number.NaN))),
      RangeError,
      "setWeights: dense_1/bias: expected finite numbers, got NaN",
    ],
    [
      "a number too large for float32",
      [...good.slice(0, 3), [0, -1e39, 0]],
      RangeError,
      "setWeights: dense_1/bias: expected finite numbers, got -Infinity",
    ],
  ])("%s", async (_, weights, error, message) => {
    await expectHarmlessFailure(makeClassifier, (model) => model.setWeights(weights as ArrayInput[]), error, message);
  });
});

describe("sizes that fit no memory", () => {
  it.each([
    ["a layer of a million million units", [dense(1e12, [4])]],
    ["a layer for a million million values", [dense(1, [1e12])]],
    ["layers too large together", [dense(30_000, [30_000]), dense(30_000)]],
  ])("%s give an error, not a crash", async (_, stack) => {
    const model = new Sequential(stack);
    for (const attempt of [1, 2]) {
      const error = await errorOf(() => model.getWeights());
      expect(error, `attempt ${attempt}`).toBeInstanceOf(LanewiseError);
      expect((error as Error).message).toMatch(
        /^out of memory: [\d,]+ MB needed in all, [\d,]+ MB in use, 4,096 MB at most$/,
      );
    }
  });

  it("leave the model as it was, when they come with a batch", async () => {
    const huge = matrix(20_000, 4, 1);
    for (const call of [
      (model: Sequential) => model.fit(huge, matrix(20_000, 3, 1)),
      (model: Sequential) => model.evaluate(huge, matrix(20_000, 3, 1)),
      (model: Sequential) => model.fit(x, y, { validationData: [huge, matrix(20_000, 3, 1)] }),
    ]) {
      await expectHarmlessFailure(
        makeClassifier,
        (model) => starve(() => call(model)),
        LanewiseError,
        "out of memory: 1 MB needed in all, 1 MB in use, 4,096 MB at most",
      );
    }
  });

  it("leave the model as it was, when they come with the optimizer", async () => {
    const make = (): Sequential => {
      const model = new Sequential([dense(200, [4]), dense(200), dense(3)], { seed: 1 });
      model.compile({ optimizer: "adam", loss: "meanSquaredError" });
      return model;
    };
    for (const call of [
      (model: Sequential) => starve(() => model.fit(x, y)),
      (model: Sequential) => starve(() => model.trainOnBatch(x, y)),
    ]) {
      await expectHarmlessFailure(
        make,
        call,
        LanewiseError,
        "out of memory: 1 MB needed in all, 1 MB in use, 4,096 MB at most",
      );
    }
  });
});

/** Calls it while memory does not grow. */
async function starve(call: () => unknown): Promise<unknown> {
  const spy = vi.spyOn(WebAssembly.Memory.prototype, "grow").mockImplementation(() => {
    throw new RangeError("WebAssembly.Memory.grow(): Maximum memory size exceeded");
  });
  try {
    return await call();
  } finally {
    spy.mockRestore();
  }
}

function noLayer(got: string): string {
  return `Sequential: expected a layer such as layers.dense({ units: 10 }), got ${got}`;
}

function kernelShape(got: string): string {
  return `setWeights: dense/kernel: expected shape [4, 5], got ${got}`;
}

function biasShape(got: string): string {
  return `setWeights: dense_1/bias: expected shape [3], got ${got}`;
}
