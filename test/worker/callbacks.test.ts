/** Callbacks of a fit in a worker: hooks run here, what needs the weights runs there, nothing else crosses. */
import { describe, expect, it, vi } from "vitest";
import {
  type Callback,
  type CallbackHooks,
  callbacks,
  type FitOptions,
  layers,
  optimizers,
  schedules,
} from "../../src/index.js";
import { makeClassifier, x, y } from "../helpers/classifier.js";
import { connectClassifier, connected, makeWire } from "../helpers/connected.js";
import { errorOf } from "../helpers/failure.js";
import { expectSameWeights } from "../helpers/weights.js";

const options = { epochs: 3, batchSize: 2, validationSplit: 0.4, yieldEvery: "batch" } as const satisfies FitOptions;

/** The same fit here and there, with callbacks made for each. */
async function expectSameFit(makeCallbacks: () => Callback | Callback[], more: FitOptions = {}): Promise<void> {
  const [here, there] = [makeClassifier(), await connectClassifier()];
  const history = await here.fit(x, y, { ...options, ...more, callbacks: makeCallbacks() });
  expect(await there.fit(x, y, { ...options, ...more, callbacks: makeCallbacks() })).toEqual(history);
  expectSameWeights(await there.getWeights(), here.getWeights());
}

describe("hooks", () => {
  it("come in the same order, with the same arguments", async () => {
    const names = [
      ...["beforeTrain", "onTrainBegin", "onEpochBegin", "onBatchBegin", "onBatchEnd", "afterBatch", "onYield"],
      ...["onTestBegin", "onTestEnd", "onEpochEnd", "afterEpoch", "onTrainEnd", "afterTrain"],
    ];
    const recorder = (calls: unknown[]): Callback => {
      const hooks = names.map((name) => [name, (...values: unknown[]) => calls.push([name, structuredClone(values)])]);
      return ({ epochs, batchesPerEpoch, figures }) => {
        calls.push([epochs, batchesPerEpoch, figures]);
        return Object.fromEntries(hooks);
      };
    };
    const [here, there] = [[], []] as [unknown[], unknown[]];
    await makeClassifier().fit(x, y, { ...options, callbacks: recorder(here) });
    await (await connectClassifier()).fit(x, y, { ...options, callbacks: recorder(there) });
    expect(there).toEqual(here);
  });

  it("are heard of only where a callback has them", async () => {
    const wire = makeWire();
    const model = await connectClassifier({}, wire);
    wire.heard.length = 0;
    await model.fit(x, y, options);
    expect(wire.heard).toEqual(["result"]);
    wire.heard.length = 0;
    await model.fit(x, y, { ...options, callbacks: [{ onEpochEnd: () => {} }, { onTrainEnd: () => {} }] });
    const epochs = ["onEpochEnd", "onEpochEnd", "onEpochEnd"];
    expect(wire.heard).toEqual(["beforeTrain", ...epochs, "onTrainEnd", "result"]);
  });

  it("are waited for, and may add to the logs", async () => {
    await expectSameFit(() => [
      {
        async onEpochEnd(epoch, logs) {
          await new Promise((resolve) => setTimeout(resolve, 1));
          logs.added = epoch * 2;
        },
      },
      callbacks.reduceLROnPlateau({ monitor: "added", mode: "max" }),
      {
        onEpochEnd(_, logs) {
          logs.seen = (logs.added ?? -1) + (logs.learning_rate ?? -1);
        },
      },
    ]);
  });

  it("keep their this", async () => {
    class Counter implements CallbackHooks {
      epochs = 0;
      onEpochEnd() {
        this.epochs++;
      }
    }
    const counter = new Counter();
    await (await connectClassifier()).fit(x, y, { epochs: 3, callbacks: counter });
    expect(counter.epochs).toBe(3);
  });

  it("that throw end the fit with the very error, and the model stays usable", async () => {
    const [here, there] = [makeClassifier(), await connectClassifier()];
    const error = new (class Mine extends Error {})("mine");
    const onBatchEnd = (batch: number) => {
      if (batch === 1) throw error;
    };
    const failing = { callbacks: { onBatchEnd }, batchSize: 2 };
    expect(await errorOf(() => there.fit(x, y, failing))).toBe(error);
    expect(await errorOf(() => here.fit(x, y, failing))).toBe(error);
    expect(await there.fit(x, y)).toEqual(await here.fit(x, y));
    expectSameWeights(await there.getWeights(), here.getWeights());
  });
});

describe("a callback on this side", () => {
  it("stops training at the same batch, by run.model or by the model itself", async () => {
    const stopAt =
      (epochs: number): Callback =>
      ({ model }) => ({
        onBatchEnd(batch, { loss = 0 }) {
          if (batch === 1 && loss > 0 && --epochs === 0) model.stopTraining = true;
        },
      });
    await expectSameFit(() => stopAt(2));

    const [here, there] = [makeClassifier(), await connectClassifier()];
    for (const model of [here, there]) {
      const onBatchEnd = (batch: number) => {
        if (batch === 0) model.stopTraining = true;
      };
      await model.fit(x, y, { batchSize: 2, callbacks: { onBatchEnd } });
      expect(model.stopTraining).toBe(true);
    }
    expectSameWeights(await there.getWeights(), here.getWeights());
  });

  it("sees that one in the worker has stopped it", async () => {
    const seen: boolean[] = [];
    const stopper = callbacks.earlyStopping({ monitor: "loss", minDelta: 10 });
    const watch: Callback = ({ model }) => ({ onEpochEnd: () => seen.push(model.stopTraining) });
    await (await connectClassifier()).fit(x, y, { epochs: 5, callbacks: [stopper, watch] });
    expect(seen).toEqual([false, true]);
  });

  it("changes the learning rate", async () => {
    await expectSameFit(() => callbacks.learningRateScheduler((epoch, rate) => rate / (1 + epoch)));
  });

  it("may not where it follows a schedule", async () => {
    const schedule = { initialLearningRate: 0.1, decaySteps: 3, decayRate: 0.5 };
    const optimizer = () => optimizers.sgd({ learningRate: schedules.exponentialDecay(schedule) });
    const [here, there] = [
      makeClassifier({ optimizer: optimizer() }),
      await connectClassifier({ optimizer: optimizer() }),
    ];
    const set: Callback = ({ model }) => ({
      onEpochBegin() {
        model.learningRate = 1;
      },
    });
    const [expected, actual] = [
      (await errorOf(() => here.fit(x, y, { callbacks: set }))) as Error,
      (await errorOf(() => there.fit(x, y, { callbacks: set }))) as Error,
    ];
    expect(actual).toBeInstanceOf(expected.constructor);
    expect(actual.message).toBe(expected.message);
  });

  it("is told that the weights are elsewhere", async () => {
    const model = await connectClassifier();
    const reader: Callback = (run) => ({ onEpochEnd: () => run.model.getWeights() });
    const error = (await errorOf(() => model.fit(x, y, { callbacks: reader }))) as Error;
    expect(`${error}`).toBe(
      "StateError: getWeights: this callback runs outside of the worker that has the model; `await` that of the model in the worker",
    );
    for (const name of ["state", "swapAverages"] as const) {
      const callback: Callback = (run) => ({ onTrainBegin: () => run[name]() });
      expect(`${await errorOf(() => model.fit(x, y, { callbacks: callback }))}`).toContain(`StateError: ${name}: `);
    }
  });

  it("ends training that diverges in peace", async () => {
    const diverging = async () => {
      const model = connected([layers.dense({ units: 3 })], { seed: 1 });
      await model.compile({ optimizer: optimizers.sgd({ learningRate: 1e30 }), loss: "mse" });
      return model;
    };
    const errors: Error[] = [];
    const onDivergence = async (error: Error) => errors.push(error) > 0;
    const fit = { epochs: 5, batchSize: 2 };
    const { epoch } = await (await diverging()).fit(x, y, {
      ...fit,
      callbacks: [{ onEpochEnd() {} }, { onDivergence }],
    });
    expect(epoch).toEqual([0]);
    expect(errors).toMatchObject([{ name: "LanewiseError", message: expect.stringContaining("training diverged") }]);
    const inWorker = await (await diverging()).fit(x, y, { ...fit, callbacks: callbacks.terminateOnNaN() });
    expect(inWorker.epoch).toEqual([0]);
    const failing = (await diverging()).fit(x, y, { ...fit, callbacks: { onDivergence: () => false } });
    await expect(failing).rejects.toThrow("training diverged");
  });
});

describe("members of callbacks that need the weights or the run", () => {
  it("earlyStopping, with the best weights put back", async () => {
    const makeCallbacks = () => callbacks.earlyStopping({ monitor: "loss", mode: "max", restoreBestWeights: true });
    await expectSameFit(makeCallbacks, { epochs: 6 });
  });

  it("reduceLROnPlateau", async () => {
    await expectSameFit(() => callbacks.reduceLROnPlateau({ monitor: "loss", patience: 0, minDelta: 1 }));
  });

  it("swapEMAWeights", async () => {
    const compile = { optimizer: optimizers.adam({ useEma: true }) };
    const [here, there] = [makeClassifier(compile), await connectClassifier(compile)];
    const fit = { ...options, callbacks: callbacks.swapEMAWeights() };
    expect(await there.fit(x, y, fit)).toEqual(await here.fit(x, y, fit));
  });
});

it("verbose prints here", async () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  await (await connectClassifier()).fit(x, y, { epochs: 2, verbose: 2 });
  expect(log.mock.calls.map(([text]) => text)).toEqual([
    expect.stringContaining("Epoch 1/2"),
    expect.stringContaining("Epoch 2/2"),
  ]);
  log.mockRestore();
});
