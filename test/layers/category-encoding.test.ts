/** Whole numbers as rows of 0 and 1, against Keras's own examples. */
import { describe, expect, it } from "vitest";
import { ndarray } from "../../src/arrays.js";
import { layers, Sequential } from "../../src/index.js";
import { matrix } from "../helpers/data.js";
import { runInTraining } from "../helpers/layer-run.js";

describe("categoryEncoding", () => {
  it("of matrices makes a row for each value, as in NNOpsCorrectnessTest.test_one_hot_dense of Keras", async () => {
    const layer = layers.categoryEncoding({ numTokens: 4, outputMode: "one_hot", inputShape: [2] });
    const encoded = await new Sequential([layer]).predict([
      [0, 1],
      [2, 3],
    ]);
    expect(encoded).toEqual(ndarray(Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1), [2, 2, 4]));
  });

  it.each([
    [
      "oneHot",
      [[3], [2], [0], [1]],
      [
        [0, 0, 0, 1],
        [0, 0, 1, 0],
        [1, 0, 0, 0],
        [0, 1, 0, 0],
      ],
    ],
    [
      "multi_hot",
      [
        [0, 1],
        [0, 0],
        [1, 2],
        [3, 1],
      ],
      [
        [1, 1, 0, 0],
        [1, 0, 0, 0],
        [0, 1, 1, 0],
        [0, 1, 0, 1],
      ],
    ],
    [
      "count",
      [
        [0, 1],
        [0, 0],
        [1, 2],
        [3, 1],
      ],
      [
        [1, 1, 0, 0],
        [2, 0, 0, 0],
        [0, 1, 1, 0],
        [0, 1, 0, 1],
      ],
    ],
  ] as const)("%s", async (outputMode, x, y) => {
    const layer = layers.categoryEncoding({ numTokens: 4, outputMode, inputShape: [x[0].length] });
    const { data, shape } = await new Sequential([layer]).predict(x);
    expect([...data]).toEqual(y.flat());
    expect(shape).toEqual([4, 4]);
  });

  it.each([
    ["oneHot", [1], [5]],
    ["oneHot", [3], [3, 5]],
    ["oneHot", [3, 1], [3, 5]],
    ["oneHot", [3, 2], [3, 2, 5]],
    ["oneHot", [], [5]],
    ["multiHot", [3], [5]],
    ["count", [3], [5]],
  ] as const)("%s makes of samples %j samples %j", (outputMode, inputShape, outputShape) => {
    expect(layers.categoryEncoding({ numTokens: 5, outputMode }).outputShape(inputShape)).toEqual(outputShape);
  });

  it("encodes each value of a sample by itself", async () => {
    const model = new Sequential([layers.categoryEncoding({ numTokens: 3, outputMode: "oneHot", inputShape: [2] })]);
    const { data, shape } = await model.predict([[2, 0]]);
    expect([...data]).toEqual([0, 0, 1, 1, 0, 0]);
    expect(shape).toEqual([1, 2, 3]);
  });

  it("feeds a model that learns, and is saved", async () => {
    const model = new Sequential([
      layers.categoryEncoding({ numTokens: 70, inputShape: [2] }),
      layers.dense({ units: 1 }),
    ]);
    model.compile({ optimizer: "adam", loss: "mse" });
    const x = ndarray(
      matrix(40, 2, 1).data.map((value) => Math.floor((value + 1) * 35)),
      [40, 2],
    );
    const { history } = await model.fit(x, matrix(40, 1, 2), { epochs: 20 });
    expect(history.loss?.at(-1)).toBeLessThan(history.loss?.[0] as number);
    const back = await Sequential.load(await model.toArtifacts());
    expect(await back.predict(x)).toEqual(await model.predict(x));
  });

  it("lets no gradient through", async () => {
    const layer = layers.categoryEncoding({ numTokens: 2, outputMode: "count" });
    const { dx } = await runInTraining(layer, ndarray(Float32Array.of(0, 1, 1), [1, 3]), (y) => y.map(() => 1));
    expect([...dx.data]).toEqual([0, 0, 0]);
  });

  it.each([4, -1, 0.5])("refuses %d of 4", async (value) => {
    const model = new Sequential([layers.categoryEncoding({ numTokens: 4, inputShape: [2] })]);
    await expect(
      model.predict([
        [0, 1],
        [2, value],
      ]),
    ).rejects.toThrow(new RangeError(`categoryEncoding: expected whole numbers from 0 to 3, got ${value}`));
  });

  it("refuses other modes, no tokens, and matrices", () => {
    expect(() => layers.categoryEncoding({ numTokens: 4, outputMode: "int" as never })).toThrow(
      "categoryEncoding: outputMode: expected 'oneHot', 'multiHot' or 'count', got \"int\"",
    );
    expect(() => layers.categoryEncoding({ numTokens: 0 })).toThrow(RangeError);
    expect(() => new Sequential([layers.categoryEncoding({ numTokens: 4, inputShape: [2, 2] })])).toThrow(
      "categoryEncoding: expected samples of shape [length], got [2, 2]",
    );
  });
});
