import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type NDArray, ndarray } from "../../src/arrays.js";
import { run } from "../../src/cli/info-command.js";
import { measure } from "../../src/cli/measure.js";
import { drawImages } from "../../src/cli/pictures.js";
import { layers, optimizers, Sequential, saveNpy, schedules } from "../../src/index.js";
import { type fakeOutput, outputOf, useFiles, useModel, widest } from "./helpers.js";

const files = useFiles();
const saved = useModel(files);
const info = (args: readonly string[], output?: ReturnType<typeof fakeOutput>): Promise<string> =>
  outputOf(run, args, output);

async function infoOf(array: NDArray): Promise<string[]> {
  const path = join(files.directory, "array.npy");
  await saveNpy(path, array);
  return (await info([path])).split("\n");
}

describe("info of a model", () => {
  it("tells layers, parameters, what it was compiled with, and classes", async () => {
    const text = await info([saved.path]);
    expect(widest(text)).toBeLessThanOrEqual(80);
    expect(text).toContain("[6, 6] to [4], 332 parameters");
    expect(text).toContain("│ dense (Dense)            │ (None, 8)        │         296 │");
    expect(text).toContain("Total params: 332 (1.30 KB)");
    expect(text).toMatch(/^Optimizer {2}Adam, learningRate 0.001, beta1 0.9/m);
    expect(text).toMatch(/^Loss {7}sparseCategoricalCrossentropy, from_logits false/m);
    expect(text).toMatch(/^Metrics {4}accuracy$/m);
    expect(text).toMatch(/^Classes {4}-5, 0, 7, 300$/m);
    expect(await info([join(saved.path, "model.json")])).toContain("332 parameters");
  });

  it("knows models that are not compiled, have no classes, or follow a schedule", async () => {
    const model = new Sequential([layers.dense({ units: 3, inputShape: [2] })]);
    const path = join(files.directory, "other");
    await model.save(path);
    const text = await info([path]);
    expect(text).toContain("without an optimizer and a loss");
    expect(text).not.toContain("Classes");
    const learningRate = schedules.exponentialDecay({ initialLearningRate: 1, decaySteps: 2, decayRate: 0.5 });
    model.compile({ optimizer: optimizers.sgd({ learningRate }), loss: "mse" });
    await model.save(path);
    expect(await info([path])).toMatch(/^Optimizer {2}SGD, learningRate ExponentialDecay/m);
  });
});

describe("info of an array", () => {
  it("counts labels", async () => {
    expect((await info([files.labels])).split("\n").slice(1)).toEqual([
      "       320 B, -5 to 300, mean 75.5, all finite",
      "",
      "  class  samples",
      "     -5       40",
      "      0       40",
      "      7       40",
      "    300       40",
      "  ─────  ───────",
      "    all      160",
      "",
    ]);
  });

  it("draws images", async () => {
    const text = await info([files.images]);
    expect(text).toContain("[160, 6, 6] uint8");
    expect(text).toContain("\nFirst images\n");
    expect(widest(text)).toBeLessThanOrEqual(80);
  });

  it.each<[string, NDArray, string]>([
    [
      "NaN and infinity",
      ndarray(Float32Array.of(1, NaN, -3, Infinity), [2, 2]),
      "16 B, -3 to 1, mean -1, 1 NaN, 1 infinite",
    ],
    ["nothing finite", ndarray(Float32Array.of(NaN, NaN), [1, 2]), "8 B, 2 NaN"],
    ["no values", ndarray(new Float32Array(0), [0, 2]), "0 B, no values"],
    ["a scalar", ndarray(Float64Array.of(2.5), []), "8 B, 2.5 to 2.5, mean 2.5, all finite"],
    ["integers that differ", ndarray(Int32Array.of(5, 6, 7)), "12 B, 5 to 7, mean 6, all finite"],
  ])("tells of %s", async (_, array, line) => expect((await infoOf(array)).slice(1)).toEqual([`       ${line}`, ""]));
});

describe("info of several files", () => {
  it("is one line each with --quiet", async () => {
    expect(await info(["--quiet", saved.path, files.labels])).toBe(
      `${saved.path}: [6, 6] to [4], 332 parameters\n` +
        `${files.labels}: [160] int16, -5 to 300, mean 75.5, all finite\n`,
    );
  });

  it("names the one that is none", async () => {
    await expect(info([files.labels, "missing"])).rejects.toThrow("cannot read missing: no such file");
    await expect(info([files.directory])).rejects.toThrow("model.json: no such file");
    await expect(info([])).rejects.toThrow("expected a FILE: a saved model or a .npy file");
  });
});

describe("drawImages", () => {
  const draw = (array: NDArray, columns = 80) => drawImages(array, measure(array), columns);

  it("draws half as many lines as columns, from dark to bright", () => {
    const image = ndarray(Uint8Array.of(0, 100, 100, 0, 0, 100, 0, 100), [2, 2, 2]);
    expect(draw(image)).toEqual(["  ▒▒   █"]);
    expect(draw(image, 4)).toEqual(["  ▒▒"]);
  });

  it("takes the mean of channels and of the pixels in a box", () => {
    const wide = ndarray(
      Uint8Array.from({ length: 4 * 36 * 3 }, (_, i) => (i % 108 < 54 ? 0 : 90)),
      [1, 4, 36, 3],
    );
    expect(draw(wide)).toEqual([`  ${" ".repeat(9)}${"█".repeat(9)}`]);
  });

  it.each([
    ["vectors", [2, 8]],
    ["many channels", [1, 2, 2, 4].with(3, 5).with(0, 1)],
    ["long tables", [1, 4000, 2]],
    ["nothing", [0, 4, 4]],
  ])("draws no %s", (_, shape) => {
    const size = shape.reduce((a, b) => a * b);
    expect(draw(ndarray(new Uint8Array(size), shape))).toBeUndefined();
  });
});
