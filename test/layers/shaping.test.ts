/** flatten, rescaling and activation: shapes and values, in front of a model and within it. */
import { describe, expect, it } from "vitest";
import { layers, ndarray, Sequential } from "../../src/index.js";
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
