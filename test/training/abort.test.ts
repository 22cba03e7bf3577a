/** AbortSignal: fit stops after the batch at hand and rejects with the signal's reason; the model stays usable. */
import { describe, expect, it } from "vitest";
import type { CallbackHooks } from "../../src/index.js";
import { makeClassifier, x, y } from "../helpers/classifier.js";
import { errorOf } from "../helpers/failure.js";
import { expectSameWeights } from "../helpers/weights.js";

const reason = new Error("enough");

describe("a signal that is aborted", () => {
  it("before fit: nothing happens", async () => {
    const [model, twin] = [makeClassifier(), makeClassifier()];
    let calls = 0;
    const callbacks: CallbackHooks = { onTrainBegin: () => void calls++ };
    expect(await errorOf(() => model.fit(x, y, { signal: AbortSignal.abort(reason), callbacks }))).toBe(reason);
    expect(calls).toBe(0);
    await Promise.all([model, twin].map((one) => one.fit(x, y)));
    expectSameWeights(model.getWeights(), twin.getWeights());
  });

  it.each([
    ["onTrainBegin", [0, 0], 0],
    ["onEpochBegin", [0, 0], 0],
    ["onBatchBegin", [0, 0], 0],
    ["onBatchEnd", [0, 0], 0],
    ["onEpochEnd", [0, 1], 1],
  ] as const)(
    "in %s: training ends with onTrainEnd, an epoch cut short without onEpochEnd",
    async (hook, last, epochs) => {
      const model = makeClassifier();
      const controller = new AbortController();
      const seen: [number, number][] = [];
      let epoch = 0;
      let [epochEnds, trainEnds] = [0, 0];
      const callbacks: CallbackHooks[] = [
        { [hook]: () => controller.abort(reason) },
        {
          onEpochBegin(number) {
            epoch = number;
          },
          onBatchEnd: (batch) => void seen.push([epoch, batch]),
          onEpochEnd: () => void epochEnds++,
          onTrainEnd: () => void trainEnds++,
        },
      ];
      const { signal } = controller;
      expect(await errorOf(() => model.fit(x, y, { signal, callbacks, epochs: 3, batchSize: 3 }))).toBe(reason);
      expect(seen.at(-1)).toEqual(last);
      expect([epochEnds, trainEnds]).toEqual([epochs, 1]);
    },
  );

  it("between batches: what is learned by then stays", async () => {
    const [model, twin] = [makeClassifier(), makeClassifier()];
    const controller = new AbortController();
    const onBatchEnd = (batch: number) => {
      if (batch === 1) controller.abort(reason);
    };
    const options = { batchSize: 2, shuffle: false, callbacks: { onBatchEnd }, signal: controller.signal };
    expect(await errorOf(() => model.fit(x, y, options))).toBe(reason);
    const rows = (start: number, end: number) =>
      [
        { ...x, data: x.data.subarray(start * 4, end * 4), shape: [end - start, 4] },
        { ...y, data: y.data.subarray(start * 3, end * 3), shape: [end - start, 3] },
      ] as const;
    await twin.trainOnBatch(...rows(0, 2));
    await twin.trainOnBatch(...rows(2, 4));
    expectSameWeights(model.getWeights(), twin.getWeights());
    await Promise.all([model, twin].map((one) => one.fit(x, y)));
    expectSameWeights(model.getWeights(), twin.getWeights());
  });

  it("from outside, while the event loop has its turn", async () => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(reason), 20);
    const [model, started] = [makeClassifier(), performance.now()];
    // An end for the case that no turn ever comes
    const onEpochEnd = () => {
      if (performance.now() - started > 10_000) model.stopTraining = true;
    };
    const fit = model.fit(x, y, { epochs: 1e9, signal: controller.signal, callbacks: { onEpochEnd } });
    expect(await errorOf(() => fit)).toBe(reason);
    clearTimeout(timer);
  });

  it("without a reason: rejects with an AbortError", async () => {
    const error = (await errorOf(() => makeClassifier().fit(x, y, { signal: AbortSignal.abort() }))) as Error;
    expect(error.name).toBe("AbortError");
  });
});

it("a signal that is not aborted changes nothing", async () => {
  const [model, twin] = [makeClassifier(), makeClassifier()];
  const { signal } = new AbortController();
  expect(await model.fit(x, y, { signal, seed: 3 })).toEqual(await twin.fit(x, y, { seed: 3 }));
  expectSameWeights(model.getWeights(), twin.getWeights());
});
