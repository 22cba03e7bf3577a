/** flatten, rescaling and activation: shapes and values, in front of a model and within it. */
import { describe, expect, it } from "vitest";
import { layers, ndarray, Sequential, ShapeError } from "../../src/index.js";
import { matrix } from "../helpers/data.js";

describe("flatten", () => {
  it.each([
    [[4], [4]],
    [[2, 3], [6]],
    [[2, 2, 3], [12]],
  ])("makes vectors of samples of %j", (inputShape, outputShape) => {
    expect(layers.flatten().outputShape(inputShape)).toEqual(outputShape);
  });

  it("keeps the row-major order, in front and behind a layer that shapes nothing", async () => {
    const images = ndarray(
      Float32Array.from({ length: 24 }, (_, i) => i),
      [2, 2, 2, 3],
    );
    const linear = layers.activation({ activation: "linear", inputShape: [2, 2, 3] });
    for (const stack of [[layers.flatten({ inputShape: [2, 2, 3] })], [linear, layers.flatten()]]) {
      const result = await new Sequential(stack).predict(images);
      expect(result).toEqual(ndarray(images.data, [2, 12]));
    }
  });
});

describe("flatten of images whose channels come first", () => {
  const image = [
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    [
      [7, 8],
      [9, 10],
      [11, 12],
    ],
  ];

  it.each(["channelsFirst", "channels_first"] as const)("puts them last, by %s", async (dataFormat) => {
    const linear = layers.activation({ activation: "linear", inputShape: [2, 3, 2] });
    for (const stack of [
      [layers.flatten({ dataFormat, inputShape: [2, 3, 2] })],
      [linear, layers.flatten({ dataFormat })],
    ]) {
      const { data, shape } = await new Sequential(stack).predict([image, image]);
      expect(shape).toEqual([2, 12]);
      expect([...data.subarray(12)]).toEqual([1, 7, 2, 8, 3, 9, 4, 10, 5, 11, 6, 12]);
    }
  });

  it("leaves vectors", async () => {
    const model = new Sequential([layers.flatten({ dataFormat: "channelsFirst", inputShape: [3] })]);
    expect([...(await model.predict([[1, 2, 3]])).data]).toEqual([1, 2, 3]);
  });

  it("is what it is by default when they come last, and refuses other words", () => {
    for (const dataFormat of ["channelsLast", "channels_last"] as const) {
      expect(layers.flatten({ dataFormat }).config).toEqual({});
    }
    expect(() => layers.flatten({ dataFormat: "last" as never })).toThrow(
      "flatten: dataFormat: expected 'channelsLast' or 'channelsFirst', got \"last\"",
    );
  });
});

describe("reshape", () => {
  it.each([
    [[12], [3, 4], [3, 4]],
    [[12], [2, -1, 2], [2, 3, 2]],
    [[2, 6], [-1], [12]],
    [
      [2, 6],
      [null, 4],
      [3, 4],
    ],
    [[1], [], []],
  ])("makes of samples of %j, to %j, samples of %j", (inputShape, targetShape, outputShape) => {
    expect(layers.reshape({ targetShape }).outputShape(inputShape)).toEqual(outputShape);
  });

  it("keeps the row-major order, in front and behind another layer", async () => {
    const x = matrix(3, 6, 1);
    const linear = layers.activation({ activation: "linear", inputShape: [6] });
    const reshape = () => layers.reshape({ targetShape: [3, 2], inputShape: [6] });
    for (const stack of [[reshape()], [linear, reshape()]]) {
      expect(await new Sequential(stack).predict(x)).toEqual(ndarray(x.data, [3, 3, 2]));
    }
  });

  it.each<[string, () => unknown, string]>([
    ["two sizes left open", () => layers.reshape({ targetShape: [-1, -1] }), "expected at most one -1, got [-1, -1]"],
    ["a size of 0", () => layers.reshape({ targetShape: [0] }), "expected an integer of at least 1, got 0"],
    ["a number", () => layers.reshape({ targetShape: 12 as never }), "expected an array of integers, got 12"],
    [
      "samples of another size",
      () => new Sequential([layers.reshape({ targetShape: [3, 4], inputShape: [13] })]),
      "Reshape: expected samples that fill [3, 4], got [13]",
    ],
    [
      "samples that the other sizes do not divide",
      () => new Sequential([layers.reshape({ targetShape: [-1, 4], inputShape: [13] })]),
      "Reshape: expected samples that fill [-1, 4], got [13]",
    ],
  ])("refuses %s", (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe("inputLayer", () => {
  it.each([
    ["inputShape", { inputShape: [2, 3] }],
    ["batchInputShape", { batchInputShape: [null, 2, 3] }],
  ])("tells the shape of samples by its %s, and is no layer of the model", async (_, options) => {
    const model = new Sequential([layers.inputLayer(options), layers.flatten(), layers.dense({ units: 2 })]);
    expect(model.layers.map(({ className }) => className)).toEqual(["Flatten", "Dense"]);
    expect(model.getWeights()[0]?.shape).toEqual([6, 2]);
    const back = await Sequential.load(await model.toArtifacts());
    const x = ndarray(matrix(4, 6, 1).data, [4, 2, 3]);
    expect(await back.predict(x)).toEqual(await model.predict(x));
    model.summary((text) => expect(text).toContain("flatten (Flatten)"));
  });

  it("stands first, alone, and agrees with the layer behind it", () => {
    const input = layers.inputLayer({ inputShape: [4] });
    expect(() => new Sequential([layers.flatten(), input])).toThrow("add: an inputLayer can only stand first");
    expect(() => new Sequential([input, input])).toThrow("add: an inputLayer can only stand first");
    expect(() => new Sequential([input, layers.dense({ units: 1, inputShape: [3] })])).toThrow(ShapeError);
    expect(() => layers.inputLayer({})).toThrow("inputLayer: expected an inputShape, got none");
    expect(() => layers.inputLayer({ inputShape: [4], batchInputShape: [null, 4] })).toThrow(
      "inputLayer: expected inputShape or batchInputShape, got both",
    );
  });

  it.each(["trainable", "activityRegularizer"])("refuses %s, which is for layers that compute", (name) => {
    const options = { inputShape: [4], [name]: name === "trainable" ? false : "l2" };
    expect(() => layers.inputLayer(options)).toThrow(
      `inputLayer: unknown option '${name}'; known: name, inputShape, batchInputShape`,
    );
  });

  it("may be replaced by batchInputShape on any layer", () => {
    const model = new Sequential([layers.dense({ units: 2, batchInputShape: [32, 5] })]);
    expect(model.getWeights()[0]?.shape).toEqual([5, 2]);
  });
});

describe("rescaling", () => {
  it.each([
    ["in front", (rescaling: ReturnType<typeof layers.rescaling>) => [rescaling]],
    [
      "within",
      (rescaling: ReturnType<typeof layers.rescaling>) => [
        layers.activation({ activation: "linear", inputShape: [5] }),
        rescaling,
      ],
    ],
  ])("%s is x · scale + offset", async (_, stack) => {
    const x = matrix(300, 5, 1);
    const model = new Sequential(stack(layers.rescaling({ scale: 0.5, offset: -0.25, inputShape: [5] })));
    const { data, shape } = await model.predict(x);
    expect(shape).toEqual([300, 5]);
    expect(data).toEqual(x.data.map((value) => Math.fround(Math.fround(value * 0.5) - 0.25)));
  });

  it("keeps its numbers over many blocks of rows of odd width", async () => {
    const x = matrix(20_000, 3, 1);
    const y = matrix(20_000, 3, 2);
    const model = new Sequential([
      layers.rescaling({ scale: 4, offset: 1, inputShape: [3] }),
      layers.dense({ units: 3 }),
    ]);
    model.compile({ optimizer: "sgd", loss: "mse" });
    const { loss } = await model.evaluate(x, y);
    expect(loss).toBeGreaterThan(0);
  });

  it("several in front apply in turn", async () => {
    const model = new Sequential([
      layers.rescaling({ scale: 2, offset: 1, inputShape: [2, 1] }),
      layers.flatten(),
      layers.rescaling({ scale: -1 }),
    ]);
    expect(await model.predict([[[1], [2]]])).toEqual(ndarray(Float32Array.of(-3, -5), [1, 2]));
  });
});

describe("activation", () => {
  it("keeps the shape of samples", async () => {
    const model = new Sequential([layers.activation({ activation: "relu", inputShape: [2, 2] })]);
    const result = await model.predict([
      [
        [1, -2],
        [-3, 4],
      ],
    ]);
    expect(result).toEqual(ndarray(Float32Array.of(1, 0, 0, 4), [1, 2, 2]));
  });
});
