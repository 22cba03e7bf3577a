import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ndarray } from "../../src/arrays.js";
import { run } from "../../src/cli/train-command.js";
import { parseTrainOptions } from "../../src/cli/train-options.js";
import { Sequential } from "../../src/index.js";
import { saveNpy } from "../../src/npy/index.js";
import { CLASSES, fakeOutput, makeImages, makeLabels, outputOf, useFiles, visibleLines, widest } from "./helpers.js";

const files = useFiles();

const train = (args: readonly string[], output?: ReturnType<typeof fakeOutput>): Promise<string> =>
  outputOf(run, [...files.flags, "--epochs", "3", ...args], output);

describe("what train shows", () => {
  it("is all there, without colours and in 80 columns, where there is no terminal", async () => {
    const text = await train([]);
    expect(widest(text)).toBeLessThanOrEqual(80);
    expect(text).not.toContain("\x1b");
    expect(text).not.toContain("\r");
    const lines = visibleLines(text);
    expect(lines.filter((line) => /^ {2}[123]\/3 /.test(line)).length).toBe(3);
    expect(lines).toContain("     -5     24           6    10     40");
    expect(lines).toContain("    all     96          24    40    160");
    expect(lines).toContain("        values from 0 to 219, divided by 255");
    expect(text).toContain("│ dense_2 (Dense)");
    expect(text).toMatch(/^Trained for 3 epochs in .+, [\d,]+ samples\/s with validation\.$/m);
    for (const title of ["Confusion matrix", "Classes", "Worst mistakes", "macro average"])
      expect(text).toContain(title);
    expect(lines.at(-2)).toMatch(/^Test accuracy [01]\.\d{4} \(\d+ of 40\), loss \d+\.\d{4}$/);
  });

  it("has colours in a terminal, and still fits in 80 columns", async () => {
    const text = await train([], fakeOutput({ isTTY: true, columns: 80, colours: true }));
    expect(text).toContain("\x1b[32m━");
    expect(widest(text)).toBeLessThanOrEqual(80);
  });

  it("has the same figures with NO_COLOR in a terminal", async () => {
    const text = await train([], fakeOutput({ isTTY: true, columns: 80 }));
    expect(text.replaceAll("\x1b[K", "")).not.toContain("\x1b");
    expect(text).toContain("━");
  });

  it("says what is done to images, weights and steps", async () => {
    const text = await train(["--recipe", "best", "--layers", "8", "--epochs", "2", "--averaging", "0.5"]);
    expect(text).toContain("Hidden    relu, batch normalization, weights from heNormal, dropout 0.1\n");
    expect(text).toContain("Images    turned, scaled, sheared and moved at random\n");
    expect(text).toContain(
      "Training  adamw, learning rate 0.01 (oneCycle), weight decay 0.02,\n" +
        "          label smoothing 0.05, averaging 0.5\n",
    );
    expect(widest(text)).toBeLessThanOrEqual(80);
  });

  it("is one line with --quiet", async () => {
    expect(await train(["--quiet"], fakeOutput({ isTTY: true }))).toMatch(/^Test accuracy [^\n]+\n$/);
  });

  it("fits in 80 columns with many classes, long paths and every option", async () => {
    const path = join(files.directory, `${"many-".repeat(20)}labels.npy`);
    const images = join(files.directory, "more.npy");
    await saveNpy(path, ndarray(Int32Array.from({ length: 640 }, (_, index) => 1_000_000_000 + (index % 64))));
    await saveNpy(
      images,
      ndarray(
        Float32Array.from({ length: 640 * 4 }, (_, index) => (index * 37) % 1000),
        [640, 4],
      ),
    );
    const options = ["--layers", "20,20", "--activation", "selu", "--dropout", "0.5", "--patience", "1"];
    const places = ["--out", `${path}.out`, "--json", `${path}.json`];
    const text = await train(["--images", images, "--labels", path, ...options, ...places]);
    expect(widest(text)).toBeLessThanOrEqual(80);
    expect(text).toContain("Most frequent confusions");
    expect(text).toContain("The 20 smallest classes:");
    expect(text).toContain("The 20 classes with the lowest F1");
  });
});

describe("what train leaves behind", () => {
  it("is a model that knows what it knew, its history, and all figures", async () => {
    const out = join(files.directory, "runs", "first");
    const json = join(files.directory, "figures", "first.json");
    const text = await train(["--out", out, "--json", json]);
    expect(text).toContain(`Saved to `);
    expect((await readdir(out)).sort()).toEqual(["history.json", "model.json", "weights.bin"]);
    const report = JSON.parse(await readFile(json, "utf8"));

    expect(Object.keys(report)).toEqual(
      "config data history stopped weightsOfEpoch seconds samplesPerSecond test environment".split(" "),
    );
    expect(report.config).toMatchObject({ ...{ images: files.images, layers: [256, 128], epochs: 3 }, patience: null });
    expect(report.data.counts.train).toEqual([24, 24, 24, 24]);
    expect(report.data.images.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(report.history.epoch).toEqual([0, 1, 2]);
    expect(JSON.parse(await readFile(join(out, "history.json"), "utf8"))).toEqual(report.history);
    expect(report.environment).toMatchObject({ lanewise: "0.1.0", node: process.version });

    const { accuracy, confusion, perClass, loss } = report.test as {
      accuracy: number;
      loss: number;
      confusion: number[][];
      perClass: { label: string; recall: number; support: number }[];
    };
    const hits = confusion.map((row, index) => row[index] ?? 0);
    const total = confusion.flat().reduce((sum, count) => sum + count, 0);
    expect(accuracy).toBe(hits.reduce((sum, count) => sum + count, 0) / total);
    perClass.forEach(({ label, recall, support }, index) => {
      expect(label).toBe(`${CLASSES[index]}`);
      expect(support).toBe(report.data.counts.test[index]);
      expect(recall).toBe((hits[index] ?? 0) / support);
    });
    expect(text).toContain(`Test accuracy ${accuracy.toFixed(4)} (${accuracy * 40} of 40), loss ${loss.toFixed(4)}`);

    const model = await Sequential.load(out);
    expect(model.getUserDefinedMetadata()).toEqual({ classes: CLASSES });
    const probabilities = await model.predict(makeImages());
    for (const { row, predictedClass, probability } of report.test.mistakes) {
      expect(probabilities.data[row * 4 + CLASSES.indexOf(predictedClass)]).toBe(probability);
    }
    expect(probabilities.shape).toEqual([makeLabels().shape[0], 4]);
  });

  it("is a model for each network of an ensemble, that are as good together as is said", async () => {
    const out = join(files.directory, "runs", "ensemble");
    const json = join(files.directory, "figures", "ensemble.json");
    const text = await train(["--ensemble", "2", "--seed", "4", "--out", out, "--json", json]);
    expect(widest(text)).toBeLessThanOrEqual(80);
    const lines = visibleLines(text);
    expect(lines).toContain("Network 2 of 2, seed 5");
    expect((await readdir(out)).sort()).toEqual(["network-1", "network-2"]);
    const { members, accuracy, test } = JSON.parse(await readFile(json, "utf8"));
    expect(members.map(({ seed }: { seed: number }) => seed)).toEqual([4, 5]);
    expect(members[0].history.epoch).toEqual([0, 1, 2]);
    expect(test.accuracy).toBe(accuracy.test);

    // The first is the network of that seed; the second differs in its seed alone, not in its samples
    const single = join(files.directory, "runs", "single");
    await train(["--seed", "4", "--out", single]);
    const load = async (path: string) => (await Sequential.load(path)).getWeights();
    const [first, second] = [await load(join(out, "network-1")), await load(join(out, "network-2"))];
    expect(first).toEqual(await load(single));
    expect(second).not.toEqual(first);
    const row = (name: string, seed: string, { validation, test }: Record<string, number>) =>
      [name, seed, validation?.toFixed(4), test?.toFixed(4)].filter(Boolean).join(" ");
    const shown = lines.map((line) => line.trim().replace(/ +/g, " "));
    expect(shown).toContain(row("2", "5", members[1].accuracy));
    expect(shown).toContain(row("all", "", accuracy));
  });

  it("is a page about the run, in the place that is named or in report.html", async () => {
    const page = join(files.directory, "pages", "run.html");
    expect(await train(["--report", page, "--quiet"])).toMatch(/^Test accuracy [^\n]+\n$/);
    const text = await readFile(page, "utf8");
    expect(text).toMatch(/^<!doctype html>/);
    expect(text).toContain(`% right: relu, 256-128</h1>`);
    expect(text).toContain(`--report ${page} --quiet`);
    expect(parseTrainOptions(["--report"]).report).toBe("report.html");
    expect(parseTrainOptions(["--report", "--quiet"])).toMatchObject({ report: "report.html", quiet: true });
    expect(parseTrainOptions([]).report).toBeUndefined();
  });

  it("is refused before training where it cannot be written", async () => {
    const file = join(files.directory, "file");
    await writeFile(file, "");
    await mkdir(join(files.directory, "folder"), { recursive: true });
    const start = (...args: string[]) => train([...args, "--epochs", "1000000"]);
    await expect(start("--out", file)).rejects.toThrow(`cannot make directory ${file}: a file of that name`);
    await expect(start("--out", join(file, "a"))).rejects.toThrow("a part of the path is not a directory");
    await expect(start("--json", join(file, "a.json"))).rejects.toThrow(`cannot make directory ${file}`);
    await expect(start("--json", join(files.directory, "folder"))).rejects.toThrow("it is not a regular file");
  });
});
