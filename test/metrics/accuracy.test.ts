/** What the accuracies count. */
import { describe, expect, it } from "vitest";
import { layers, type Metric, Sequential } from "../../src/index.js";

/** Measures predictions as they are. */
async function measure(
  metric: string | Metric,
  yPred: readonly number[][],
  yTrue: readonly number[][],
  batchSize = 128,
) {
  const width = yPred[0]?.length ?? 0;
  const model = new Sequential([layers.activation({ activation: "linear", inputShape: [width] })]);
  model.compile({ optimizer: "sgd", loss: "mse", metrics: [metric] });
  const { loss, ...figures } = await model.evaluate(yPred, yTrue, { batchSize });
  return Object.values(figures)[0];
}

describe("binaryAccuracy", () => {
  it("counts every output, and 0.5 as a no", async () => {
    const yPred = [
      [0.5, 0.6],
      [0.4, 0.9],
      [0.51, 0.1],
    ];
    expect(
      await measure("binaryAccuracy", yPred, [
        [0, 1],
        [1, 0],
        [1, 0],
      ]),
    ).toBeCloseTo(4 / 6, 12);
  });
});

describe("categoricalAccuracy", () => {
  it("takes the first of equals, in predictions and in targets", async () => {
    const yPred = [
      [0.4, 0.4, 0.2],
      [0.2, 0.4, 0.4],
      [0, 0, 0],
    ];
    expect(
      await measure("categoricalAccuracy", yPred, [
        [1, 0, 0],
        [0, 0, 1],
        [0.5, 0.5, 0],
      ]),
    ).toBeCloseTo(2 / 3, 12);
  });
});

describe("accuracy", () => {
  it("is binary for one output and categorical for several", async () => {
    expect(await measure("accuracy", [[0.4], [0.6]], [[0], [0]])).toBe(0.5);
    expect(
      await measure(
        "accuracy",
        [
          [0.4, 0.3],
          [0.6, 0.7],
        ],
        [
          [1, 0],
          [1, 0],
        ],
      ),
    ).toBe(0.5);
  });

  it("is the share of all rows, in batches of any size", async () => {
    const yPred = [[0.9], [0.9], [0.9], [0.1], [0.1]];
    const yTrue = [[1], [1], [1], [1], [0]];
    for (const batchSize of [1, 2, 3, 4, 5]) expect(await measure("accuracy", yPred, yTrue, batchSize)).toBe(0.8);
  });
});

describe("a metric of the user's own", () => {
  it("sees every batch, and says what they come to", async () => {
    const own: Metric = {
      name: "rows",
      start() {
        const seen: number[] = [];
        return { update: ({ memory }) => void seen.push(memory.rows), result: () => Number(seen.join("")) };
      },
    };
    expect(await measure(own, [[0], [0], [0], [0], [0]], [[0], [0], [0], [0], [0]], 2)).toBe(221);
  });
});
