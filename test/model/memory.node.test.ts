/** Memory stays where it is, in the model and in the process. */
import v8 from "node:v8";
import vm from "node:vm";
import { describe, expect, it } from "vitest";
import { layers, Sequential } from "../../src/index.js";
import { classNumbers, matrix } from "../helpers/data.js";

v8.setFlagsFromString("--expose-gc");
const collectGarbage = vm.runInNewContext("gc") as () => void;

const x = matrix(40, 20, 1);
const y = classNumbers(40, 3, 2);

describe("memory of a model", () => {
  it("is none before the first use and after dispose", async () => {
    const model = makeModel();
    expect(model.byteLength).toBe(0);
    await model.predict(x);
    expect(model.byteLength).toBeGreaterThan(0);
    expect(model.byteLength % 65536).toBe(0);
    model.dispose();
    expect(model.byteLength).toBe(0);
  });

  it("does not grow with fits, evaluations, predictions and compilations", async () => {
    const model = makeModel();
    const round = async () => {
      await model.fit(x, y, { validationSplit: 0.2 });
      await model.evaluate(x, y);
      await model.predict(x);
      await model.trainOnBatch(x, y);
      model.setWeights(model.getWeights());
      model.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy" });
    };
    await round();
    await round();
    const { byteLength } = model;
    for (let i = 0; i < 50; i++) await round();
    expect(model.byteLength).toBe(byteLength);
  });

  it("does not grow with calls from within a fit", async () => {
    const model = makeModel();
    const options = {
      epochs: 20,
      batchSize: 8,
      callbacks: {
        onBatchEnd: async () => void (await model.predict(x)),
        onEpochEnd: async () => void (await Promise.all([model.evaluate(x, y), model.predict(x)])),
      },
    };
    await model.fit(x, y, options);
    const { byteLength } = model;
    await model.fit(x, y, options);
    await model.predict(x);
    expect(model.byteLength).toBe(byteLength);
  });

  it("does not grow with calls that fail", async () => {
    const model = makeModel();
    await model.fit(x, y, { validationSplit: 0.2 });
    const { byteLength } = model;
    const bad = matrix(40, 20, 1);
    bad.data[799] = Number.NaN;
    for (let i = 0; i < 50; i++) {
      await expect(model.fit(bad, y)).rejects.toThrow(RangeError);
      await expect(model.fit(x, y, { callbacks: { onBatchEnd: fail } })).rejects.toThrow("stop here");
      await expect(model.evaluate(bad, y)).rejects.toThrow(RangeError);
      await expect(model.trainOnBatch(bad, y)).rejects.toThrow(RangeError);
    }
    expect(model.byteLength).toBe(byteLength);
  });
});

describe("memory of the process", () => {
  it("does not grow with 10,000 predictions", async () => {
    const model = makeModel();
    await predictOften(model, 1000);
    const [before, { byteLength }] = [residentMegabytes(), model];
    await predictOften(model, 10_000);
    expect(residentMegabytes() - before).toBeLessThan(20);
    expect(model.byteLength).toBe(byteLength);
  });

  it("does not grow with 1,000 models that are trained and dropped", async () => {
    await trainAndDrop(100);
    const before = residentMegabytes();
    // Each holds 320 KB or more, so that kept models would make 300 MB
    await trainAndDrop(1000);
    expect(residentMegabytes() - before).toBeLessThan(60);
  });
});

async function predictOften(model: Sequential, times: number): Promise<void> {
  for (let i = 0; i < times; i++) await model.predict(x);
}

async function trainAndDrop(models: number): Promise<void> {
  for (let i = 0; i < models; i++) {
    await makeModel().fit(x, y);
    if (i % 100 === 99) collectGarbage();
  }
}

function residentMegabytes(): number {
  collectGarbage();
  return process.memoryUsage().rss / 2 ** 20;
}

function makeModel(): Sequential {
  const model = new Sequential([
    layers.dense({ units: 16, activation: "relu", inputShape: [20] }),
    layers.dense({ units: 3, activation: "softmax" }),
  ]);
  model.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy" });
  return model;
}

function fail(): void {
  throw new Error("stop here");
}
