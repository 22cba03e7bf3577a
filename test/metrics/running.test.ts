/** Metrics in a model, by themselves, and fed with one part of the data after the other. */
import { describe, expect, it } from "vitest";
import { layers, losses, metrics, ndarray, Sequential } from "../../src/index.js";
import { errorOf, expectFailure } from "../helpers/failure.js";

const yTrue = [1, 1, 0, 0];
const yPred = [0.98, 1, 0, 0.6];

describe("a metric by itself", () => {
  it("measures arrays at once", () => {
    expect(metrics.binaryAccuracy(yTrue, yPred)).toBe(0.75);
    expect(metrics.binaryAccuracy(yTrue, yPred, { threshold: 0.7 })).toBe(1);
    expect(metrics.binaryAccuracy(yTrue, yPred, { sampleWeight: [1, 0, 0, 1] })).toBe(0.5);
  });

  it("is configured once, and then measures", () => {
    const metric = metrics.binaryAccuracy({ threshold: 0.7, name: "sure" });
    expect(metric.name).toBe("sure");
    expect(metric.className).toBe("BinaryAccuracy");
    expect(metric.config).toEqual({ threshold: 0.7 });
    expect(metric(yTrue, yPred)).toBe(1);
    expect(metric(yTrue, yPred, { sampleWeight: [1, 0, 0, 1] })).toBe(1);
  });

  it("runs over parts of the data, and starts again", () => {
    const running = metrics.binaryAccuracy().start();
    expect(running.result()).toBe(0);
    running.updateState([1], [0.98]);
    running.updateState([1, 0, 0], [1, 0, 0.6], { sampleWeight: [1, 1, 2] });
    expect(running.result()).toBe(3 / 5);
    running.resetState();
    expect(running.result()).toBe(0);
    running.updateState(yTrue, yPred);
    expect(running.result()).toBe(0.75);
  });

  it("has figures of no rows", () => {
    const nothing = ndarray(new Float32Array(0), [0, 2]);
    for (const name of ["auc", "precision", "recall", "truePositives", "accuracy"] as const) {
      expect(metrics[name](nothing, nothing)).toBe(0);
      expect(metrics[name]([], [])).toBe(0);
    }
  });

  it("takes as many thresholds as are worth their memory", () => {
    const [truths, scores] = [
      [0, 1, 0, 1],
      [0.1, 0.3, 0.6, 0.9],
    ];
    expect(metrics.auc(truths, scores, { numThresholds: 100_000 })).toBeCloseTo(0.75, 12);
    for (const make of [
      (count: number) => metrics.auc({ numThresholds: count }),
      (count: number) => metrics.precisionAtRecall({ recall: 0.5, numThresholds: count }),
      (count: number) => metrics.expectedCalibrationError({ bins: count }),
    ]) {
      expect(() => make(100_000)).not.toThrow();
      expect(() => make(2 ** 31)).toThrow(
        /: (numThresholds|bins): expected an integer of at most 100000, got 2147483648$/,
      );
    }
  });

  it("refuses a class where there are none", () => {
    expect(() => metrics.precision([1, 0], [1, 0], { classId: 0 })).toThrow(
      "yPred: expected a column for each class, got shape [2]",
    );
    expect(() => metrics.recall([[1, 0]], [[1, 0]], { classId: 2 })).toThrow(
      "classId: expected a class below 2, got 2",
    );
  });

  it("weighs rows, elements, or whatever broadcasts to them", () => {
    const [y, p] = [
      [
        [1, 1],
        [0, 0],
      ],
      [
        [0.98, 1],
        [0, 0.6],
      ],
    ];
    const weighted = (sampleWeight: number | number[] | number[][]) => metrics.binaryAccuracy(y, p, { sampleWeight });
    expect(weighted([[1, 0]])).toBe(1);
    expect(weighted([1, 3])).toBe((2 + 3) / 8);
    expect(weighted([[1], [3]])).toBe((2 + 3) / 8);
    expect(
      weighted([
        [1, 2],
        [3, 4],
      ]),
    ).toBe(6 / 10);
    expect(weighted(7)).toBe(0.75);
    expect(weighted([0, 0])).toBe(0);
  });

  it.each([
    ["shapes that differ", [0], [[1, 2]], {}, "ShapeError", "yTrue: expected shape [1, 2], got [1]; oneHot"],
    ["weights that do not fit", [1, 2], [1, 2], { sampleWeight: [1, 2, 3] }, "ShapeError", "sampleWeight: expected"],
    [
      "a text as weights",
      [1, 2],
      [1, 2],
      { sampleWeight: "1" },
      "TypeError",
      "sampleWeight: expected a number or an array",
    ],
    ["an unknown option", [1], [1], { treshold: 1 }, "TypeError", "binaryAccuracy: unknown option 'treshold'"],
    ["an option out of range", [1], [1], { threshold: "1" }, "TypeError", "binaryAccuracy: threshold: expected"],
  ])("refuses %s", async (_, y, p, options, name, message) => {
    const error = (await errorOf(() => metrics.binaryAccuracy(y, p, options as never))) as Error;
    expect(error.constructor.name).toBe(name);
    expect(error.message).toContain(message);
  });
});

describe("metrics in a model", () => {
  const x = yPred.map((value) => [value]);

  async function evaluate(options: object, batchSize = 3) {
    const model = new Sequential([layers.activation({ activation: "linear", inputShape: [1] })]);
    model.compile({ optimizer: "sgd", loss: "mse", ...options });
    const { loss, ...figures } = await model.evaluate(x, yTrue, { batchSize });
    expect(loss).toBeGreaterThan(0);
    return figures;
  }

  it("are logged under the name they are given by", async () => {
    expect(
      await evaluate({
        metrics: [
          "accuracy",
          "acc",
          "binary_accuracy",
          metrics.binaryAccuracy,
          metrics.binaryAccuracy({ name: "own" }),
        ],
      }),
    ).toEqual({ accuracy: 0.75, acc: 0.75, binary_accuracy: 0.75, binaryAccuracy: 0.75, own: 0.75 });
  });

  it("are known by the names that Keras and TensorFlow.js choose by the output's shape", async () => {
    const figures = await evaluate({ metrics: ["Accuracy", "ACC", "binaryCrossentropy", "crossentropy", "CE"] });
    const { binaryCrossentropy } = figures;
    expect(binaryCrossentropy).toBeGreaterThan(0);
    expect(figures).toEqual({
      accuracy: 0.75,
      acc: 0.75,
      binaryCrossentropy,
      crossentropy: binaryCrossentropy,
      CE: binaryCrossentropy,
    });
    const model = new Sequential([layers.activation({ activation: "linear", inputShape: [2] })]);
    const both = { metrics: ["categoricalCrossentropy", "ce"] };
    const rows = [
      [0.3, 0.7],
      [0.9, 0.1],
    ];
    for (const [loss, targets] of [
      [
        "mse",
        [
          [0, 1],
          [0, 1],
        ],
      ],
      ["sparseCategoricalCrossentropy", [1, 1]],
    ] as const) {
      model.compile({ optimizer: "sgd", loss, ...both });
      const { ce, categoricalCrossentropy } = await model.evaluate(rows, targets);
      expect(ce).toBeCloseTo(-(Math.log(0.7) + Math.log(0.1)) / 2, 6);
      expect(ce).toBe(categoricalCrossentropy);
    }
  });

  it("are saved and loaded under those names", async () => {
    const model = new Sequential([layers.activation({ activation: "linear", inputShape: [1] })]);
    model.compile({ optimizer: "sgd", loss: "mse", metrics: ["ce", "cosine", "accuracy"] });
    const expected = await model.evaluate(x, yTrue);
    const again = await Sequential.load(await model.toArtifacts());
    expect(await again.evaluate(x, yTrue)).toEqual(expected);
    expect(Object.keys(expected)).toEqual(["loss", "ce", "cosine", "accuracy"]);
  });

  it("of one name are numbered, and those with weights marked", async () => {
    const threshold = metrics.binaryAccuracy({ threshold: 0.7 });
    const figures = await evaluate({
      metrics: ["binaryAccuracy", threshold, threshold],
      weightedMetrics: ["binaryAccuracy", "accuracy", threshold],
    });
    expect(Object.keys(figures)).toEqual([
      "binaryAccuracy",
      "binaryAccuracy_1",
      "binaryAccuracy_2",
      "weighted_binaryAccuracy",
      "accuracy",
      "weighted_binaryAccuracy_1",
    ]);
  });

  it("start anew with each epoch", async () => {
    const model = new Sequential([layers.activation({ activation: "linear", inputShape: [1] })]);
    model.compile({ optimizer: "sgd", loss: "mse", metrics: ["binaryAccuracy"] });
    const { history } = await model.fit(x, yTrue, {
      epochs: 3,
      batchSize: 3,
      validationData: [x.slice(0, 3), [1, 1, 0]],
    });
    expect(history.binaryAccuracy).toEqual([0.75, 0.75, 0.75]);
    expect(history.val_binaryAccuracy).toEqual([1, 1, 1]);
  });

  it("that are none are refused", async () => {
    for (const metric of [{ measure() {} }, () => 1, losses.huber, losses.huber({ delta: 2 }), null]) {
      const model = new Sequential([layers.dense({ units: 1, inputShape: [1] })]);
      await expectFailure(
        () => model.compile({ optimizer: "sgd", loss: "mse", metrics: [metric as never] }),
        TypeError,
        `metric: expected a name or an object with the method start, got ${metric === null ? null : typeof metric === "function" ? "a function" : "Object"}`,
      );
    }
  });
});
