/** reduceLROnPlateau against Keras's ReduceLROnPlateau, and in a fit. */
import { describe, expect, it } from "vitest";
import { callbacks, optimizers } from "../../src/index.js";
import { feed, withFigure } from "../helpers/callback-run.js";
import { makeClassifier, x, y } from "../helpers/classifier.js";
import { expectFailure, type Refused, wrong } from "../helpers/failure.js";

type Options = NonNullable<Parameters<typeof callbacks.reduceLROnPlateau>[0]>;

const half = { factor: 0.5, minDelta: 0 } as const;

/** The learning rate, at first 1, after each epoch: worked out by hand from keras/src/callbacks/reduce_lr_on_plateau.py. */
const cases: readonly (readonly [options: Options, values: readonly number[], rates: readonly number[]])[] = [
  // That many epochs without improvement in a row, and again
  [{ ...half, patience: 2 }, [3, 2, 2, 2, 2, 2], [1, 1, 1, 0.5, 0.5, 0.25]],
  [{ ...half, patience: 2 }, [3, 3, 2, 2, 1, 1], [1, 1, 1, 1, 1, 1]],
  [{ ...half, patience: 1 }, [3, 3, 3], [1, 0.5, 0.25]],
  // With patience 0 as with 1: an epoch must come without improvement
  [{ ...half, patience: 0 }, [3, 3, 2], [1, 0.5, 0.5]],
  // Epochs of the cooldown do not count; its last one does again
  [{ ...half, patience: 1, cooldown: 2 }, [3, 3, 3, 3, 3, 3], [1, 0.5, 0.5, 0.25, 0.25, 0.125]],
  [{ ...half, patience: 2, cooldown: 1 }, [3, 3, 3, 3, 3, 3], [1, 1, 0.5, 0.5, 0.25, 0.25]],
  // A better value in the cooldown is the one to beat
  [{ ...half, patience: 1, cooldown: 3 }, [3, 3, 1, 2, 2], [1, 0.5, 0.5, 0.5, 0.25]],
  // No lower than minLr
  [{ ...half, patience: 1, minLr: 0.3 }, [3, 3, 3, 3], [1, 0.5, 0.3, 0.3]],
  // An improvement is more than minDelta, which is 1e-4
  [{ factor: 0.5, patience: 1 }, [1, 0.99995, 0.9998], [1, 0.5, 0.5]],
  [{ ...half, minDelta: 1, patience: 1 }, [5, 4.5, 3.5], [1, 0.5, 0.5]],
  // Upward for accuracies and when told so
  [{ ...half, patience: 1, monitor: "val_accuracy" }, [0.5, 0.6, 0.6], [1, 1, 0.5]],
  [{ ...half, patience: 1, monitor: "score", mode: "max" }, [1, 2, 2], [1, 1, 0.5]],
  [{ ...half, patience: 1, monitor: "val_accuracy", mode: "min" }, [0.5, 0.6], [1, 0.5]],
  // The defaults: a tenth after 10 epochs
  [{}, Array<number>(12).fill(1), [...Array<number>(10).fill(1), 0.1, 0.1]],
];

describe("reduceLROnPlateau", () => {
  it.each(cases)("%j over %j", async (options, values, rates) => {
    const callback = callbacks.reduceLROnPlateau(options);
    expect((await feed(callback, withFigure(options.monitor ?? "val_loss", values))).rates).toEqual(rates);
  });

  it("adds the learning rate that the epoch had to its logs", async () => {
    const callback = callbacks.reduceLROnPlateau({ ...half, patience: 1 });
    const { logs } = await feed(callback, withFigure("val_loss", [3, 3, 3]));
    expect(logs.map(({ learning_rate }) => learning_rate)).toEqual([1, 1, 0.5]);
  });

  it("passes over epochs without the figure", async () => {
    const epochs = [{ logs: { val_loss: 3 } }, { logs: {} }, { logs: { val_loss: 3 } }, { logs: {} }];
    const { rates } = await feed(callbacks.reduceLROnPlateau({ ...half, patience: 1 }), epochs);
    expect(rates).toEqual([1, 1, 0.5, 0.5]);
  });

  it("steers a fit, whose history has the learning rates", async () => {
    const optimizer = optimizers.sgd({ learningRate: 0.5 });
    const model = makeClassifier({ optimizer });
    const { history } = await model.fit(x, y, {
      epochs: 4,
      validationData: [x, y],
      callbacks: callbacks.reduceLROnPlateau({ patience: 1, minDelta: 100, factor: 0.5 }),
    });
    expect(history.learning_rate).toEqual([0.5, 0.5, 0.25, 0.125]);
    expect(optimizer.learningRate).toBe(0.0625);
    expect(model.learningRate).toBe(0.0625);
  });

  it("goes on with what it knew", async () => {
    const callback = callbacks.reduceLROnPlateau({ ...half, patience: 2, cooldown: 1 });
    const values = [3, 3, 3, 3, 3, 3, 1, 3];
    const whole = await feed(callback, withFigure("val_loss", values));
    for (let cut = 1; cut < values.length; cut++) {
      const first = await feed(callback, withFigure("val_loss", values.slice(0, cut)));
      const learningRate = first.model.learningRate;
      const state = first.hooks.state?.();
      const second = await feed(callback, withFigure("val_loss", values.slice(cut)), { learningRate, state });
      expect([...first.rates, ...second.rates]).toEqual(whole.rates);
    }
  });

  it("fails when the figure is not among the logs", async () => {
    await expectFailure(
      () => makeClassifier().fit(x, y, { callbacks: callbacks.reduceLROnPlateau() }),
      RangeError,
      "reduceLROnPlateau: expected 'val_loss' among the logs, got loss, accuracy, learning_rate",
    );
  });

  it.each<Refused>([
    ["a factor of 1", { factor: 1 }, RangeError, "factor: expected a number in (0, 1), got 1"],
    ["a factor of 0", { factor: 0 }, RangeError, "factor: expected a number in (0, 1), got 0"],
    ["half a patience", { patience: 0.5 }, RangeError, "patience: expected an integer of at least 0, got 0.5"],
    ["a cooldown below 0", { cooldown: -1 }, RangeError, "cooldown: expected an integer of at least 0, got -1"],
    ["a minLr below 0", { minLr: -1 }, RangeError, "minLr: expected a number of at least 0, got -1"],
    ["a text as minDelta", { minDelta: "1" }, TypeError, 'minDelta: expected a number of at least 0, got "1"'],
    ["another mode", { mode: "down" }, RangeError, "mode: expected 'auto', 'min' or 'max', got \"down\""],
    ["a number to monitor", { monitor: 1 }, TypeError, "monitor: expected the name of a figure, got 1"],
    ["verbose 3", { verbose: 3 }, TypeError, "verbose: expected 0 or 1, got 3"],
  ])("refuses %s", async (_, options, error, message) => {
    await expectFailure(() => callbacks.reduceLROnPlateau(wrong(options)), error, `reduceLROnPlateau: ${message}`);
  });
});
