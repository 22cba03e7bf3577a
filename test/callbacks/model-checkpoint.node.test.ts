/** modelCheckpoint against Keras's ModelCheckpoint: after which epochs and batches it saves, and what. */
import { writeFile } from "node:fs/promises";
import { describe, expect, it, vi } from "vitest";
import { callbacks, LanewiseError, Sequential } from "../../src/index.js";
import { feed, withFigure } from "../helpers/callback-run.js";
import { makeClassifier, x, y } from "../helpers/classifier.js";
import { useDirectory } from "../helpers/directory.js";
import { expectFailure, type Refused, wrong } from "../helpers/failure.js";
import { expectSameWeights, type Weights } from "../helpers/weights.js";

type Options = Omit<Extract<Parameters<typeof callbacks.modelCheckpoint>[0], { saveBestOnly?: boolean }>, "filepath">;

const path = useDirectory();
const best = { saveBestOnly: true } as const;

/** The epochs that are saved: worked out by hand from keras/src/callbacks/model_checkpoint.py. */
const cases: readonly (readonly [options: Options, values: readonly number[], saved: readonly number[]])[] = [
  [{}, [3, 2, 4], [1, 2, 3]],
  [best, [3, 2, 2, 4, 1], [1, 2, 5]],
  [{ ...best, monitor: "val_accuracy" }, [0.5, 0.4, 0.6, 0.6], [1, 3]],
  [{ ...best, monitor: "val_auc" }, [0.5, 0.6, 0.4], [1, 2]],
  [{ ...best, monitor: "score", mode: "max" }, [1, 2, 0], [1, 2]],
  [{ ...best, monitor: "val_accuracy", mode: "min" }, [0.5, 0.4], [1, 2]],
  [{ ...best, initialValueThreshold: 2.5 }, [3, 2, 2.2, 1], [2, 4]],
  [{ ...best, initialValueThreshold: 0.5, mode: "max" }, [0.4, 0.6], [2]],
];

describe("modelCheckpoint", () => {
  it.each(cases)("%j over %j saves after epochs %j", async (options, values, saved) => {
    const callback = callbacks.modelCheckpoint("run/{epoch:02d}", options);
    const { model } = await feed(callback, withFigure(options.monitor ?? "val_loss", values));
    expect(model.saved).toEqual(saved.map((epoch) => [`run/0${epoch}`, true]));
  });

  it("counts batches from epoch to epoch, where told to", async () => {
    const epochs = Array.from({ length: 3 }, () => ({
      logs: { loss: 1 },
      batches: [0, 1, 2].map((batch) => ({ batch, loss: batch / 10 })),
    }));
    const callback = callbacks.modelCheckpoint("{epoch}-{batch}-{loss:.1f}", { saveFreq: 2, saveWeightsOnly: true });
    const { model, hooks } = await feed(callback, epochs);
    expect(model.saved).toEqual([
      ["1-2-0.1", false],
      ["2-1-0.0", false],
      ["2-3-0.2", false],
      ["3-2-0.1", false],
    ]);
    expect(hooks.state?.()).toEqual({ best: null, batches: 1 });
  });

  it("saves epochs without the figure, unless it is to know which is best", async () => {
    const epochs = [{ logs: { val_loss: 1 } }, { logs: {} }, { logs: { val_loss: 2 } }];
    const saved = async (options: Options) =>
      (await feed(callbacks.modelCheckpoint("{epoch}", options), epochs)).model.saved.map(([target]) => target);
    expect(await saved({})).toEqual(["1", "2", "3"]);
    expect(await saved(best)).toEqual(["1"]);
  });

  it("goes on with what it knew", async () => {
    const options = { filepath: "{epoch}", ...best };
    const first = await feed(callbacks.modelCheckpoint(options), withFigure("val_loss", [3, 2]));
    const second = await feed(callbacks.modelCheckpoint(options), withFigure("val_loss", [2.5, 1]), {
      initialEpoch: 2,
      state: first.hooks.state?.(),
    });
    expect(second.model.saved).toEqual([["4", true]]);
  });

  it("saves models that can be loaded and trained on", async () => {
    const [model, ends]: [Sequential, Weights[]] = [makeClassifier(), []];
    await model.fit(x, y, {
      epochs: 2,
      callbacks: [
        { onEpochEnd: () => void ends.push(model.getWeights()) },
        callbacks.modelCheckpoint(path("{epoch:02d}-{accuracy:.0%}")),
        callbacks.modelCheckpoint(path("latest")),
      ],
    });
    const latest = await Sequential.load(path("latest"));
    expectSameWeights(latest.getWeights(), ends[1] as Weights);
    expect(await latest.toArtifacts({ includeOptimizer: true })).toEqual(
      await model.toArtifacts({ includeOptimizer: true }),
    );
  });

  it("says what it does, if asked to", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    const callback = callbacks.modelCheckpoint("best", { ...best, verbose: 1 });
    await feed(callback, withFigure("val_loss", [2, 3, 1]));
    expect(log.mock.calls.flat()).toEqual([
      "Epoch 1: val_loss improved from None to 2.00000",
      "Epoch 1: saving model to best",
      "Epoch 2: val_loss did not improve from 2.00000",
      "Epoch 3: val_loss improved from 2.00000 to 1.00000",
      "Epoch 3: saving model to best",
    ]);
    log.mockRestore();
  });

  it("ends the fit when it cannot save", async () => {
    await writeFile(path("file"), "");
    await expectFailure(
      () => makeClassifier().fit(x, y, { callbacks: callbacks.modelCheckpoint(path("file")) }),
      LanewiseError,
      `cannot make directory ${path("file")}: a file of that name is in the way`,
    );
  });

  it("fails when the figure is not among the logs", async () => {
    const fit = (options: Options) =>
      makeClassifier().fit(x, y, { callbacks: callbacks.modelCheckpoint("{nothing}", options) });
    await expectFailure(
      () => fit(best),
      RangeError,
      "modelCheckpoint: expected 'val_loss' among the logs, got loss, accuracy",
    );
    await expectFailure(
      () => fit({}),
      RangeError,
      "modelCheckpoint: {nothing}: there is no figure 'nothing'; there are: loss, accuracy, epoch",
    );
  });

  it.each<Refused>([
    ["no path", { filepath: "" }, TypeError, 'filepath: expected a directory or a URL, got ""'],
    ["a number as path", { filepath: 5 }, TypeError, "filepath: expected a directory or a URL, got 5"],
    ["text for saveBestOnly", { saveBestOnly: "yes" }, TypeError, 'saveBestOnly: expected true or false, got "yes"'],
    [
      "batches of 0",
      { saveFreq: 0 },
      RangeError,
      "saveFreq: 'epoch' or a number of batches: expected an integer of at least 1, got 0",
    ],
    [
      "another saveFreq",
      { saveFreq: "batch" },
      TypeError,
      "saveFreq: 'epoch' or a number of batches: expected an integer, got \"batch\"",
    ],
    [
      "a threshold of NaN",
      { initialValueThreshold: Number.NaN },
      RangeError,
      "initialValueThreshold: expected a finite number, got NaN",
    ],
  ])("refuses %s", async (_, options, error, message) => {
    await expectFailure(
      () => callbacks.modelCheckpoint(wrong({ filepath: "x", ...(options as object) })),
      error,
      `modelCheckpoint: ${message}`,
    );
  });
});
