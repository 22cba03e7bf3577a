/** The same seed and data give the same bits, however the work is cut up. */
import { describe, expect, it } from "vitest";
import { type Callback, layers, ndarray, Sequential } from "../src/index.js";
import { classNumbers, matrix } from "./helpers/data.js";
import { digest } from "./helpers/digest.js";
import { trainDigits } from "./helpers/train-digits.js";
import { bits, expectSameWeights } from "./helpers/weights.js";

/**
 * The weights of trainDigits(7). They are part of what this library promises: whoever changes this line changes every
 * model that was ever trained with a seed, and gives the reason in the commit message.
 */
const DIGEST = "25701e7685e277f705bb2845f03cc91ea16604cb5241ce1eb3d8262f8c548478";

const x = matrix(50, 7, 1);
const y = classNumbers(50, 3, 2);

describe("determinism", () => {
  it("gives the weights that it has always given", async () => {
    expect(await trainDigits(7)).toBe(DIGEST);
  });

  it("gives other weights for another seed, in its low and its high word", async () => {
    const digests = await Promise.all([7, 8, 7 + 2 ** 32, 0].map(trainDigits));
    expect(new Set(digests).size).toBe(4);
  });

  it("tells the seed with which a random run can be repeated", async () => {
    const [first, second] = [makeModel(undefined), makeModel(undefined)];
    const { seed } = await first.fit(x, y);
    await second.fit(x, y, { seed });
    expectSameWeights(second.getWeights(), first.getWeights());
  });

  it("takes the model's seed for the weights, and the fit's for shuffles and dropout", async () => {
    const [first, second] = [makeModel(3), makeModel(3)];
    expectSameWeights(first.getWeights(), second.getWeights());
    await first.fit(x, y, { seed: 3 });
    await second.fit(x, y);
    expectSameWeights(second.getWeights(), first.getWeights());
    const third = makeModel(3);
    await third.fit(x, y, { seed: 4 });
    expect(await digest(third.getWeights())).not.toBe(await digest(first.getWeights()));
  });

  it("trains in one go as in parts", async () => {
    const [whole, parts] = [makeModel(1), makeModel(1)];
    const { history } = await whole.fit(x, y, { epochs: 5 });
    const first = await parts.fit(x, y, { epochs: 2 });
    const second = await parts.fit(x, y, { epochs: 5, initialEpoch: 2 });
    expectSameWeights(parts.getWeights(), whole.getWeights());
    expect([first.history.loss, second.history.loss].flat()).toEqual(history.loss);
    expect(second.epoch).toEqual([2, 3, 4]);
  });

  it.each<[string, (model: Sequential) => Callback]>([
    ["awaited hooks", () => ({ onBatchEnd: () => new Promise((resolve) => setTimeout(resolve, 0)) })],
    ["predict in between", (model) => ({ onBatchEnd: async () => void (await model.predict(x)) })],
    ["evaluate in between", (model) => ({ onEpochEnd: async () => void (await model.evaluate(x, y)) })],
  ])("trains the same with %s", async (_, callback) => {
    const [plain, watched] = [makeModel(1), makeModel(1)];
    await plain.fit(x, y, { epochs: 2 });
    await watched.fit(x, y, { epochs: 2, callbacks: callback(watched) });
    expectSameWeights(watched.getWeights(), plain.getWeights());
  });

  it("predicts each row the same, whichever rows come with it", async () => {
    const model = makeModel(1);
    const many = matrix(300, 7, 3);
    const together = await model.predict(many);
    for (const [start, end] of [
      [0, 1],
      [1, 4],
      [127, 129],
      [5, 300],
    ] as const) {
      const part = await model.predict(ndarray(many.data.slice(start * 7, end * 7), [end - start, 7]));
      expect(bits([part])).toEqual(bits([ndarray(together.data.slice(start * 3, end * 3), part.shape)]));
    }
  });

  it("measures the same accuracy, and nearly the same loss, with any batch size", async () => {
    const model = makeModel(1);
    const logs = await Promise.all([1, 2, 3, 7, 49, 50, 51].map((batchSize) => model.evaluate(x, y, { batchSize })));
    for (const { accuracy, loss } of logs) {
      expect(accuracy).toBe(logs[0]?.accuracy);
      expect(loss).toBeCloseTo(logs[0]?.loss as number, 6);
    }
  });
});

function makeModel(seed: number | undefined): Sequential {
  const model = new Sequential(
    [
      layers.dense({ units: 9, activation: "selu", inputShape: [7] }),
      layers.alphaDropout({ rate: 0.1 }),
      layers.dense({ units: 3, activation: "softmax" }),
    ],
    seed === undefined ? {} : { seed },
  );
  model.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  return model;
}
