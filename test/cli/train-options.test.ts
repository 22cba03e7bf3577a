import { describe, expect, it } from "vitest";
import { flagName } from "../../src/cli/flags.js";
import { parseTrainOptions, trainFlags, trainHelp } from "../../src/cli/train-options.js";

describe("options of train", () => {
  it("have defaults", () => {
    expect(parseTrainOptions([])).toEqual({
      images: "data/images.npy",
      labels: "data/labels.npy",
      layers: [256, 128],
      activation: "relu",
      initializer: "heNormal",
      optimizer: "adam",
      learningRate: 0.001,
      batchSize: 64,
      epochs: 20,
      dropout: 0,
      normalization: "none",
      augmentation: "none",
      schedule: "constant",
      weightDecay: 0,
      labelSmoothing: 0,
      averaging: 0,
      ensemble: 1,
      split: [60, 15, 25],
      seed: 1,
      patience: undefined,
      out: undefined,
      json: undefined,
      quiet: false,
      help: false,
    });
  });

  it.each([
    ["relu", "heNormal"],
    ["elu", "heNormal"],
    ["selu", "lecunNormal"],
    ["tanh", "glorotUniform"],
    ["sigmoid", "glorotUniform"],
  ])("start %s from %s", (activation, initializer) => {
    expect(parseTrainOptions(["--activation", activation]).initializer).toBe(initializer);
    expect(parseTrainOptions(["--activation", activation, "--initializer", "he_uniform"]).initializer).toBe(
      "heUniform",
    );
  });

  it("take the optimizer's own learning rate", () => {
    expect(parseTrainOptions(["--optimizer", "sgd"]).learningRate).toBe(0.01);
    expect(parseTrainOptions(["--optimizer", "sgd", "--learning-rate", "0.1"]).learningRate).toBe(0.1);
  });

  it("take a recipe's flags, and then those that are given", () => {
    expect(parseTrainOptions(["--recipe", "best"])).toMatchObject({
      recipe: "best",
      layers: [800, 800],
      normalization: "batch",
      augmentation: "affine",
      schedule: "oneCycle",
      epochs: 160,
    });
    expect(parseTrainOptions(["--epochs", "2", "--recipe", "best", "--seed", "5"])).toMatchObject({
      layers: [800, 800],
      epochs: 2,
      seed: 5,
    });
    expect(() => parseTrainOptions(["--recipe", "worst"])).toThrow("--recipe: unknown recipe 'worst'");
  });

  it("take no report of an ensemble", () => {
    expect(() => parseTrainOptions(["--ensemble", "2", "--report"])).toThrow(
      "--report: the page is about one network, expected no --ensemble",
    );
  });

  it("do not take softmax for a hidden layer", () => {
    expect(() => parseTrainOptions(["--activation", "softmax"])).toThrow("unknown activation 'softmax'");
  });
});

describe("help of train", () => {
  const lines = trainHelp().split("\n");

  it("fits in 80 columns", () => expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80));

  it("has every flag and its default", () => {
    for (const [key, one] of Object.entries(trainFlags)) {
      const start = lines.findIndex((line) => line.startsWith(`  ${flagName(key)}`));
      expect(start, key).toBeGreaterThan(0);
      const next = lines.findIndex((line, index) => index > start && !line.startsWith("      "));
      const text = lines.slice(start, next).join(" ");
      if ("initial" in one) expect(text).toContain(`(default ${one.initial})`);
    }
  });
});
