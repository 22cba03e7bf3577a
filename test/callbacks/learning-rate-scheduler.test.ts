/** learningRateScheduler: which rate each epoch has. */
import { describe, expect, it, vi } from "vitest";
import { callbacks, optimizers } from "../../src/index.js";
import { makeClassifier, x, y } from "../helpers/classifier.js";
import { expectFailure, type Refused, wrong } from "../helpers/failure.js";
import { expectSameWeights } from "../helpers/weights.js";

describe("learningRateScheduler", () => {
  it("asks with the epoch and the rate as it is, and sets the answer before the first batch", async () => {
    const asked: number[][] = [];
    const schedule = (epoch: number, learningRate: number) => {
      asked.push([epoch, learningRate]);
      return epoch < 4 ? learningRate : learningRate / 2;
    };
    const model = makeClassifier({ optimizer: optimizers.sgd({ learningRate: 0.5 }) });
    const options = { initialEpoch: 2, epochs: 6, callbacks: callbacks.learningRateScheduler(schedule) };
    const { history } = await model.fit(x, y, options);
    expect(asked).toEqual([
      [2, 0.5],
      [3, 0.5],
      [4, 0.5],
      [5, 0.25],
    ]);
    expect(history.learning_rate).toEqual([0.5, 0.5, 0.25, 0.125]);
    expect(model.learningRate).toBe(0.125);
  });

  it("trains as if the optimizer had that rate", async () => {
    const [model, twin] = [0.5, 0.25].map((learningRate) =>
      makeClassifier({ optimizer: optimizers.sgd({ learningRate }) }),
    ) as [ReturnType<typeof makeClassifier>, ReturnType<typeof makeClassifier>];
    await model.fit(x, y, { callbacks: callbacks.learningRateScheduler(() => 0.25) });
    await twin.fit(x, y);
    expectSameWeights(model.getWeights(), twin.getWeights());
  });

  it("says so, if asked to", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    const schedule = () => 0.25;
    for (const verbose of [0, 1] as const) {
      await makeClassifier().fit(x, y, { callbacks: callbacks.learningRateScheduler(schedule, { verbose }) });
      await makeClassifier().fit(x, y, { callbacks: callbacks.learningRateScheduler({ schedule, verbose }) });
    }
    const line = ["Epoch 1: LearningRateScheduler setting learning rate to 0.25."];
    expect(log.mock.calls).toEqual([line, line]);
    log.mockRestore();
  });

  it.each<Refused>([
    ["nothing", undefined, TypeError, "got undefined"],
    ["a rate below 0", -1, RangeError, "got -1"],
    ["NaN", Number.NaN, RangeError, "got NaN"],
    ["a text", "0.1", TypeError, 'got "0.1"'],
  ])("refuses a schedule that gives %s", async (_, rate, error, came) => {
    const callback = callbacks.learningRateScheduler(() => wrong(rate));
    await expectFailure(
      () => makeClassifier().fit(x, y, { callbacks: callback }),
      error,
      `learningRateScheduler: epoch 1: expected a learning rate of at least 0, ${came}`,
    );
  });

  it("refuses what is no function", async () => {
    await expectFailure(
      () => callbacks.learningRateScheduler(wrong(0.1)),
      TypeError,
      "learningRateScheduler: expected a function of epoch and learning rate, got 0.1",
    );
  });
});
