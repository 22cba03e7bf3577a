import { describe, expect, it } from "vitest";
import { ndarray } from "../../src/arrays.js";
import { Sequential } from "../../src/index.js";
import { type Configuration, completeConfiguration } from "../../src/study/configuration.js";
import { createNetwork } from "../../src/study/network.js";
import { shareData } from "../../src/study/pool.js";
import { cutParts, hasDiverged, type Job, run, type StudyData, trainJob } from "../../src/study/run.js";
import { makeImages } from "../cli/helpers.js";

const task = { inputShape: [6, 6], classes: [3, 5, 7, 9], divisor: 255, valueRange: [0, 1] as const };
const data: StudyData = {
  images: makeImages(),
  labels: ndarray(Int32Array.from({ length: 160 }, (_, index) => index % 4)),
  task,
  plan: { seeds: 2, folds: 0, split: [60, 15, 25], seed: 1 },
  patience: null,
};

const job = (given: Partial<Configuration>, epochs = 3, replicate = 0): Job => ({
  configuration: completeConfiguration({ layers: [16], ...given }),
  epochs,
  replicate,
});
const classesOf = (given: Partial<Configuration>) =>
  createNetwork(completeConfiguration({ layers: [8], ...given }), task, 1, { epochs: 1, stepsPerEpoch: 1 }).layers.map(
    ({ className }) => className,
  );

describe("createNetwork", () => {
  it("stacks what the configuration says", () => {
    expect(classesOf({})).toEqual(["Rescaling", "Flatten", "Dense", "Dense"]);
    expect(classesOf({ normalization: "batch", dropout: 0.5 })).toEqual([
      "Rescaling",
      "Flatten",
      "Dense",
      "BatchNormalization",
      "Activation",
      "Dropout",
      "Dense",
    ]);
    expect(classesOf({ normalization: "layer", activation: "selu", dropout: 0.5 })).toContain("LayerNormalization");
    expect(classesOf({ activation: "selu", dropout: 0.5 })).toContain("AlphaDropout");
    expect(classesOf({ augmentation: "both" }).filter((name) => name.startsWith("Random"))).toEqual([
      "RandomElasticTransform",
      "RandomAffine",
    ]);
    expect(classesOf({ augmentation: "affine" })).not.toContain("RandomElasticTransform");
    expect(classesOf({ layers: [] })).toEqual(["Rescaling", "Flatten", "Dense"]);
  });

  it("trains by the schedule, to its end", () => {
    const make = (schedule: Configuration["schedule"]) =>
      createNetwork(completeConfiguration({ schedule, learningRate: 0.1 }), task, 1, { epochs: 2, stepsPerEpoch: 5 })
        .optimizer?.config;
    expect(make("constant")).toMatchObject({ learningRate: 0.1 });
    expect(JSON.stringify(make("cosine"))).toContain('"decaySteps":10');
    expect(JSON.stringify(make("oneCycle"))).toContain('"totalSteps":10');
  });
});

describe("run", () => {
  it("gives the same figures for the same job, from shared memory, too", async () => {
    const shared = shareData(data);
    expect(shared.images.data.buffer).toBeInstanceOf(SharedArrayBuffer);
    const [one, two] = [await run(job({}), data), await run(job({}), shared)];
    if (hasDiverged(one) || hasDiverged(two)) throw new Error("diverged");
    const { timing: _, ...figures } = one;
    expect(two).toMatchObject(figures);
    expect(figures.curves.validationAccuracy.length).toBe(3);
    expect(figures.curves.validationAccuracy.at(-1)).toBe(figures.validation.accuracy);
    expect(figures.parameters).toBe(36 * 16 + 16 + 16 * 4 + 4);
    const other = await run(job({}, 3, 1), data);
    if (hasDiverged(other)) throw new Error("diverged");
    expect(other.validation).not.toEqual(one.validation);
  });

  it("measures the averages of weights that it keeps", async () => {
    const given = job({ averaging: 0.9 });
    const averaged = await run(given, data);
    const plain = await run(job({}), data);
    if (hasDiverged(averaged) || hasDiverged(plain)) throw new Error("diverged");
    expect(averaged.validation.loss).not.toBe(plain.validation.loss);
    // What was measured at the end of training is what the model is
    expect(averaged.curves.validationLoss.at(-1)).toBe(averaged.validation.loss);
    expect(averaged.curves.loss).toEqual(plain.curves.loss);
    const patient = await run(given, { ...data, patience: 5 });
    if (hasDiverged(patient)) throw new Error("diverged");
    expect(patient.validation.loss).toBe(Math.min(...patient.curves.validationLoss));
  });

  it("measures the smoothed loss that it trains by", async () => {
    const outcome = await run(job({ labelSmoothing: 0.5 }, 30), data);
    if (hasDiverged(outcome)) throw new Error("diverged");
    // A target of 0.625 and three of 0.125 have this entropy, and no loss is lower
    const least = -(0.625 * Math.log(0.625) + 3 * 0.125 * Math.log(0.125));
    expect(outcome.validation.loss).toBeGreaterThan(least);
    expect(outcome.curves.loss.at(-1)).toBeGreaterThan(least);
    expect(outcome.validation.accuracy).toBe(outcome.curves.validationAccuracy.at(-1));
  });

  it("stops early where there is patience, with the best weights", async () => {
    const wild = job({ learningRate: 0.3 }, 60);
    const outcome = await run(wild, { ...data, patience: 2 });
    if (hasDiverged(outcome)) throw new Error("diverged");
    const { validationLoss } = outcome.curves;
    expect(validationLoss.length).toBeLessThan(60);
    expect(outcome.validation.loss).toBe(Math.min(...validationLoss));
  });

  it("tells when it diverges, and what else goes wrong throws", async () => {
    expect(await run(job({ learningRate: 1e30 }), data)).toEqual({
      diverged: expect.stringContaining("training diverged"),
    });
    const flat = { ...data, task: { ...task, inputShape: [36] }, images: { ...data.images, shape: [160, 36] } };
    await expect(run(job({ augmentation: "affine" }), flat)).rejects.toThrow("RandomAffine");
  });

  it("ends when it is told to", async () => {
    const controller = new AbortController();
    const running = run(job({}, 1_000_000), data, controller.signal);
    setTimeout(() => controller.abort(new Error("enough")), 30);
    await expect(running).rejects.toThrow("enough");
  });

  it("makes a model that takes samples as they are in the file, and knows its classes", async () => {
    const parts = cutParts(data, 0);
    const { model } = await trainJob(job({ normalization: "batch", augmentation: "both" }), data, parts);
    const again = await Sequential.load(await model.toArtifacts());
    expect(again.getUserDefinedMetadata()).toEqual({ classes: task.classes });
    expect((await again.predict(parts.test.x)).data).toEqual((await model.predict(parts.test.x)).data);
  });
});
