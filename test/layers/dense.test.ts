/** The dense layer's values, by hand. */
import { describe, expect, it } from "vitest";
import { layers, ndarray, Sequential } from "../../src/index.js";
import { expectClose } from "../assembly/expect.js";
import { matrix, withDensity } from "../helpers/data.js";
import { expectSameWeights } from "../helpers/weights.js";

describe("dense", () => {
  const x = [
    [1, 2],
    [0, 0],
    [-3, 0.5],
  ];
  const kernel = [
    [1, -1, 2],
    [0.5, 4, 0],
  ];

  it("is x · kernel + bias", async () => {
    const model = new Sequential([layers.dense({ units: 3, inputShape: [2] })]);
    model.setWeights([kernel, [10, 20, 30]]);
    const rows = [12, 27, 32, 10, 20, 30, 7.25, 25, 24];
    expect(await model.predict(x)).toEqual(ndarray(Float32Array.from(rows), [3, 3]));
  });

  it("has no bias when told so", async () => {
    const model = new Sequential([layers.dense({ units: 3, useBias: false, inputShape: [2] })]);
    model.setWeights([kernel]);
    expect([...(await model.predict(x)).data]).toEqual([2, 7, 2, 0, 0, 0, -2.75, 5, -6]);
  });

  it("gives -0 to no one: sums start from +0", async () => {
    const model = new Sequential([layers.dense({ units: 3, inputShape: [2] })]);
    model.setWeights([kernel, [-0, -0, -0]]);
    for (const rows of [1, 5]) {
      const { data } = await model.predict(new Array(rows).fill([-0, 0]));
      expect([...data]).toEqual(new Array(rows * 3).fill(0));
    }
  });

  it.each([
    [3, 2],
    [4, 2],
    [3, 4],
    [8, 4],
  ])("takes samples of more axes row by row, from width %d to %d", async (width, units) => {
    const rows = withDensity(matrix(30, width, 1), 0.7);
    const options = { units, activation: "tanh", biasInitializer: "heUniform" } as const;
    const ofRows = new Sequential([layers.dense(options)], { seed: 3 });
    const ofImages = new Sequential([layers.dense(options)], { seed: 3 });
    const output = await ofImages.predict(ndarray(rows.data, [5, 2, 3, width]));
    expect(output).toEqual(ndarray((await ofRows.predict(rows)).data, [5, 2, 3, units]));
    expectSameWeights(ofImages.getWeights(), ofRows.getWeights());

    // The mean over all values is the same, and so is the gradient
    const targets = matrix(30, units, 2);
    for (const model of [ofRows, ofImages]) model.compile({ optimizer: "adam", loss: "meanSquaredError" });
    await ofRows.fit(rows, targets, { batchSize: 12, epochs: 3, shuffle: false });
    const images = [ndarray(rows.data, [5, 2, 3, width]), ndarray(targets.data, [5, 2, 3, units])] as const;
    await ofImages.fit(...images, { batchSize: 2, epochs: 3, shuffle: false });
    ofImages.getWeights().forEach(({ data }, i) => {
      expectClose(data, ofRows.getWeights()[i]?.data ?? [], 1e-5);
    });
    const back = await Sequential.load(await ofImages.toArtifacts());
    expect(await back.predict(images[0])).toEqual(await ofImages.predict(images[0]));
  });

  it("tells its settings in Keras's names", () => {
    const { className, config } = layers.dense({ units: 3, activation: "relu", kernelInitializer: "heNormal" });
    expect([className, config]).toEqual([
      "Dense",
      {
        units: 3,
        activation: "relu",
        use_bias: true,
        kernel_initializer: {
          class_name: "VarianceScaling",
          config: { scale: 2, mode: "fan_in", distribution: "normal", seed: null },
        },
        bias_initializer: { class_name: "Zeros", config: {} },
        kernel_regularizer: null,
        bias_regularizer: null,
        activity_regularizer: null,
        kernel_constraint: null,
        bias_constraint: null,
      },
    ]);
  });
});
