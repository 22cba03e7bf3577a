import { describe, expect, it } from "vitest";
import { loadData } from "../../src/cli/data.js";
import { createModel } from "../../src/cli/model.js";
import { testModels } from "../../src/cli/test-result.js";
import { type RunSettings, train } from "../../src/cli/train.js";
import { parseTrainOptions } from "../../src/cli/train-options.js";
import { makeImages, useFiles } from "./helpers.js";

const files = useFiles();

async function start(args: readonly string[], settings?: RunSettings) {
  const options = parseTrainOptions([...files.flags, ...args]);
  const data = await loadData(options);
  const model = createModel(options, data);
  const run = await train(model, data, options, settings);
  return { data, model, run };
}

describe("createModel", () => {
  const layersOf = async (...args: string[]) => {
    const options = parseTrainOptions([...files.flags, ...args]);
    const { layers } = createModel(options, await loadData(options));
    return layers.map(({ className, config }) => [className, config.units ?? config.rate ?? config.scale ?? ""]);
  };

  it("scales and flattens, and ends in as many units as there are classes", async () => {
    expect(await layersOf("--layers", "8,5")).toEqual([
      ["Rescaling", 1 / 255],
      ["Flatten", ""],
      ["Dense", 8],
      ["Dense", 5],
      ["Dense", 4],
    ]);
  });

  it("may do without hidden layers", async () => {
    expect(await layersOf("--layers", "none")).toEqual([
      ["Rescaling", 1 / 255],
      ["Flatten", ""],
      ["Dense", 4],
    ]);
  });

  it.each([
    ["relu", "Dropout"],
    ["selu", "AlphaDropout"],
  ])("drops out after %s by %s", async (activation, className) => {
    const layers = await layersOf("--layers", "8,5", "--activation", activation, "--dropout", "0.25");
    expect(layers.slice(2)).toEqual([
      ["Dense", 8],
      [className, 0.25],
      ["Dense", 5],
      [className, 0.25],
      ["Dense", 4],
    ]);
  });
});

describe("train", () => {
  it("gives the same bits for the same seed", async () => {
    const [one, again, two] = await Promise.all([
      start(["--epochs", "3"]),
      start(["--epochs", "3"]),
      start(["--epochs", "3", "--seed", "2"]),
    ]);
    expect(again.run.history).toEqual(one.run.history);
    expect(again.model.getWeights()).toEqual(one.model.getWeights());
    expect(two.run.history).not.toEqual(one.run.history);
  });

  it("gives the same bits for the same seed by the recipe best, whatever it draws", async () => {
    const recipe = (seed: string) =>
      start(["--recipe", "best", "--layers", "8", "--epochs", "2", "--seed", seed]).then(({ model }) =>
        model.getWeights(),
      );
    const [one, again, two] = [await recipe("1"), await recipe("1"), await recipe("2")];
    expect(again).toEqual(one);
    expect(two).not.toEqual(one);
  });

  it("keeps the weights of the last epoch, and counts every sample", async () => {
    const { run } = await start(["--epochs", "4"]);
    expect(run.history.epoch).toEqual([0, 1, 2, 3]);
    expect(Object.keys(run.history.history).sort()).toEqual(["accuracy", "loss", "val_accuracy", "val_loss"]);
    expect(run).toMatchObject({ stopped: null, weightsOfEpoch: 4 });
    expect(run.samplesPerSecond * run.seconds).toBeCloseTo(4 * 96, 6);
  });

  it("with patience stops early and has the weights of the best epoch", async () => {
    const args = ["--epochs", "200", "--patience", "2", "--learning-rate", "0.05"];
    const { data, model, run } = await start(args);
    const losses = run.history.history.val_loss ?? [];
    const best = losses.indexOf(Math.min(...losses));
    expect(run).toMatchObject({ stopped: "patience", weightsOfEpoch: best + 1 });
    expect(losses.length).toBeLessThan(200);
    const { x, y } = data.parts.validation;
    expect((await model.evaluate(x, y)).loss).toBeCloseTo(losses[best] ?? 0, 6);
  });

  it("when stopped ends after the batch at hand and has the weights of the best epoch", async () => {
    const stop = new AbortController();
    let batches = 0;
    const onBatchEnd = () => {
      if (++batches === 45) stop.abort("SIGINT");
    };
    const args = ["--epochs", "200", "--batch-size", "10", "--learning-rate", "0.05"];
    const { data, model, run } = await start(args, { stop: stop.signal, callbacks: [{ onBatchEnd }] });
    expect(batches).toBe(45);
    const losses = run.history.history.val_loss ?? [];
    expect(losses.length).toBe(5);
    const best = losses.indexOf(Math.min(...losses));
    expect(run).toMatchObject({ stopped: "SIGINT", weightsOfEpoch: best + 1 });
    const { x, y } = data.parts.validation;
    expect((await model.evaluate(x, y)).loss).toBeCloseTo(losses[best] ?? 0, 6);
  });

  it("when stopped in the first epoch has the weights as they are", async () => {
    const stop = new AbortController();
    const settings = { stop: stop.signal, callbacks: [{ onBatchEnd: () => stop.abort("SIGTERM") }] };
    const { run } = await start(["--batch-size", "10"], settings);
    expect(run).toMatchObject({ stopped: "SIGTERM", weightsOfEpoch: 1, history: { epoch: [0] } });
  });
});

describe("testModels", () => {
  it("agrees with the model's own figures", async () => {
    const { data, model } = await start(["--epochs", "2"]);
    const result = await testModels([{ model, classes: data.summary.classes, path: "" }], data.parts.test);
    const { x, y } = data.parts.test;
    expect(result).toMatchObject(await model.evaluate(x, y));
    expect(result.samples).toBe(40);
    expect(result.accuracy).toBe(result.correct / 40);
    expect(result.confusion.map((row) => row.reduce((sum, count) => sum + count, 0))).toEqual([10, 10, 10, 10]);
    expect(result.perClass.map(({ label }) => label)).toEqual(["-5", "0", "7", "300"]);
  });

  it("takes the mean of several models' probabilities", async () => {
    const { data, model } = await start(["--epochs", "1"]);
    const { model: other } = await start(["--epochs", "1", "--seed", "2", "--label-smoothing", "0.1"]);
    const classes = data.summary.classes;
    const asked = [model, other].map((one) => ({ model: one, classes, path: "" }));
    const { x, y } = data.parts.test;
    const result = await testModels(asked as [(typeof asked)[0]], data.parts.test);
    const [one, two] = [(await model.predict(x)).data, (await other.predict(x)).data];
    const mean = one.map((probability, index) => (probability + (two[index] ?? 0)) / 2);
    const rowOf = (index: number) => mean.subarray(index * 4, index * 4 + 4);
    const losses = Array.from(y.data, (actual, index) => -Math.log(rowOf(index)[actual] ?? 0));
    expect(result.loss).toBeCloseTo(losses.reduce((sum, loss) => sum + loss, 0) / 40, 6);
    expect(result.correct).toBe(
      Array.from(y.data).filter((actual, index) => rowOf(index).indexOf(Math.max(...rowOf(index))) === actual).length,
    );
  });

  it("finds the worst mistakes, by their rows in the file", async () => {
    const { data, model } = await start(["--epochs", "1"]);
    const { mistakes, correct } = await testModels(
      [{ model, classes: data.summary.classes, path: "" }],
      data.parts.test,
    );
    expect(mistakes.length).toBe(Math.min(5, 40 - correct));
    expect(mistakes.map(({ loss }) => loss)).toEqual(mistakes.map(({ loss }) => loss).sort((a, b) => b - a));
    const { classes } = data.summary;
    const probabilities = await model.predict(makeImages());
    for (const { row, trueClass, predictedClass, probability, loss } of mistakes) {
      const scores = probabilities.data.subarray(row * 4, row * 4 + 4);
      expect(data.parts.test.rows).toContain(row);
      expect(trueClass).toBe(classes[row % 4]);
      expect(trueClass).not.toBe(predictedClass);
      expect(probability).toBe(Math.max(...scores));
      expect(scores.indexOf(probability)).toBe(classes.indexOf(predictedClass));
      expect(loss).toBeCloseTo(-Math.log(scores[row % 4] ?? 0), 6);
    }
  });
});
