/** Hooks around the batches of `evaluate`, `predict` and validation, and what `verbose` shows of them. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { type CallbackHooks, layers, type NDArray, ndarray, Sequential, StateError, take } from "../../src/index.js";
import { makeClassifier } from "../helpers/classifier.js";
import { connectClassifier, makeWire } from "../helpers/connected.js";
import { matrix } from "../helpers/data.js";
import { expectFailure } from "../helpers/failure.js";

const x = matrix(10, 4, 3);
const y = matrix(10, 3, 4, 0, 1);
const testHooks = ["onTestBegin", "onTestBatchBegin", "onTestBatchEnd", "onTestEnd"] as const;
const predictHooks = ["onPredictBegin", "onPredictBatchBegin", "onPredictBatchEnd", "onPredictEnd"] as const;

afterEach(() => {
  vi.restoreAllMocks();
});

/** Hooks that write down their names and what they are told, at once or later. */
function recorder(names: readonly (keyof CallbackHooks)[], calls: unknown[], later = false): CallbackHooks {
  const hook =
    (name: string) =>
    async (...told: unknown[]) => {
      if (later) await new Promise((resolve) => setTimeout(resolve, 0));
      calls.push([name, ...told]);
    };
  return Object.fromEntries(names.map((name) => [name, hook(name)]));
}

const firstRows = (rows: number): [NDArray, NDArray] => {
  const numbers = Array.from({ length: rows }, (_, row) => row);
  return [take(x, numbers), take(y, numbers)];
};

/** What the hooks of a measuring of these batches are told: the figures of the batches so far. */
async function expectedTestCalls(model: Sequential, batchSize: number, ends: readonly number[]): Promise<unknown[]> {
  const calls: unknown[] = [["onTestBegin"]];
  let logs: unknown;
  for (const [batch, end] of ends.entries()) {
    logs = await model.evaluate(...firstRows(end), { batchSize });
    calls.push(["onTestBatchBegin", batch], ["onTestBatchEnd", batch, logs]);
  }
  return [...calls, ["onTestEnd", logs]];
}

describe.each([false, true])("hooks (asynchronous: %s)", (later) => {
  it("of evaluate come around each batch, with the figures so far, which do not change by them", async () => {
    const model = makeClassifier({ metrics: ["accuracy", "auc"] });
    const calls: unknown[] = [];
    const callbacks = [recorder(testHooks, calls, later), recorder(testHooks, [])];
    const logs = await model.evaluate(x, y, { batchSize: 4, callbacks });
    expect(calls).toEqual(await expectedTestCalls(model, 4, [4, 8, 10]));
    expect(logs).toEqual(await model.evaluate(x, y, { batchSize: 4 }));
    calls.length = 0;
    await model.evaluate(x, y, { batchSize: 4, steps: 2, callbacks });
    expect(calls).toEqual(await expectedTestCalls(model, 4, [4, 8]));
  });

  it("of evaluateDataset do, too", async () => {
    const model = makeClassifier();
    const calls: unknown[] = [];
    const dataset = [
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ].map((rows) => [take(x, rows), take(y, rows)] as const);
    await model.evaluateDataset(dataset, { callbacks: recorder(testHooks, calls, later) });
    expect(calls).toEqual(await expectedTestCalls(model, 4, [4, 8, 10]));
  });

  it.each(["fit", "fitDataset"] as const)(
    "of validation in %s come between the epoch's last batch and its end",
    async (method) => {
      const model = makeClassifier();
      const calls: unknown[][] = [];
      const callbacks = recorder(["onBatchEnd", ...testHooks, "onEpochEnd", "onTrainEnd"], calls, later);
      const options = { validationData: [x, y] as const, validationBatchSize: 4, callbacks };
      if (method === "fit") await model.fit(x, y, { ...options, batchSize: 10 });
      else await model.fitDataset([[x, y]], options);
      expect(calls.slice(1, -2)).toEqual(await expectedTestCalls(model, 4, [4, 8, 10]));
      expect([calls[0], ...calls.slice(-2)].map((call) => call?.[0])).toEqual([
        "onBatchEnd",
        "onEpochEnd",
        "onTrainEnd",
      ]);
      expect(calls.at(-1)?.[1]).toEqual(calls.at(-2)?.[2]);
    },
  );

  it("of predict come around each batch, with its outputs", async () => {
    const model = makeClassifier();
    const outputs = await model.predict(x);
    const calls: unknown[] = [];
    const given = await model.predict(x, { batchSize: 4, callbacks: recorder(predictHooks, calls, later) });
    expect(given).toEqual(outputs);
    const parts = [
      [0, 4],
      [4, 8],
      [8, 10],
    ].map(([start, end]) => outputs.data.slice(3 * (start ?? 0), 3 * (end ?? 0)));
    expect(calls).toEqual([
      ["onPredictBegin"],
      ...parts.flatMap((data, batch) => [
        ["onPredictBatchBegin", batch],
        ["onPredictBatchEnd", batch, { outputs: ndarray(data, [data.length / 3, 3]) }],
      ]),
      ["onPredictEnd"],
    ]);
  });

  it("of a model in a worker come here, with the same arguments", async () => {
    const [here, there] = [makeClassifier(), await connectClassifier()];
    const [calls, heard] = [[], []] as [unknown[], unknown[]];
    for (const [model, list] of [
      [here, calls],
      [there, heard],
    ] as const) {
      await model.evaluate(x, y, { batchSize: 4, callbacks: recorder(testHooks, list, later) });
      await model.predict(x, { batchSize: 4, steps: 2, callbacks: recorder(predictHooks, list, later) });
    }
    expect(heard).toEqual(calls);
    expect(calls).toHaveLength(8 + 6);
  });
});

it("predict with steps predicts the first batches only", async () => {
  const model = makeClassifier();
  const [first] = firstRows(6);
  expect(await model.predict(x, { batchSize: 3, steps: 2 })).toEqual(await model.predict(first));
  expect(await model.predict(x, { batchSize: 3, steps: 2, callbacks: {} })).toEqual(await model.predict(first));
  expect(await model.predict(x, { batchSize: 3, steps: 9 })).toEqual(await model.predict(x));
});

it("a worker sends nothing for hooks that nobody has", async () => {
  const wire = makeWire();
  const model = await connectClassifier({}, wire);
  wire.heard.length = 0;
  await model.evaluate(x, y, { batchSize: 2, callbacks: { onTestEnd() {} } });
  await model.predict(x, { callbacks: {} });
  expect(wire.heard).toEqual(["onTestEnd", "result", "result"]);
});

it("what hooks throw is thrown, here and from a worker", async () => {
  const callbacks = {
    onTestBatchEnd() {
      throw new RangeError("enough");
    },
  };
  for (const model of [makeClassifier(), await connectClassifier()]) {
    await expectFailure(() => model.evaluate(x, y, { callbacks }), RangeError, "enough");
    expect((await model.predict(x)).shape).toEqual([10, 3]);
  }
});

it("others may use the model while a hook takes its time", async () => {
  const model = makeClassifier();
  const expected = await model.evaluate(x, y, { batchSize: 3 });
  const outputs = await model.predict(x);
  const onTestBatchBegin = async () => {
    await model.evaluate(x, y, { batchSize: 5, callbacks: { onTestBatchEnd: () => model.predict(x) } });
  };
  const onPredictBatchEnd = async () => void (await model.evaluate(x, y));
  expect(
    await Promise.all([
      model.evaluate(x, y, { batchSize: 3, callbacks: { onTestBatchBegin } }),
      model.predict(x, { batchSize: 3, callbacks: { onPredictBatchEnd } }),
    ]),
  ).toEqual([expected, outputs]);
});

it("a model that a hook disposes is measured no further", async () => {
  const model = makeClassifier();
  const callbacks = { onTestBatchEnd: () => model.dispose() };
  await expectFailure(
    () => model.evaluate(x, y, { batchSize: 4, callbacks }),
    StateError,
    "evaluate: the model has been disposed",
  );
});

it("a model without weights yet keeps those that it was measured with", async () => {
  const model = new Sequential([layers.dense({ units: 3 })]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  const logs = await model.evaluate(x, y, { callbacks: { onTestBatchEnd() {} } });
  expect(await model.evaluate(x, y)).toEqual(logs);
});

it("a value that is not finite is told with its batch", async () => {
  const data = x.data.slice();
  data[21] = Number.NaN;
  const bad = ndarray(data, x.shape);
  const message = "x, batch 1: expected finite numbers, got NaN in row 1, column 1";
  await expectFailure(
    () => makeClassifier().evaluate(bad, y, { batchSize: 4, callbacks: { onTestBatchEnd() {} } }),
    RangeError,
    message,
  );
  const inAll = "x: expected finite numbers, got NaN in row 5, column 1";
  await expectFailure(() => makeClassifier().predict(bad, { batchSize: 4, callbacks: {} }), RangeError, inAll);
});

describe("verbose", () => {
  it("2 prints a line at the end", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    vi.spyOn(performance, "now").mockImplementation(() => 0);
    for (const model of [makeClassifier(), await connectClassifier()]) {
      log.mockClear();
      const { loss, accuracy } = await model.evaluate(x, y, { batchSize: 4, verbose: 2 });
      const figures = `loss: ${loss?.toFixed(4)} - accuracy: ${accuracy?.toFixed(4)}`;
      await model.predict(x, { verbose: 2 });
      expect(log.mock.calls.flat()).toEqual([`3/3 - 0.0s - ${figures}`, "1/1 - 0.0s"]);
    }
    log.mockClear();
    await makeClassifier({ metrics: [] }).evaluateDataset([[x, y]], { verbose: 2 });
    expect(log.mock.calls.flat()).toEqual([expect.stringMatching(/^0\.0s - loss: \d/)]);
  });

  it("1 draws a bar in a terminal, and a line elsewhere", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    const written: string[] = [];
    vi.spyOn(performance, "now").mockImplementation(() => 60 * written.length);
    vi.stubGlobal("process", { stdout: { isTTY: true, write: (text: string) => written.push(text) } });
    await makeClassifier().predict(x, { batchSize: 4, verbose: 1 });
    vi.stubGlobal("process", { stdout: { write() {} } });
    await makeClassifier().predict(x, { batchSize: 4, verbose: 1 });
    vi.unstubAllGlobals();
    expect(written).toEqual(["\r3/3 ━━━━━━━━━━━━━━━━━━━━ 0s 0us/step\x1b[K\n"]);
    expect(log.mock.calls.flat()).toEqual(["3/3 - 0.0s"]);
  });

  it.each(["evaluate", "predict"] as const)("of another kind is refused by %s", async (method) => {
    const call = () =>
      (makeClassifier()[method] as (...values: unknown[]) => unknown)(x, ...(method === "evaluate" ? [y] : []), {
        verbose: "auto",
      });
    await expectFailure(call, TypeError, `${method}: verbose: expected 0, 1 or 2, got "auto"`);
  });
});
