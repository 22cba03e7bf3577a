/** lambda, history and progressBar. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { type CallbackHooks, callbacks, type TrainingRun } from "../../src/index.js";
import { feed } from "../helpers/callback-run.js";
import { makeClassifier, x, y } from "../helpers/classifier.js";
import { expectFailure, wrong } from "../helpers/failure.js";

afterEach(() => {
  vi.restoreAllMocks();
});

describe("lambda", () => {
  it("has its hooks called", async () => {
    const calls: string[] = [];
    const hook = (name: string) => () => void calls.push(name);
    const names = ["beforeTrain", "onTrainBegin", "onEpochBegin", "onBatchBegin", "onBatchEnd", "afterBatch"] as const;
    const more = ["onTestBegin", "onTestEnd", "onEpochEnd", "afterEpoch", "onTrainEnd", "afterTrain"] as const;
    const hooks = Object.fromEntries([...names, ...more].map((name) => [name, hook(name)]));
    await makeClassifier().fit(x, y, { validationData: [x, y], callbacks: callbacks.lambda(hooks) });
    expect(calls).toEqual([...names, ...more]);
  });

  it("is told when others have had their turn", async () => {
    const turns: unknown[] = [];
    const onYield: CallbackHooks["onYield"] = (epoch, batch, { loss }) => void turns.push([epoch, batch, typeof loss]);
    const options = { epochs: 2, batchSize: 3, yieldEvery: "batch", callbacks: callbacks.lambda({ onYield }) } as const;
    await makeClassifier().fit(x, y, options);
    expect(turns).toEqual([0, 1].flatMap((epoch) => [0, 1].map((batch) => [epoch, batch, "number"])));
  });

  it("refuses hooks that there are not", async () => {
    await expectFailure(
      () => callbacks.lambda(wrong({ onEpochEnds() {} })),
      TypeError,
      "lambda: unknown option 'onEpochEnds'; known: onTrainBegin, onTrainEnd, onEpochBegin, onEpochEnd, onBatchBegin, onBatchEnd, onTestBegin, onTestEnd, onTestBatchBegin, onTestBatchEnd, onYield, onDivergence, onPredictBegin, onPredictEnd, onPredictBatchBegin, onPredictBatchEnd, beforeTrain, afterBatch, afterEpoch, afterTrain, state, restore",
    );
    await expectFailure(
      () => callbacks.lambda({ onEpochEnd: wrong(5) }),
      TypeError,
      "lambda: onEpochEnd: expected a function, got 5",
    );
  });
});

describe("history", () => {
  it("has what fit returns, and begins anew in each fit", async () => {
    const history = callbacks.history();
    for (const epochs of [3, 2]) {
      const { epoch, history: figures } = await makeClassifier().fit(x, y, { epochs, callbacks: history });
      expect([history.epoch, history.history]).toEqual([epoch, figures]);
      expect(history.epoch).toHaveLength(epochs);
    }
  });

  it("has the figures that callbacks before it add", async () => {
    const onEpochEnd: CallbackHooks["onEpochEnd"] = (epoch, logs) => {
      logs.squared = epoch ** 2;
    };
    const { history } = await makeClassifier().fit(x, y, { epochs: 3, callbacks: { onEpochEnd } });
    expect(history.squared).toEqual([0, 1, 4]);
  });
});

describe("progressBar", () => {
  /** Two epochs of 10 batches of 40 milliseconds. */
  async function draw(columns = 80, isTTY = true): Promise<string[]> {
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => now);
    const written: string[] = [];
    const output = { isTTY, columns, write: (text: string) => void written.push(text) };
    const batches = Array.from({ length: 10 }, (_, batch) => ({ batch, size: 3, loss: 0.5, tiny: 1e-4 }));
    await feed(
      (run) => {
        const bar = (callbacks.progressBar({ output }) as (run: TrainingRun) => CallbackHooks)(run);
        return {
          ...bar,
          onBatchEnd(batch, logs) {
            now += 40;
            return bar.onBatchEnd?.(batch, logs);
          },
        };
      },
      [0, 1].map(() => ({ logs: { loss: 0.5, tiny: 1e-4 }, batches })),
    );
    return written;
  }

  it("draws how far an epoch has come, the time that is left, and the figures so far", async () => {
    const written = await draw();
    expect(written[0]).toBe("Epoch 1/2\n");
    expect(written[1]).toBe("\r 2/10 ━━━━──────────────── 0s 40ms/step - loss: 0.5000 - tiny: 1.0000e-04\x1b[K");
    expect(written.filter((text) => text.endsWith("\n"))).toEqual([
      "Epoch 1/2\n",
      "\r10/10 ━━━━━━━━━━━━━━━━━━━━ 0s 40ms/step - loss: 0.5000 - tiny: 1.0000e-04\x1b[K\n",
      "Epoch 2/2\n",
      "\r10/10 ━━━━━━━━━━━━━━━━━━━━ 0s 40ms/step - loss: 0.5000 - tiny: 1.0000e-04\x1b[K\n",
    ]);
  });

  it("updates a line no more often than every 50 milliseconds, and within the terminal's width", async () => {
    const updates = (await draw(30)).filter((text) => !text.endsWith("\n"));
    expect(updates).toHaveLength(10);
    for (const update of updates) expect(update.replace("\r", "").replace("\x1b[K", "").length).toBeLessThan(30);
  });

  it("prints a line per epoch where no line can be rewritten", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    expect(await draw(80, false)).toEqual([]);
    expect(log.mock.calls.flat()).toEqual(
      [1, 2].map((epoch) => `Epoch ${epoch}/2 - 0.4s - loss: 0.5000 - tiny: 1.0000e-04`),
    );
  });

  it("refuses an output that cannot be written to", async () => {
    await expectFailure(
      () => callbacks.progressBar({ output: wrong({}) }),
      TypeError,
      "progressBar: output: expected an object with the method write, got Object",
    );
  });
});
