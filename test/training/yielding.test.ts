/** Training lets the event loop have its turn every 16 milliseconds, and costs nothing in between. */
import { afterEach, describe, expect, it, vi } from "vitest";
import type { DatasetBatch, Sequential } from "../../src/index.js";
import { yieldOnBudget } from "../../src/training/turns.js";
import { makeClassifier, x, y } from "../helpers/classifier.js";
import { countTurns } from "../helpers/turns.js";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const batches: DatasetBatch[] = [
  [x, y],
  [x, y],
  [x, y],
];

/** A clock that only moves when told to. */
function fakeClock(): (milliseconds: number) => void {
  let now = 1000;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  return (milliseconds) => {
    now += milliseconds;
  };
}

describe("yieldOnBudget", () => {
  it("waits once the budget is used up, and then has a new one", async () => {
    const pass = fakeClock();
    const pause = yieldOnBudget();
    pass(15.9);
    expect(pause()).toBeUndefined();
    pass(0.2);
    const waiting = pause();
    expect(waiting).toBeInstanceOf(Promise);
    // Others may take their time, which is not counted
    pass(1000);
    await waiting;
    pass(15.9);
    expect(pause()).toBeUndefined();
  });

  it.each([
    ["what is there", () => {}],
    ["a MessageChannel, where there is no setImmediate", () => vi.stubGlobal("setImmediate", undefined)],
    [
      "a timer, where there is neither",
      () => {
        vi.stubGlobal("setImmediate", undefined);
        vi.stubGlobal("MessageChannel", undefined);
      },
    ],
  ])("lets timers, messages and input in, by %s", async (_, arrange) => {
    const pass = fakeClock();
    const soon = new Promise((resolve) => setTimeout(() => resolve("timer"), 0));
    arrange();
    const pause = yieldOnBudget();
    let turns = 0;
    const done = soon.then(() => true);
    let fired = false;
    void done.then(() => {
      fired = true;
    });
    while (!fired && turns < 1e6) {
      pass(20);
      await pause();
      turns++;
    }
    expect(fired).toBe(true);
  });
});

describe("fit", () => {
  it("yields behind each batch that ends beyond the budget", async () => {
    const pass = fakeClock();
    const turns = countTurns();
    const onBatchEnd = (batch: number) => pass(batch === 1 ? 17 : 1);
    await makeClassifier().fit(x, y, { epochs: 4, batchSize: 2, callbacks: { onBatchEnd } });
    expect(turns()).toBe(4);
  });

  it.each<[string, (model: Sequential, options: object) => Promise<unknown>]>([
    ["arrays", (model, options) => model.fit(x, y, { ...options, validationData: [x, y] })],
    ["a data set", (model, options) => model.fitDataset([[x, y]], { ...options, validationData: () => batches })],
  ])("yields while it validates on %s, and comes to the same figures", async (_, fit) => {
    const plain = await fit(makeClassifier(), { epochs: 2, validationBatchSize: 2 });
    const turns = countTurns();
    let [now, validating] = [0, false];
    vi.spyOn(performance, "now").mockImplementation(() => {
      if (validating) now += 10;
      return now;
    });
    const callbacks = {
      onTestBegin() {
        validating = true;
      },
      onTestEnd() {
        validating = false;
      },
    };
    expect(await fit(makeClassifier(), { epochs: 2, validationBatchSize: 2, callbacks })).toEqual(plain);
    expect(turns()).toBeGreaterThanOrEqual(2);
  });

  it("lets a timer fire while it runs", async () => {
    let fired = 0;
    const timer = setInterval(() => fired++, 1);
    const started = performance.now();
    const model = makeClassifier();
    const onEpochEnd = () => {
      if (fired >= 2 || performance.now() - started > 10_000) model.stopTraining = true;
    };
    await model.fit(x, y, { epochs: 1e9, callbacks: { onEpochEnd } });
    clearInterval(timer);
    expect(fired).toBeGreaterThanOrEqual(2);
  });
});
