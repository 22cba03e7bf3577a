/** What `evaluate` and `predict` can be told. */
import { describe, expect, it } from "vitest";
import { type EvaluateOptions, take } from "../src/index.js";
import { makeClassifier } from "./helpers/classifier.js";
import { matrix } from "./helpers/data.js";
import { expectFailure, wrong } from "./helpers/failure.js";

const x = matrix(10, 4, 3);
const y = matrix(10, 3, 4, 0, 1);

describe("evaluate", () => {
  it("with steps measures the first batches only", async () => {
    const model = makeClassifier();
    const first = Array.from({ length: 6 }, (_, row) => row);
    const expected = await model.evaluate(take(x, first), take(y, first), { batchSize: 3 });
    expect(await model.evaluate(x, y, { batchSize: 3, steps: 2 })).toEqual(expected);
    expect(await model.evaluate(x, y, { batchSize: 3, steps: 9 })).toEqual(
      await model.evaluate(x, y, { batchSize: 3 }),
    );
  });

  it("waits for the hooks of callbacks, before and behind the measuring", async () => {
    const calls: unknown[] = [];
    const model = makeClassifier();
    const later = async (call: unknown) => {
      await new Promise((resolve) => setTimeout(resolve, 0));
      calls.push(call);
    };
    const hooks = { onTestBegin: () => later("begin"), onTestEnd: (logs: unknown) => later(logs) };
    const logs = await model.evaluate(x, y, { callbacks: [hooks, { onTestBegin: () => calls.push("second") }] });
    expect(calls).toEqual(["begin", "second", logs]);
    expect(await model.evaluate(x, y, { callbacks: hooks })).toEqual(logs);
    expect(calls).toHaveLength(5);
  });

  it.each<[EvaluateOptions, new (message?: string) => Error, string]>([
    [{ steps: 0 }, RangeError, "evaluate: steps: expected an integer of at least 1, got 0"],
    [{ callbacks: wrong(() => ({})) }, TypeError, "evaluate: callbacks: expected objects with hooks, got a function"],
  ])("refuses %o", async (options, kind, message) => {
    await expectFailure(() => makeClassifier().evaluate(x, y, options), kind, message);
  });
});

describe("predict", () => {
  it("takes a batchSize, which changes no bit", async () => {
    const model = makeClassifier();
    const output = await model.predict(x);
    for (const batchSize of [1, 3, 10, 1000]) expect(await model.predict(x, { batchSize })).toEqual(output);
  });

  it("refuses one that is none", async () => {
    const message = "predict: batchSize: expected an integer of at least 1, got 0";
    await expectFailure(() => makeClassifier().predict(x, { batchSize: 0 }), RangeError, message);
  });
});
