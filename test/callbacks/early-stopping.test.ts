/** earlyStopping against Keras's EarlyStopping: when it stops, and which weights it leaves. */
import { describe, expect, it, vi } from "vitest";
import { type CallbackHooks, callbacks, ndarray, optimizers, type TrainingRun } from "../../src/index.js";
import { makeClassifier, x, y } from "../helpers/classifier.js";
import { matrix } from "../helpers/data.js";
import { expectFailure, type Refused, wrong } from "../helpers/failure.js";
import { expectSameWeights, type Weights } from "../helpers/weights.js";

type Options = NonNullable<Parameters<typeof callbacks.earlyStopping>[0]>;

/** Feeds it one value after another and tells after which epoch it stopped, and of which epoch the weights are. */
async function run(options: Options, values: readonly number[]): Promise<{ stopped?: number; weights?: number }> {
  const { monitor = "val_loss" } = options;
  let current = ndarray(Float32Array.of(-1));
  const model = {
    stopTraining: false,
    getWeights: () => [ndarray(current.data.slice())],
    setWeights: ([weight]: Weights) => {
      current = weight as typeof current;
    },
  };
  const callback = callbacks.earlyStopping(options) as (run: TrainingRun) => CallbackHooks;
  const hooks = callback({ model, epochs: values.length, batchesPerEpoch: 1 } as TrainingRun);
  await hooks.onTrainBegin?.();
  let epoch = 0;
  for (; epoch < values.length && !model.stopTraining; epoch++) {
    current = ndarray(Float32Array.of(epoch));
    await hooks.onEpochEnd?.(epoch, { loss: 0, [monitor]: values[epoch] as number });
  }
  const last = epoch - 1;
  await hooks.onTrainEnd?.({});
  const [weights] = current.data;
  return { ...(model.stopTraining && { stopped: last }), ...(weights !== last && { weights: weights as number }) };
}

const restoreBestWeights = true;
const max = { mode: "max" } as const;

/** Worked out by hand from keras/src/callbacks/early_stopping.py. */
const cases: readonly (readonly [options: Options, values: readonly number[], expected: object])[] = [
  // Without patience the first epoch that is no better stops; but never the first of all
  [{}, [3, 2, 1], {}],
  [{}, [1, 2, 0], { stopped: 1 }],
  [{}, [1, 1], { stopped: 1 }],
  [{ baseline: 0 }, [1, 0.5, 0.2], {}],
  // With patience, that many epochs in a row
  [{ patience: 1 }, [1, 2, 0], { stopped: 1 }],
  [{ patience: 2 }, [1, 2, 0, 3, 3, 0], { stopped: 4 }],
  [{ patience: 2 }, [1, 2, 0, 3, 0, -1], { stopped: 4 }],
  [{ patience: 3 }, [1, 2, 2, 0, 2, 2], {}],
  // An improvement is more than minDelta
  [{ minDelta: 0.5 }, [4, 3, 2.5, 1], { stopped: 2 }],
  [{ minDelta: 0.25, patience: 2 }, [4, 3.75, 3.5, 3], {}],
  // Upward for accuracies and when told so
  [{ monitor: "val_accuracy" }, [0.1, 0.2, 0.2], { stopped: 2 }],
  [{ monitor: "acc" }, [0.5, 0.4], { stopped: 1 }],
  [{ monitor: "val_cohenKappa" }, [0.5, 0.4], { stopped: 1 }],
  [{ monitor: "val_rmse" }, [0.5, 0.4, 0.4], { stopped: 2 }],
  [{ monitor: "score", ...max }, [1, 2, 3], {}],
  [{ monitor: "val_accuracy", mode: "min" }, [0.5, 0.6], { stopped: 1 }],
  [{ ...max, minDelta: 1 }, [1, 1.5], { stopped: 1 }],
  // With a baseline, waiting ends only with a value that beats both it and the best
  [{ baseline: 1, patience: 2 }, [3, 2, 1.5, 0.5], {}],
  [{ baseline: 1, patience: 3 }, [3, 2, 2, 0.5, 0.6, 0.6, 0.6], { stopped: 2 }],
  [{ baseline: 1, patience: 4 }, [3, 2, 0.5, 0.6, 0.6, 0.6, 0.6], { stopped: 6 }],
  [{ baseline: 1, ...max }, [2, 3, 2], { stopped: 2 }],
  // Epochs before startFromEpoch neither count nor set the best
  [{ startFromEpoch: 2 }, [0, 5, 4, 3, 2], {}],
  [{ startFromEpoch: 2 }, [0, 5, 4, 4, 2], { stopped: 3 }],
  [{ startFromEpoch: 2, patience: 2 }, [0, 1, 4, 5, 6], { stopped: 4 }],
  // The best weights come back at the end, whatever ended it
  [{ restoreBestWeights }, [3, 2, 2], { stopped: 2, weights: 1 }],
  [{ restoreBestWeights, patience: 5 }, [3, 1, 2, 2], { weights: 1 }],
  [{ restoreBestWeights, patience: 5 }, [3, 2, 1], {}],
  [{ restoreBestWeights, patience: 2, minDelta: 1 }, [5, 4.5, 4.2], { stopped: 2, weights: 0 }],
  [{ restoreBestWeights, startFromEpoch: 1, patience: 2 }, [0, 4, 5, 5], { stopped: 3, weights: 1 }],
  [{ restoreBestWeights, startFromEpoch: 9 }, [3, 4, 5], {}],
  [{ restoreBestWeights, ...max, patience: 2 }, [1, 3, 2, 2], { stopped: 3, weights: 1 }],
  [{ restoreBestWeights, baseline: 0, patience: 2 }, [3, 1, 2], { stopped: 2, weights: 1 }],
  // NaN never improves, and does not stop at once; the first weights are the best until something does
  [{}, [Number.NaN, 2, 1], {}],
  [{ patience: 2, restoreBestWeights }, [Number.NaN, Number.NaN, Number.NaN], { stopped: 1, weights: 0 }],
];

describe("earlyStopping", () => {
  it.each(cases)("%j over %j", async (options, values, expected) => {
    expect(await run(options, values)).toEqual(expected);
  });

  it("keeps nothing from one fit to the next", async () => {
    const model = makeClassifier();
    const stopping = callbacks.earlyStopping({ monitor: "loss", patience: 1 });
    for (let i = 0; i < 2; i++) {
      const { epoch } = await model.fit(x, y, { epochs: 4, callbacks: stopping, shuffle: false, batchSize: 6 });
      expect(epoch).toHaveLength(4);
    }
  });

  it("stops a model that learns noise, and leaves its best weights", async () => {
    const model = makeClassifier();
    const weights: Weights[] = [];
    const { history } = await model.fit(x, y, {
      epochs: 500,
      validationData: [matrix(6, 4, 7), y],
      callbacks: [
        { onEpochEnd: () => void weights.push(model.getWeights()) },
        callbacks.earlyStopping({ patience: 3, restoreBestWeights }),
      ],
    });
    const losses = history.val_loss as number[];
    const best = losses.indexOf(Math.min(...losses));
    expect(losses).toHaveLength(best + 4);
    expectSameWeights(model.getWeights(), weights[best] as Weights);
  });

  it("passes over epochs without validation", async () => {
    const model = makeClassifier({ optimizer: optimizers.sgd({ learningRate: 0 }) });
    const { epoch } = await model.fit(x, y, {
      epochs: 20,
      validationData: [x, y],
      validationFreq: 3,
      callbacks: callbacks.earlyStopping({ patience: 2 }),
    });
    expect(epoch).toHaveLength(9);
  });

  it("says what it does, if asked to", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    await run({ restoreBestWeights, verbose: 1 }, [3, 2, 2]);
    expect(log.mock.calls.flat()).toEqual([
      "Epoch 3: early stopping",
      "Restoring model weights from the end of the best epoch: 2.",
    ]);
    log.mockRestore();
  });

  it("fails when the figure is not among the logs, and says which are", async () => {
    await expectFailure(
      () => makeClassifier().fit(x, y, { callbacks: callbacks.earlyStopping() }),
      RangeError,
      "earlyStopping: expected 'val_loss' among the logs, got loss, accuracy",
    );
  });

  it.each<Refused>([
    ["minDelta below 0", { minDelta: -1 }, RangeError, "minDelta: expected a number of at least 0, got -1"],
    ["half a patience", { patience: 0.5 }, RangeError, "patience: expected an integer of at least 0, got 0.5"],
    [
      "a figure whose name does not tell which way is up",
      { monitor: "val_dice" },
      RangeError,
      "mode: expected 'min' or 'max', as the name 'val_dice' does not tell whether it should rise, got 'auto'",
    ],
    ["another mode", { mode: "up" }, RangeError, "mode: expected 'auto', 'min' or 'max', got \"up\""],
    ["a baseline of NaN", { baseline: Number.NaN }, RangeError, "baseline: expected a finite number, got NaN"],
    ["a text to start from", { startFromEpoch: "1" }, TypeError, 'startFromEpoch: expected an integer, got "1"'],
  ])("refuses %s", async (_, options, error, message) => {
    await expectFailure(() => callbacks.earlyStopping(wrong(options)), error, `earlyStopping: ${message}`);
  });

  it("refuses a misspelt option", async () => {
    await expectFailure(
      () => callbacks.earlyStopping(wrong({ min_delta: 1 })),
      TypeError,
      "earlyStopping: unknown option 'min_delta'; known: monitor, minDelta, patience, mode, baseline, restoreBestWeights, startFromEpoch, verbose",
    );
  });
});
