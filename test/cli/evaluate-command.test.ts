import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type NDArray, ndarray } from "../../src/arrays.js";
import { run } from "../../src/cli/evaluate-command.js";
import { formatFigure } from "../../src/cli/tables.js";
import { layers, losses, oneHot, Sequential, saveNpy } from "../../src/index.js";
import {
  CLASSES,
  fakeOutput,
  makeImages,
  makeLabels,
  outputOf,
  useFiles,
  useModel,
  visibleLines,
  widest,
} from "./helpers.js";

const files = useFiles();
const saved = useModel(files);
const evaluate = (args: readonly string[], output?: ReturnType<typeof fakeOutput>): Promise<string> =>
  outputOf(run, args, output);
const all = (...args: string[]) => [saved.path, ...files.flags, ...args];

/** The class numbers of the labels. */
const numbers = ndarray(Int32Array.from(makeLabels().data, (label) => CLASSES.indexOf(label)));

async function saveArray(name: string, array: NDArray): Promise<string> {
  const path = join(files.directory, name);
  await saveNpy(path, array);
  return path;
}

describe("what evaluate shows", () => {
  it("is all there, and says what the model itself says", async () => {
    const text = await evaluate(all());
    const { loss = 0, accuracy = 0 } = await saved.model.evaluate(makeImages(), numbers);
    expect(widest(text)).toBeLessThanOrEqual(80);
    expect(text).not.toContain("\x1b");
    expect(text).toContain("[6, 6] to 4 classes");
    expect(text).toContain("  values from 0 to 219, scaled by the model\n");
    for (const title of ["Confusion matrix", "Classes", "Worst mistakes", "macro average"])
      expect(text).toContain(title);
    const result = `Accuracy ${accuracy.toFixed(4)} (${Math.round(accuracy * 160)} of 160), loss ${loss.toFixed(4)}`;
    expect(visibleLines(text).at(-2)).toBe(result);
    expect(await evaluate(all("--quiet"))).toBe(`${result}\n`);
  });

  it("has colours in a terminal", async () => {
    const text = await evaluate(all(), fakeOutput({ isTTY: true, colours: true }));
    expect(text).toContain("\x1b[1mClasses\x1b[22m");
    expect(widest(text)).toBeLessThanOrEqual(80);
  });

  it("goes to a file as well", async () => {
    const json = join(files.directory, "reports", "evaluation.json");
    const text = await evaluate(all("--json", json));
    expect(text).toContain("\nSaved to ");
    const { config, data, test } = JSON.parse(await readFile(json, "utf8"));
    expect(config).toEqual({ models: [saved.path], images: files.images, labels: files.labels, json });
    expect(data).toMatchObject({ classes: CLASSES, images: { shape: [160, 6, 6], dtype: "uint8" } });
    expect(data.labels.sha256).toMatch(/^[0-9a-f]{64}$/);
    const { loss, accuracy } = await saved.model.evaluate(makeImages(), numbers);
    expect(test).toMatchObject({ samples: 160, loss, accuracy });
  });
});

describe("what evaluate takes", () => {
  it("is some of the classes, and images with an axis more", async () => {
    const rows = 8;
    const images = await saveArray("few.npy", ndarray(makeImages().data.slice(0, rows * 36), [rows, 6, 6, 1]));
    const labels = await saveArray(
      "few-labels.npy",
      ndarray(
        makeLabels()
          .data.map(() => 300)
          .slice(0, rows),
      ),
    );
    const text = await evaluate([saved.path, "--images", images, "--labels", labels]);
    expect(text).toMatch(/^Accuracy [01]\.\d{4} \(\d of 8\)/m);
    expect(text).toMatch(/^ {12}300 .* 8$/m);
  });

  it("is a model of vectors without labels, whose loss is from logits or wants one-hot rows", async () => {
    const model = new Sequential([layers.dense({ units: 4, inputShape: [36] })], { seed: 1 });
    const out = join(files.directory, "logits");
    const labels = await saveArray("numbers.npy", numbers);
    model.compile({ optimizer: "sgd", loss: losses.categoricalCrossentropy({ fromLogits: true }) });
    await model.save(out);
    const text = await evaluate([out, "--images", files.images, "--labels", labels]);
    const flat = ndarray(makeImages().data, [160, 36]);
    const { loss = 0 } = await model.evaluate(flat, oneHot(numbers, 4));
    expect(text).toContain(`loss ${formatFigure(loss)}\n`);
    expect(text).toContain("  values from 0 to 219, taken as they are\n");
    expect(text).toContain("Note: the model has no layer that scales them");
    const probabilities = [...text.matchAll(/ (\d\.\d{4}) {2}[\d.]+$/gm)].map(([, value]) => Number(value));
    expect(probabilities.every((value) => value <= 1)).toBe(true);
  });

  it("is the same model twice, whose mean is itself", async () => {
    const [once, twice] = [await evaluate(all("--quiet")), await evaluate(all(saved.path, "--quiet"))];
    expect(twice).toBe(once);
    expect((await evaluate(all(saved.path))).match(/^Model /gm)?.length).toBe(2);
  });

  it("is a model that was never compiled, by its cross-entropy", async () => {
    const model = new Sequential([], { seed: 2 });
    model.add(layers.flatten({ inputShape: [6, 6] }));
    model.add(layers.dense({ units: 4, activation: "softmax" }));
    const out = join(files.directory, "plain");
    await model.save(out);
    const labels = await saveArray("numbers.npy", numbers);
    const text = await evaluate([out, "--images", files.images, "--labels", labels, "--quiet"]);
    model.compile({ optimizer: "sgd", loss: "sparseCategoricalCrossentropy" });
    const { loss = 0 } = await model.evaluate(makeImages(), numbers);
    expect(text).toContain(`loss ${formatFigure(loss)}\n`);
  });
});

describe("errors of evaluate", () => {
  const messageOf = async (args: readonly string[]): Promise<string> => {
    const error = await evaluate(args).catch((caught: unknown) => caught);
    return (error as Error).message.replaceAll(`${files.directory}/`, "");
  };

  it("name what is missing on the command line", async () => {
    expect(await messageOf([])).toBe("expected --images FILE, got none");
    expect(await messageOf(files.flags)).toBe("expected a MODEL: the directory of a saved model");
  });

  it("name the file, what was expected and what came", async () => {
    const other = makeLabels().data.slice();
    other[5] = 8;
    const labels = await saveArray("other.npy", ndarray(other));
    expect(await messageOf(all("--labels", labels))).toBe(
      "other.npy: expected the 4 classes of model, -5, 0, 7, 300; got 8 in row 5",
    );
    expect(await messageOf(all("--images", labels))).toBe(
      "other.npy: expected images of shape [?, 6, 6] for model, got [160]",
    );
    expect(await messageOf(["missing", ...files.flags])).toBe("cannot read missing/model.json: no such file");
    expect(await messageOf(all("--images", "missing.npy"))).toBe("cannot read missing.npy: no such file");
    const file = join(files.directory, "in-the-way");
    await writeFile(file, "");
    expect(await messageOf(all("--json", join(file, "a.json")))).toContain("cannot make directory in-the-way");
  });

  it("name a model that goes with no other", async () => {
    const save = async (name: string, units: number, inputShape: number[]): Promise<string> => {
      const path = join(files.directory, name);
      const model = new Sequential([layers.flatten({ inputShape }), layers.dense({ units, activation: "softmax" })]);
      await model.save(path);
      return path;
    };
    const [wide, five] = [await save("wide", 4, [6, 7]), await save("five", 5, [6, 6])];
    expect(await messageOf(all(wide))).toBe("wide: expected the input shape of model, [6, 6], got [6, 7]");
    expect(await messageOf(all(five))).toBe(
      "five: expected the classes of model, [-5, 0, 7, 300], got [0, 1, 2, 3, 4]",
    );
  });

  it("say which models tell no classes apart", async () => {
    const model = new Sequential([layers.flatten({ inputShape: [6, 6] }), layers.dense({ units: 1 })]);
    await model.save(join(files.directory, "single"));
    expect(await messageOf([join(files.directory, "single"), ...files.flags])).toBe(
      "single: expected a model with an output for each class, [2] or more, got [1]",
    );
    const linear = new Sequential([
      layers.flatten({ inputShape: [6, 6] }),
      layers.dense({ units: 4, biasInitializer: "ones", kernelInitializer: "ones" }),
    ]);
    await linear.save(join(files.directory, "linear"));
    const labels = await saveArray("numbers.npy", numbers);
    expect(await messageOf([join(files.directory, "linear"), "--images", files.images, "--labels", labels])).toMatch(
      /^linear: expected probabilities as output, got \d+ for row 0; end the model in a softmax$/,
    );
  });
});
