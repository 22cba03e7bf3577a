import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LanewiseError, layers, Sequential } from "../../src/index.js";
import { fileSystem } from "../../src/node/index.js";
import { expectSameWeights } from "../helpers/weights.js";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "lanewise-node-"));
});
afterEach(() => rm(directory, { recursive: true }));

const makeModel = () => new Sequential([layers.dense({ units: 2, inputShape: [3] })], { seed: 7 });

describe("fileSystem", () => {
  it.each([
    ["a path", (path: string) => path],
    ["a file: URL", (path: string) => pathToFileURL(path)],
    ["a file: URL as a string", (path: string) => pathToFileURL(path).href],
  ])("keeps a model in a directory that is %s", async (_, placeOf) => {
    const model = makeModel();
    const place = fileSystem(placeOf(join(directory, "new", "model")));
    await model.save(place);
    expect((await readdir(join(directory, "new", "model"))).sort()).toEqual(["model.json", "weights.bin"]);
    expectSameWeights((await Sequential.load(place)).getWeights(), model.getWeights());
  });

  it("loads from a model.json, too", async () => {
    const model = makeModel();
    await model.save(directory);
    expectSameWeights(
      (await Sequential.load(fileSystem(join(directory, "model.json")))).getWeights(),
      model.getWeights(),
    );
  });

  it("names the file that is not there", async () => {
    const file = join(directory, "model.json");
    await expect(Sequential.load(fileSystem(directory))).rejects.toThrow(
      new LanewiseError(`cannot read ${file}: no such file`),
    );
  });

  it.each([
    ["", '""'],
    [7, "7"],
    [null, "null"],
    ["https://example.org/model", '"https://example.org/model"'],
  ])("refuses %j", (place, got) => {
    expect(() => fileSystem(place as string)).toThrow(
      new TypeError(`fileSystem: expected a path or a file: URL, got ${got}`),
    );
  });

  it("says that there are no files where there are none", () => {
    vi.stubGlobal("process", undefined);
    try {
      expect(() => fileSystem("digits")).toThrow(new LanewiseError("fileSystem: there is no file system here"));
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
