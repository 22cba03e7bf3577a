/** Penalties on host arrays and in training. Their gradients are in test/gradients.test.ts. */
import { describe, expect, it } from "vitest";
import { type Layer, layers, ndarray, optimizers, regularizers, Sequential, ShapeError } from "../../src/index.js";
import { labels, x, y } from "../helpers/classifier.js";
import { matrix, withDensity } from "../helpers/data.js";
import { layersOfVectors } from "../helpers/every-layer.js";
import { expectFailure, wrong } from "../helpers/failure.js";
import { expectSameWeights } from "../helpers/weights.js";

const { l1, l1l2, l2, orthogonal } = regularizers;
const w = [
  [1, -2, 3],
  [0, 4, -5],
];

describe("regularizers of arrays", () => {
  it.each([
    ["l1", l1, {}, 0.15],
    ["l1 of 2", l1, { l1: 2 }, 30],
    ["l2", l2, {}, 0.55],
    ["l2 of 0", l2, { l2: 0 }, 0],
    ["l1l2", l1l2, {}, 0],
    ["l1l2 with l1 alone", l1l2, { l1: 1 }, 15],
    ["l1l2 with l2 alone", l1l2, { l2: 1 }, 55],
    // The cosine of the rows' angle is -23 / √(14 · 41)
    ["orthogonal", orthogonal, {}, (0.01 * 23) / Math.sqrt(14 * 41)],
    // Those of the columns' angles: -10 / √(1 · 20) and so on, over three pairs
    [
      "orthogonal of columns",
      orthogonal,
      { factor: 3, mode: "columns" },
      2 / Math.sqrt(20) + 3 / Math.sqrt(34) + 26 / Math.sqrt(20 * 34),
    ],
  ] as const)("%s, called in three ways", (_, member, options, expected) => {
    const make = member as (...args: readonly unknown[]) => unknown;
    const configured = make(options) as (array: unknown) => number;
    for (const value of [configured(w), make(w, options), configured(ndarray(Float64Array.from(w.flat()), [2, 3]))]) {
      expect(Math.abs((value as number) - expected)).toBeLessThan(1e-6 * Math.max(1, expected));
    }
  });

  it("are of any rank", () => {
    expect(l1({ l1: 1 })([1, -2, 3])).toBe(6);
    expect(
      l2({ l2: 1 })([
        [[1], [2]],
        [[3], [4]],
      ]),
    ).toBe(30);
    expect(l2(new Float32Array(0))).toBe(0);
  });

  it("orthogonal is of matrices, and 0 where there is no pair", async () => {
    await expectFailure(
      () => orthogonal([1, 2]),
      ShapeError,
      "regularizer orthogonal: expected a matrix, got shape [2]",
    );
    expect(orthogonal([[1, 2]])).toBe(0);
    expect(
      orthogonal([
        [0, 0],
        [1, 2],
      ]),
    ).toBe(0);
    expect(
      orthogonal([
        [1, 0],
        [0, 1],
      ]),
    ).toBe(0);
  });
});

describe("regularizers in training", () => {
  const bare = (options: object): Layer => layers.dense({ units: 3, inputShape: [4], ...options });
  const make = (...stack: readonly Layer[]): Sequential => {
    const model = new Sequential(stack, { seed: 2 });
    model.compile({ optimizer: optimizers.sgd({ learningRate: 0.1 }), loss: "meanSquaredError" });
    return model;
  };

  it.each([
    ["kernelRegularizer", 0],
    ["biasRegularizer", 1],
  ] as const)("%s adds its penalty to the loss, in fit, evaluate and trainOnBatch", async (option, index) => {
    const [plain, model] = [make(bare({})), make(bare({ [option]: "l1l2" }))];
    for (const one of [plain, model]) one.setWeights([plain.getWeights()[0] as never, [1, -2, 0.5]]);
    const penalty = l1l2({ l1: 0.01, l2: 0.01 })(model.getWeights()[index] as never);
    const expected = ((await plain.evaluate(x, y)).loss as number) + penalty;
    expect((await model.evaluate(x, y, { batchSize: 4 })).loss).toBeCloseTo(expected, 6);
    const { history } = await model.fit(x, y, { batchSize: 6, validationData: [x, y] });
    expect(history.loss?.[0]).toBeCloseTo(expected, 6);
    expect(history.val_loss?.[0]).toBeCloseTo((await model.evaluate(x, y)).loss as number, 6);
    expect((await model.trainOnBatch(x, y)).loss).toBeCloseTo(history.val_loss?.[0] as number, 6);
  });

  it("activityRegularizer and activityRegularization add theirs, divided by the batch size", async () => {
    const options = { activation: "relu" } as const;
    const plain = make(bare(options));
    const outputs = await plain.predict(x);
    const expected = ((await plain.evaluate(x, y)).loss as number) + l1l2({ l1: 0.3, l2: 0.2 })(outputs) / 6;
    for (const model of [
      make(bare({ ...options, activityRegularizer: l1l2({ l1: 0.3, l2: 0.2 }) })),
      make(bare(options), layers.activityRegularization({ l1: 0.3, l2: 0.2 })),
    ]) {
      model.setWeights(plain.getWeights());
      expect((await model.evaluate(x, y)).loss).toBeCloseTo(expected, 6);
      expect((await model.trainOnBatch(x, y)).loss).toBeCloseTo(expected, 6);
      model.setWeights(plain.getWeights());
      expect(await model.predict(x)).toEqual(outputs);
    }
  });

  it.each(Object.entries(layersOfVectors))(
    "activityRegularizer is an option of %s, saved and loaded",
    async (_, make) => {
      const activityRegularizer = l1l2({ l1: 0.3, l2: 0.2 });
      const made = { ...make(), inputShape: [6] };
      const layer = { ...made, activityRegularizer };
      const [plain, model] = [new Sequential([made], { seed: 3 }), new Sequential([layer], { seed: 3 })];
      const samples = matrix(5, 6, 1);
      const outputs = await plain.predict(samples);
      for (const one of [model, await Sequential.load(await model.toArtifacts())]) {
        one.compile({ optimizer: "sgd", loss: "meanSquaredError" });
        expect((await one.evaluate(samples, outputs)).loss).toBeCloseTo(activityRegularizer(outputs) / 5, 5);
        expect((await one.predict(samples)).data).toEqual(outputs.data);
      }
    },
  );

  it("activityRegularizer is read by layers in front, and by those that do nothing", async () => {
    const activityRegularizer = "l2";
    const model = new Sequential([
      layers.flatten({ inputShape: [2, 2], activityRegularizer }),
      layers.dropout({ rate: 0, activityRegularizer }),
    ]);
    model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
    const samples = [
      [
        [1, 2],
        [3, 4],
      ],
    ];
    expect((await model.evaluate(samples, [[1, 2, 3, 4]])).loss).toBeCloseTo(2 * 0.01 * 30, 6);
  });

  it("of matrices are refused as activityRegularizer of outputs that are none", async () => {
    const message = "regularizer orthogonal: expected a matrix, got shape [1, 2, 3]";
    const layer = layers.reLU({ activityRegularizer: orthogonal, inputShape: [2, 3] });
    await expectFailure(() => new Sequential([layer]), ShapeError, message);
  });

  it("of matrices see those that normalization scales by", async () => {
    const layer = layers.layerNormalization({ axis: [1, 2], gammaRegularizer: orthogonal({ factor: 3 }) });
    const model = new Sequential([{ ...layer, inputShape: [2, 3] }]);
    model.setWeights([
      w,
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
    ]);
    model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
    const samples = ndarray(matrix(4, 6, 2).data, [4, 2, 3]);
    expect((await model.evaluate(samples, await model.predict(samples))).loss).toBeCloseTo(
      orthogonal(w, { factor: 3 }),
      6,
    );
  });

  it("see the output behind an activation that a loss would take over", async () => {
    const activityRegularizer = l1({ l1: 2 });
    const model = new Sequential([
      layers.dense({ units: 3, activation: "softmax", inputShape: [4], activityRegularizer }),
    ]);
    const plain = new Sequential([layers.dense({ units: 3, activation: "softmax", inputShape: [4] })]);
    plain.setWeights(model.getWeights());
    for (const one of [model, plain]) one.compile({ optimizer: "sgd", loss: "sparseCategoricalCrossentropy" });
    // The sum of a row is 1
    const [{ loss = 0 }, { loss: bareLoss = 0 }] = [await model.evaluate(x, labels), await plain.evaluate(x, labels)];
    expect(loss).toBeCloseTo(bareLoss + 2, 5);
  });

  it.each([
    ["l2", l2({ l2: 0.5 }), (weight: number) => 0.9 * weight],
    ["l1", l1({ l1: 0.5 }), (weight: number) => weight - 0.05 * Math.sign(weight)],
  ] as const)("%s moves the weights of pixels that are always dark", async (_, kernelRegularizer, moved) => {
    const dark = ndarray(
      withDensity(x, 0.3).data.map((value, i) => (i % 4 === 2 ? 0 : value)),
      x.shape,
    );
    const model = make(bare({ kernelRegularizer }));
    const before = model.getWeights()[0]?.data.subarray(6, 9) as Float32Array;
    await model.fit(dark, y, { batchSize: 6 });
    const after = model.getWeights()[0]?.data.subarray(6, 9) as Float32Array;
    before.forEach((weight, i) => {
      expect(after[i]).toBeCloseTo(moved(weight), 6);
    });
  });

  it("leave a frozen layer, and its loss, alone", async () => {
    const [plain, model] = [make(bare({})), make(bare({ kernelRegularizer: "l2", trainable: false }))];
    const before = model.getWeights();
    expect(await model.evaluate(x, y)).toEqual(await plain.evaluate(x, y));
    await model.fit(x, y);
    expectSameWeights(model.getWeights(), before);
  });

  it("of matrices are refused on biases", async () => {
    const model = make(bare({ biasRegularizer: "orthogonal" }));
    const message = "regularizer orthogonal: expected a matrix, got shape [3]";
    await expectFailure(() => model.fit(x, y), ShapeError, message);
  });
});

describe("a regularizer is found", () => {
  const nameOf = (kernelRegularizer: unknown) =>
    layers.dense({ units: 1, kernelRegularizer: kernelRegularizer as never }).config.kernel_regularizer;

  it.each(["l1l2", "l1_l2", "L1L2"])("by %s", (given) => {
    expect(nameOf(given)).toEqual({ class_name: "L1L2", config: { l1: 0.01, l2: 0.01 } });
  });

  it.each([l1l2, l1l2()])("without options by %s", (given) => {
    expect(nameOf(given)).toEqual({ class_name: "L1L2", config: { l1: 0, l2: 0 } });
  });

  it.each(["orthogonal", "orthogonal_regularizer", "OrthogonalRegularizer", orthogonal])("by %s", (given) => {
    expect(nameOf(given)).toEqual({ class_name: "OrthogonalRegularizer", config: { factor: 0.01, mode: "rows" } });
  });

  it.each([undefined, null])("nowhere by %s", (given) => {
    expect(nameOf(given)).toBe(null);
  });

  it.each([
    ["l3", RangeError, "unknown regularizer 'l3'. Did you mean 'l1'? Known are: l1, l1l2, l2, orthogonal"],
    [5, TypeError, "regularizer: expected a name or an object with penalty and addGradient, got 5"],
    [() => 0, TypeError, "regularizer: expected a name or an object with penalty and addGradient, got a function"],
  ] as const)("not by %s", async (given, error, message) => {
    await expectFailure(() => nameOf(given), error, message);
  });
});

describe("regularizers refuse", () => {
  it.each([
    ["a negative factor", () => l1({ l1: -1 }), RangeError, "l1: l1: expected a number of at least 0, got -1"],
    ["NaN", () => l2({ l2: Number.NaN }), RangeError, "l2: l2: expected a number of at least 0, got NaN"],
    ["text", () => l1l2({ l1: wrong("1") }), TypeError, 'l1l2: l1: expected a number of at least 0, got "1"'],
    ["another's option", () => l1(wrong({ l2: 1 })), TypeError, "l1: unknown option 'l2'; known: l1"],
    [
      "an unknown mode",
      () => orthogonal({ mode: wrong("diagonal") }),
      RangeError,
      "orthogonal: mode: expected 'rows' or 'columns', got \"diagonal\"",
    ],
    [
      "a negative activity factor",
      () => layers.activityRegularization({ l2: -1 }),
      RangeError,
      "activityRegularization: l2: expected a number of at least 0, got -1",
    ],
  ] as const)("%s", async (_, make, error, message) => {
    await expectFailure(make, error, message);
  });
});
