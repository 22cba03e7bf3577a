/** What metrics make of rows that the loss leaves out: as in Keras, they know nothing of that. */
import { describe, expect, it } from "vitest";
import { layers, losses, type Metric, metrics, Sequential } from "../../src/index.js";

const x = [
  [0.75, 0.125, 0.125],
  [0.125, 0.75, 0.125],
  [0.5, 0.25, 0.25],
];

async function figures(ignoreClass: number, y: readonly number[], metric: string | Metric, sampleWeight?: number[]) {
  const model = new Sequential([layers.activation({ activation: "linear", inputShape: [3] })]);
  const loss = losses.sparseCategoricalCrossentropy({ ignoreClass });
  model.compile({ optimizer: "sgd", loss, [sampleWeight ? "weightedMetrics" : "metrics"]: [metric] });
  const logs = await model.evaluate(x, y, { batchSize: 2, sampleWeight });
  return Object.entries(logs).find(([name]) => name !== "loss")?.[1];
}

const hits = ["accuracy", "acc", "sparseCategoricalAccuracy", metrics.sparseTopKCategoricalAccuracy({ k: 1 })];
const crossentropy = -(Math.log(0.75) + Math.log(0.25));

describe("rows that the loss ignores", () => {
  it.each(hits)("are missed, for there is no such class (%s)", async (metric) => {
    expect(await figures(-1, [-1, 1, 2], metric)).toBe(1 / 3);
    expect(await figures(255, [255, 1, 2], metric, [1, 1, 2])).toBe(1 / 4);
  });

  it.each(hits)("are hit like others, where it is a class of the output (%s)", async (metric) => {
    expect(await figures(0, [0, 1, 2], metric)).toBe(2 / 3);
    expect(await figures(2, [0, 1, 2], metric)).toBe(2 / 3);
  });

  it("cost nothing in a cross-entropy, and count, unless it ignores them too and there are weights", async () => {
    const ignoring = metrics.sparseCategoricalCrossentropy({ ignoreClass: -1 });
    expect(await figures(-1, [-1, 1, 2], "sparseCategoricalCrossentropy")).toBeCloseTo(crossentropy / 3, 6);
    expect(await figures(-1, [-1, 1, 2], ignoring)).toBeCloseTo(crossentropy / 3, 6);
    expect(await figures(-1, [-1, 1, 2], ignoring, [1, 1, 1])).toBeCloseTo(crossentropy / 2, 6);
    const all = crossentropy - Math.log(0.75);
    expect(await figures(0, [0, 1, 2], "sparseCategoricalCrossentropy")).toBeCloseTo(all / 3, 6);
  });

  it("are of no class of an intersection over union, whose own ignoreClass leaves them out", async () => {
    // Class 0: none of 1; class 1: 1 of 1; class 2: none of 1
    const ignoring = metrics.meanIoU({ numClasses: 3, ignoreClass: -1, sparseYTrue: false, sparseYPred: false });
    expect(await figures(-1, [-1, 1, 2], ignoring)).toBeCloseTo(1 / 3, 6);
    expect(await figures(-1, [-1, 1, 0], ignoring)).toBeCloseTo(1, 6);
  });
});
