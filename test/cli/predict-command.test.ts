import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../../src/cli/predict-command.js";
import { loadNpy } from "../../src/index.js";
import { CLASSES, fakeOutput, makeImages, outputOf, useFiles, useModel, visibleLines, widest } from "./helpers.js";

const files = useFiles();
const saved = useModel(files);
const predict = (args: readonly string[], output?: ReturnType<typeof fakeOutput>): Promise<string> =>
  outputOf(run, [saved.path, "--images", files.images, ...args], output);
const inTerminal = () => fakeOutput({ isTTY: true, columns: 80 });

/** The classes of image i with their probabilities, from the most probable. */
async function expected(): Promise<{ label: number; probability: number }[][]> {
  const { data } = await saved.model.predict(makeImages());
  return Array.from({ length: 160 }, (_, row) =>
    CLASSES.map((label, index) => ({ label, probability: data[row * 4 + index] ?? 0 })).sort(
      (a, b) => b.probability - a.probability,
    ),
  );
}

describe("predict without a terminal", () => {
  it("prints CSV and nothing else", async () => {
    const text = await predict([]);
    const [heading, ...lines] = text.split("\n");
    expect(heading).toBe("row,class,probability");
    expect(lines.pop()).toBe("");
    const rows = lines.map((line) => line.split(",").map(Number));
    const best = (await expected()).map(([first], row) => [row, first?.label, first?.probability]);
    expect(rows.map(([row, label, probability = 0]) => [row, label, Math.fround(probability)])).toEqual(best);
    expect(await predict(["--out", "-"], inTerminal())).toBe(text);
    expect(await predict(["--quiet"])).toBe(text);
  });

  it("names more classes, and all probabilities, bit for bit", async () => {
    const [heading, first = ""] = (await predict(["--top", "2", "--probabilities"])).split("\n");
    expect(heading).toBe("row,class,probability,class_2,probability_2,p(-5),p(0),p(7),p(300)");
    const cells = first.split(",").map((cell) => Math.fround(Number(cell)));
    const [one, two] = (await expected())[0] ?? [];
    expect(cells.slice(0, 5)).toEqual([0, one?.label, one?.probability, two?.label, two?.probability]);
    const { data } = await saved.model.predict(makeImages());
    expect(cells.slice(5)).toEqual([...data.subarray(0, 4)]);
  });
});

describe("predict in a terminal", () => {
  it("prints a table", async () => {
    const text = await predict(["--top", "2", "--probabilities"], inTerminal());
    expect(widest(text)).toBeLessThanOrEqual(80);
    const lines = visibleLines(text);
    const heading = lines.findIndex((line) => /^ +row +class +probability +2\. +probability/.test(line));
    expect(heading).toBeGreaterThan(2);
    expect(lines[heading]).toMatch(/ -5 +0 +7 +300$/);
    const [one, two] = (await expected())[0] ?? [];
    const cells = (lines[heading + 1] ?? "").trim().split(/\s+/);
    expect(cells.slice(0, 5)).toEqual([
      "0",
      `${one?.label}`,
      one?.probability.toFixed(4),
      `${two?.label}`,
      two?.probability.toFixed(4),
    ]);
    expect(lines.length - heading).toBe(162);
  });

  it("prints CSV where the table has no room", async () => {
    const text = await predict(["--probabilities", "--quiet"], fakeOutput({ isTTY: true, columns: 30 }));
    expect(text).toMatch(/^row,class,probability,p\(-5\)/);
  });
});

describe("predict --out", () => {
  it("writes all probabilities to a .npy file", async () => {
    const out = join(files.directory, "new", "probabilities.npy");
    expect(await predict(["--out", out])).toContain("\nSaved to ");
    expect(await loadNpy(out)).toEqual(await saved.model.predict(makeImages()));
    expect(await predict(["--out", out, "--quiet"])).toBe("");
  });

  it("writes the text to a .csv file", async () => {
    const out = join(files.directory, "predictions.CSV");
    await predict(["--out", out, "--top", "2"]);
    expect(await readFile(out, "utf8")).toBe(await predict(["--top", "2"]));
  });
});

describe("errors of predict", () => {
  it.each([
    [["--top", "5"], /^--top: expected at most 4, the number of classes of .*model, got 5$/],
    [["--top", "0"], /^--top: expected an integer of at least 1, got "0"$/],
    [["--out", "a.txt"], /^--out: expected a path that ends in .npy or .csv, or - for standard output, got "a.txt"$/],
    [["--images", "missing.npy"], /^cannot read missing.npy: no such file$/],
  ])("%j", (args, message) => expect(predict(args)).rejects.toThrow(message));
});
