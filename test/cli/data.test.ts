import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type NDArray, ndarray } from "../../src/arrays.js";
import { loadData } from "../../src/cli/data.js";
import { chooseScaling } from "../../src/cli/scaling.js";
import { parseTrainOptions } from "../../src/cli/train-options.js";
import { LanewiseError } from "../../src/errors.js";
import { encodeNpy, saveNpy } from "../../src/npy/index.js";
import { CLASSES, makeImages, makeLabels, PER_CLASS, useFiles } from "./helpers.js";

const files = useFiles();
const load = (...args: string[]) => loadData(parseTrainOptions([...files.flags, ...args]));

/** The message of the error that loading data with other labels or images gives, with the folder's name left out. */
async function errorWith(flag: "--images" | "--labels", content: NDArray | Uint8Array): Promise<string> {
  const path = join(files.directory, "other.npy");
  if (content instanceof Uint8Array) await writeFile(path, content);
  else await saveNpy(path, content);
  const error = await load(flag, path).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(LanewiseError);
  return (error as Error).message.replaceAll(`${files.directory}/`, "");
}

describe("loadData", () => {
  it("splits each class and numbers the labels", async () => {
    const { parts, summary } = await load();
    expect(summary.classes).toEqual(CLASSES);
    expect(summary.counts).toEqual({
      train: CLASSES.map(() => PER_CLASS * 0.6),
      validation: CLASSES.map(() => PER_CLASS * 0.15),
      test: CLASSES.map(() => PER_CLASS * 0.25),
    });
    expect(parts.train.x.shape).toEqual([96, 6, 6]);
    const images = makeImages().data;
    for (const { x, y, rows } of Object.values(parts)) {
      rows.forEach((row, index) => {
        expect(y.data[index]).toBe(row % CLASSES.length);
        expect(x.data.subarray(index * 36, index * 36 + 36)).toEqual(images.subarray(row * 36, row * 36 + 36));
      });
    }
  });

  it("knows the files by their sha256", async () => {
    const { summary } = await load();
    const sha256 = createHash("sha256")
      .update(await readFile(files.images))
      .digest("hex");
    expect(summary.images).toEqual({ path: files.images, sha256, shape: [160, 6, 6], dtype: "uint8" });
    expect(summary.labels.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it("depends on the seed", async () => {
    const [one, again, two] = await Promise.all([load(), load("--seed", "1"), load("--seed", "2")]);
    expect(again.parts.test.rows).toEqual(one.parts.test.rows);
    expect(two.parts.test.rows).not.toEqual(one.parts.test.rows);
  });

  it("takes images of any shape, and labels [n, 1] of any type", async () => {
    const path = join(files.directory, "vector.npy");
    const labels = join(files.directory, "column.npy");
    await saveNpy(path, ndarray(Float32Array.from(makeLabels().data, (label) => label / 300)));
    await saveNpy(labels, ndarray(Float64Array.from(makeLabels().data), [160, 1]));
    const { parts, summary } = await load("--images", path, "--labels", labels);
    expect(parts.train.x.shape).toEqual([96, 1]);
    expect(summary.classes).toEqual(CLASSES);
  });
});

describe("errors of loadData", () => {
  const take = (array: NDArray, length: number): NDArray => ndarray(array.data.slice(0, length), [length]);

  it.each<[string, NDArray | Uint8Array, string]>([
    ["too few", take(makeLabels(), 159), "other.npy: expected as many labels as images, 160, got 159"],
    [
      "one-hot",
      ndarray(new Uint8Array(640), [160, 4]),
      "other.npy: expected a label for each image, shape [160], got [160, 4]",
    ],
    ["a fraction", ndarray(new Float32Array(160).fill(0.5)), "other.npy: expected integers, got 0.5 in row 0"],
    ["one class", ndarray(new Uint8Array(160).fill(3)), "other.npy: expected at least 2 classes, got only 3"],
    [
      "a small class",
      ndarray(Uint8Array.from({ length: 160 }, (_, index) => (index < 2 ? 9 : 1))),
      'other.npy: class 9 has too few samples (2) to give at least one to the part "validation" (0.15)',
    ],
    ["broken", encodeNpy(makeLabels()).subarray(0, 200), "the file is cut short"],
    ["no .npy", new TextEncoder().encode("PNG…"), "other.npy is not a .npy file"],
  ])("labels: %s", async (_, content, message) => expect(await errorWith("--labels", content)).toContain(message));

  it.each<[string, NDArray, string]>([
    ["a scalar", ndarray(new Uint8Array(1), []), "other.npy: expected images of shape [n, ...], got []"],
    ["none", ndarray(new Uint8Array(0), [0, 28]), "other.npy: expected images of shape [n, ...], got [0, 28]"],
    ["no pixels", ndarray(new Uint8Array(0), [160, 0]), "other.npy: expected images of shape [n, ...], got [160, 0]"],
    [
      "NaN",
      ndarray(Float32Array.of(...new Float32Array(5), Number.NaN, ...new Float32Array(314)), [160, 2]),
      "other.npy: expected finite float32 numbers, got NaN in row 2",
    ],
    [
      "infinite as float32",
      ndarray(new Float64Array(160).fill(1e39)),
      "other.npy: expected finite float32 numbers, got 1e+39 in row 0",
    ],
  ])("images: %s", async (_, content, message) => expect(await errorWith("--images", content)).toBe(message));

  it("a missing file, and how the default ones are made", async () => {
    const missing = join(files.directory, "missing.npy");
    await expect(load("--images", missing)).rejects.toThrow(`cannot read ${missing}: no such file`);
    const directory = process.cwd();
    process.chdir(files.directory);
    await expect(loadData(parseTrainOptions([]))).rejects.toThrow(
      "cannot read data/images.npy: no such file; npm run data makes it",
    );
    process.chdir(directory);
  });
});

describe("chooseScaling", () => {
  it.each<[string, NDArray, number]>([
    ["bytes", ndarray(Uint8Array.of(0, 3)), 255],
    ["booleans", { data: Uint8Array.of(0, 1), shape: [2], dtype: "bool" }, 1],
    ["floats in [0, 1]", ndarray(Float32Array.of(0, 1)), 1],
    ["centred floats", ndarray(Float32Array.of(-0.5, 40)), 1],
    ["raw intensities as floats", ndarray(Float32Array.of(0, 200)), 200],
    ["large integers", ndarray(Int16Array.of(-4000, 300)), 4000],
    ["small integers", ndarray(Int16Array.of(-1, 2)), 1],
  ])("%s", (_, array, divisor) => expect(chooseScaling(array).divisor).toBe(divisor));
});
