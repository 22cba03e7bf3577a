import { io, loadLayersModel } from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { FormatError, layers, Sequential } from "../../src/index.js";
import { expectFailure } from "../helpers/failure.js";
import { small } from "./models.js";

const metadata = { classes: ["cat", "dog"], made: { by: "us", in: 2025 }, checked: null, final: true };

describe("a model's metadata", () => {
  it("is nothing at first, and nothing is saved of it", async () => {
    const model = small();
    expect(model.getUserDefinedMetadata()).toEqual({});
    expect(await model.toArtifacts()).not.toHaveProperty("userDefinedMetadata");
  });

  it("comes back", async () => {
    const model = small();
    model.setUserDefinedMetadata(metadata);
    const back = await Sequential.load(await model.toArtifacts());
    expect(back.getUserDefinedMetadata()).toEqual(metadata);
    expect(await back.toArtifacts()).toEqual(await model.toArtifacts());
  });

  it("stands beside the library's own", async () => {
    const model = new Sequential([layers.dense({ units: 1, inputShape: [2] })], { seed: 3 });
    model.compile({ optimizer: "sgd", loss: "mse" });
    model.setUserDefinedMetadata(metadata);
    const artifacts = await model.toArtifacts({ includeOptimizer: true });
    expect(artifacts.userDefinedMetadata).toEqual({ ...metadata, lanewise: { seed: 3 } });
    const back = await Sequential.load(artifacts);
    expect(back.getUserDefinedMetadata()).toEqual(metadata);
    expect(await back.toArtifacts({ includeOptimizer: true })).toEqual(artifacts);
  });

  it("is a copy on the way in and out", () => {
    const model = small();
    const classes = ["cat"];
    model.setUserDefinedMetadata({ classes });
    classes.push("dog");
    (model.getUserDefinedMetadata().classes as string[]).push("cow");
    expect(model.getUserDefinedMetadata()).toEqual({ classes: ["cat"] });
  });

  it("is known to TensorFlow.js", async () => {
    const model = small();
    model.setUserDefinedMetadata(metadata);
    const theirs = await loadLayersModel(io.fromMemory(await model.toArtifacts()));
    expect(theirs.getUserDefinedMetadata()).toEqual(metadata);
  });

  it.each<[unknown, typeof TypeError | typeof RangeError, string]>([
    [undefined, TypeError, "setUserDefinedMetadata: expected an object, got undefined"],
    [["cat"], TypeError, "setUserDefinedMetadata: expected an object, got an array of 1"],
    [{ a: [1, NaN] }, TypeError, "setUserDefinedMetadata.a.1: expected what JSON can hold, got NaN"],
    [{ a: { b: () => 1 } }, TypeError, "setUserDefinedMetadata.a.b: expected what JSON can hold, got a function"],
    [{ a: new Date(0) }, TypeError, "setUserDefinedMetadata.a: expected what JSON can hold, got Date"],
    [{ lanewise: {} }, RangeError, "setUserDefinedMetadata: the key 'lanewise' is taken"],
  ])("refuses %j", async (given, type, message) => {
    const model = small();
    await expectFailure(() => model.setUserDefinedMetadata(given as never), type, message);
    expect(model.getUserDefinedMetadata()).toEqual({});
  });

  it("refuses a circle", async () => {
    const circle: Record<string, unknown> = {};
    circle.a = [circle];
    await expectFailure(
      () => small().setUserDefinedMetadata(circle),
      TypeError,
      "setUserDefinedMetadata.a.0: expected what JSON can hold, got an object within itself",
    );
  });

  it("of artifacts is checked, and passed over where it is no object", async () => {
    const artifacts = await small().toArtifacts();
    for (const userDefinedMetadata of [null, [1]]) {
      const model = await Sequential.load({ ...artifacts, userDefinedMetadata });
      expect(model.getUserDefinedMetadata()).toEqual({});
    }
    await expectFailure(
      () => Sequential.load({ ...artifacts, userDefinedMetadata: { a: Infinity } }),
      FormatError,
      "model artifacts: userDefinedMetadata: metadata.a: expected what JSON can hold, got Infinity",
    );
  });
});

describe("what compile was given", () => {
  it("can be asked for, also of a model that was loaded", async () => {
    const model = small();
    expect([model.optimizer, model.loss, model.metrics]).toEqual([undefined, undefined, []]);
    model.compile({ optimizer: "adam", loss: "mse", metrics: ["mae"], weightedMetrics: ["acc"] });
    for (const one of [model, await Sequential.load(await model.toArtifacts())]) {
      expect(one.optimizer?.className).toBe("Adam");
      expect(one.loss?.name).toBe("meanSquaredError");
      expect(one.metrics.map(({ name }) => name)).toEqual(["mae", "acc"]);
    }
  });
});
