/** When the hooks of callbacks are called, with what, and what they can do. */
import { describe, expect, it, vi } from "vitest";
import {
  type Callback,
  type CallbackHooks,
  type FitOptions,
  layers,
  Sequential,
  type TrainingRun,
} from "../../src/index.js";
import { makeClassifier, x, y } from "../helpers/classifier.js";
import { wrong } from "../helpers/failure.js";
import { expectSameWeights, type Weights } from "../helpers/weights.js";

const hookNames = ["onTrainBegin", "onTrainEnd", "onEpochBegin", "onEpochEnd", "onBatchBegin", "onBatchEnd"] as const;

/** Hooks that write down their calls as `name first-argument`. */
function recorder(calls: string[], prefix = "", asynchronous = false): CallbackHooks {
  const hook = (name: string) => (first?: unknown) => {
    const call = `${prefix}${name}${typeof first === "number" ? ` ${first}` : ""}`;
    if (!asynchronous) return void calls.push(call);
    return new Promise<void>((resolve) => {
      setTimeout(() => {
        calls.push(call);
        resolve();
      }, 0);
    });
  };
  return Object.fromEntries(hookNames.map((name) => [name, hook(name)]));
}

const twoEpochs = [
  "onTrainBegin",
  ...[0, 1].flatMap((epoch) => [
    `onEpochBegin ${epoch}`,
    "onBatchBegin 0",
    "onBatchEnd 0",
    "onBatchBegin 1",
    "onBatchEnd 1",
    `onEpochEnd ${epoch}`,
  ]),
  "onTrainEnd",
];

describe("hooks", () => {
  it.each([false, true])("come in order, awaited if need be (asynchronous: %s)", async (asynchronous) => {
    const calls: string[] = [];
    const callbacks = recorder(calls, "", asynchronous);
    await makeClassifier().fit(x, y, { epochs: 2, batchSize: 4, callbacks });
    expect(calls).toEqual(twoEpochs);
  });

  it("of several callbacks come in the callbacks' order, each after the one before", async () => {
    const calls: string[] = [];
    const callbacks = [recorder(calls, "a "), recorder(calls, "b ", true), () => recorder(calls, "c ")];
    await makeClassifier().fit(x, y, { callbacks, batchSize: 6, epochs: 2 });
    const oneBatch = twoEpochs.filter((call) => !call.endsWith("Begin 1") && !call.endsWith("End 1"));
    expect(calls.filter((call) => call.startsWith("a ")).length).toBeGreaterThan(oneBatch.length);
    for (let i = 0; i < calls.length; i += 3) {
      const name = calls[i]?.slice(2);
      expect(calls.slice(i, i + 3)).toEqual([`a ${name}`, `b ${name}`, `c ${name}`]);
    }
  });

  it("may be missing", async () => {
    await makeClassifier().fit(x, y, { callbacks: [{}, { onBatchEnd() {} }] });
  });

  it("get the figures: of the epoch so far with a batch, of all and of validation with an epoch", async () => {
    const batches: unknown[] = [];
    const epochs: unknown[] = [];
    const callbacks: CallbackHooks = {
      onBatchEnd: (batch, logs) => void batches.push([batch, logs]),
      onEpochEnd: (epoch, logs) => void epochs.push([epoch, logs]),
    };
    const { history } = await makeClassifier().fit(x, y, { batchSize: 4, callbacks, validationData: [x, y] });
    const [first, last] = batches as [[number, object], [number, object]];
    expect(Object.keys(first[1])).toEqual(["batch", "size", "loss", "accuracy"]);
    expect(first).toMatchObject([0, { batch: 0, size: 4 }]);
    const end = Object.fromEntries(Object.entries(history).map(([name, [value]]) => [name, value]));
    const { loss, accuracy } = end;
    expect(last).toEqual([1, { batch: 1, size: 2, loss, accuracy }]);
    expect(epochs).toEqual([[0, end]]);
  });

  it("see the weights after the batch's update", async () => {
    const model = makeClassifier();
    const seen = new Set<string>();
    const callbacks: CallbackHooks = {
      onBatchEnd: () =>
        void seen.add(
          model
            .getWeights()
            .map(({ data }) => data.join())
            .join(),
        ),
    };
    await model.fit(x, y, { epochs: 2, batchSize: 3, callbacks });
    expect(seen.size).toBe(4);
  });

  it("may return what they like: only promises are waited for", async () => {
    const losses: number[] = [];
    const callbacks = [
      { onEpochEnd: wrong((_: number, { loss }: { loss: number }) => losses.push(loss)) },
      { onEpochEnd: wrong(() => "done") },
    ];
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    const { history } = await makeClassifier().fit(x, y, { epochs: 3, callbacks, verbose: 1 });
    log.mockRestore();
    expect(losses).toEqual(history.loss);
  });
});

describe("a callback in the form of a function", () => {
  it("is asked for new hooks in each fit, and told of the run", async () => {
    const runs: TrainingRun[] = [];
    const callback: Callback = (run) => {
      runs.push(run);
      return {};
    };
    const model = makeClassifier();
    await model.fit(x, y, { epochs: 3, batchSize: 4, callbacks: callback });
    await model.fit(x, y, { callbacks: [callback] });
    expect(runs).toMatchObject([
      { epochs: 3, batchesPerEpoch: 2, figures: ["loss", "accuracy"] },
      { epochs: 1, batchesPerEpoch: 1, figures: ["loss", "accuracy"] },
    ]);
    expect(runs[0]?.model).toBe(model);
  });

  it("sees the weights that training starts from", async () => {
    const layer = layers.dense({ units: 3, inputShape: [4] });
    const model = new Sequential([layer]);
    model.compile({ optimizer: "sgd", loss: "mse" });
    const asked: Weights[] = [];
    const begun: Weights[] = [];
    const callback: Callback = (run) => {
      asked.push(run.model.getWeights());
      return {
        onTrainBegin: () => void begun.push(model.getWeights()),
      };
    };
    await model.fit(x, y, { seed: 3, callbacks: callback });
    const first = new Sequential([layer], { seed: 3 }).getWeights();
    for (const weights of [asked, begun]) expectSameWeights(weights[0] ?? [], first);
  });
});

describe("stopTraining", () => {
  const stopAt = async (hook: keyof CallbackHooks, at: number, options: FitOptions = {}): Promise<string[]> => {
    const model = makeClassifier();
    const calls: string[] = [];
    let count = 0;
    const stop = () => {
      if (count++ === at) model.stopTraining = true;
    };
    const callbacks = [{ [hook]: stop }, recorder(calls)];
    const { epoch, history } = await model.fit(x, y, { epochs: 2, batchSize: 4, callbacks, ...options });
    expect(history.loss ?? []).toHaveLength(epoch.length);
    expect(epoch).toHaveLength(calls.filter((call) => call.startsWith("onEpochEnd")).length);
    return calls;
  };

  it.each<[keyof CallbackHooks, number, number]>([
    ["onBatchEnd", 0, 3],
    ["onBatchBegin", 0, 3],
    ["onBatchEnd", 2, 9],
    ["onEpochBegin", 1, 9],
  ])("in call %# of %s ends the epoch after the batch, and training with it", async (hook, at, kept) => {
    const begun = twoEpochs.slice(0, kept + 1);
    const epoch = begun.findLast((call) => call.startsWith("onEpochBegin"))?.slice(-1);
    expect(await stopAt(hook, at)).toEqual([...begun, `onEpochEnd ${epoch}`, "onTrainEnd"]);
  });

  it("at the end of an epoch is followed by no other", async () => {
    expect(await stopAt("onEpochEnd", 0)).toEqual([...twoEpochs.slice(0, 7), "onTrainEnd"]);
  });

  it("still measures validation data", async () => {
    const model = makeClassifier();
    const onBatchEnd = () => {
      model.stopTraining = true;
    };
    const { history } = await model.fit(x, y, {
      epochs: 5,
      batchSize: 1,
      validationData: [x, y],
      callbacks: { onBatchEnd },
    });
    expect(history.val_loss).toHaveLength(1);
  });

  it("is forgotten by the next fit", async () => {
    const model = makeClassifier();
    const onEpochEnd = () => {
      model.stopTraining = true;
    };
    await model.fit(x, y, { epochs: 5, callbacks: { onEpochEnd } });
    expect(model.stopTraining).toBe(true);
    expect((await model.fit(x, y, { epochs: 5 })).epoch).toHaveLength(5);
  });
});

describe("a hook that is no function", () => {
  it.each([
    ["onEpochEnd", "abc", '"abc"'],
    ["onTrainBegin", 1, "1"],
    ["onBatchEnd", {}, "Object"],
  ])("is refused: %s", async (name, hook, shown) => {
    await expect(makeClassifier().fit(x, y, { callbacks: { [name]: hook } as never })).rejects.toThrow(
      new TypeError(`fit: callbacks: ${name}: expected a function, got ${shown}`),
    );
  });
});
