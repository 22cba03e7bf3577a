import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FormatError, LanewiseError, ndarray, Sequential } from "../../src/index.js";
import { placesOf } from "../helpers/places.js";
import { everyLayer } from "./models.js";

let directory: string;
let json: Buffer;
let weights: Buffer;
let changedWeights = false;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "lanewise-saving-"));
  const model = everyLayer();
  model.compile({ optimizer: "adam", loss: "categoricalCrossentropy", metrics: ["accuracy"] });
  await model.save(directory);
  json = await readFile(join(directory, "model.json"));
  weights = await readFile(join(directory, "weights.bin"));
});
afterAll(() => rm(directory, { recursive: true }));

async function load(files: { json?: string | Uint8Array; weights?: Uint8Array }): Promise<Sequential | Error> {
  await writeFile(join(directory, "model.json"), files.json ?? json);
  if (files.weights || changedWeights) await writeFile(join(directory, "weights.bin"), files.weights ?? weights);
  changedWeights = files.weights !== undefined;
  return Sequential.load(directory).catch((error: Error) => error);
}

async function expectRefused(files: Parameters<typeof load>[0], file: string): Promise<void> {
  const error = await load(files);
  expect(error).toBeInstanceOf(FormatError);
  expect((error as Error).message).toContain(join(directory, file));
}

describe("files cut off", () => {
  it("model.json at every eighth byte", async () => {
    for (let end = 0; end < json.length; end += 8) await expectRefused({ json: json.subarray(0, end) }, "model.json");
    await expectRefused({ json: json.subarray(0, -1) }, "model.json");
  });

  it.each([true, false])("weights.bin at every eighth byte (checksum: %s)", async (checksum) => {
    const other = JSON.parse(json.toString());
    if (!checksum) delete other.weightsManifest[0].crc32;
    for (let end = 0; end < weights.length; end += 8) {
      await expectRefused({ json: JSON.stringify(other), weights: weights.subarray(0, end) }, "weights.bin");
    }
    await expectRefused({ json: JSON.stringify(other), weights: Buffer.concat([weights, weights]) }, "weights.bin");
    await expectRefused({ json: JSON.stringify(other), weights: weights.subarray(0, -1) }, "weights.bin");
  });
});

describe("bytes changed", () => {
  it("any bit of weights.bin", async () => {
    for (let index = 0; index < weights.length; index++) {
      const changed = Buffer.from(weights);
      changed[index] = (changed[index] as number) ^ (1 << (index % 8));
      await expectRefused({ weights: changed }, "weights.bin");
    }
  });

  it("two weights that changed places", async () => {
    const changed = Buffer.concat([weights.subarray(4, 8), weights.subarray(0, 4), weights.subarray(8)]);
    await expectRefused({ weights: changed }, "weights.bin");
  });

  it("bytes that are no UTF-8, and JSON that is no object", async () => {
    await expectRefused({ json: Buffer.from([0x7b, 0xff, 0x7d]) }, "model.json");
    for (const text of ["[]", "null", "1", '"model"', "[".repeat(100_000)]) {
      await expectRefused({ json: text }, "model.json");
    }
  });
});

describe("JSON of other hands", () => {
  const text = () => JSON.stringify(JSON.parse(json.toString()), null, 2);

  it("may have a mark at its start, Windows' ends of lines, and its weights in several groups of files", async () => {
    expect(await load({ json: `\uFEFF${text().replaceAll("\n", "\r\n")}` })).toBeInstanceOf(Sequential);
    const other = JSON.parse(json.toString());
    const [{ weights: entries }] = other.weightsManifest;
    const [first, ...others] = entries as { shape: number[] }[];
    const size = 4 * (first?.shape ?? []).reduce((product, dimension) => product * dimension, 1);
    await writeFile(join(directory, "first.bin"), weights.subarray(0, size));
    await writeFile(join(directory, "others.bin"), weights.subarray(size));
    other.weightsManifest = [
      { paths: ["first.bin"], weights: [first] },
      { paths: ["./others.bin"], weights: others },
    ];
    const model = (await load({ json: JSON.stringify(other) })) as Sequential;
    expect(model.getWeights().flatMap(({ data }) => [...data])).toEqual([
      ...new Float32Array(Uint8Array.from(weights).buffer),
    ]);
  });

  it.each(["NaN", "Infinity", "undefined", "0x10", "'relu'", "1,"])("has no %s", async (value) => {
    await expectRefused({ json: text().replace(/"units": 6/, `"units": ${value}`) }, "model.json: expected JSON: ");
  });

  it.each(["bfloat16", "float64", "string", "bool"])("has no weights of %s", async (dtype) => {
    const other = JSON.parse(json.toString());
    const [entry] = other.weightsManifest[0].weights;
    entry.dtype = dtype;
    const message = `model.json: "${entry.name}": expected dtype 'float32', got "${dtype}"`;
    await expectRefused({ json: JSON.stringify(other) }, message);
  });
});

/** The JSON with something else, or nothing, in one place. */
function change(place: readonly string[], put: unknown): string {
  const root = JSON.parse(json.toString());
  let parent = root;
  for (const key of place.slice(0, -1)) parent = parent[key];
  const last = place.at(-1) as string;
  if (put !== undefined) parent[last] = put;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return JSON.stringify(root);
}

/** What may happen to a changed model.json: a FormatError, a file that can't be read, or a model that works. */
async function expectSound(text: string, place: readonly string[]): Promise<boolean> {
  const result = await load({ json: text });
  if (result instanceof Error) {
    const missingFile =
      result instanceof LanewiseError && place.includes("paths") && /^cannot read/.test(result.message);
    if (!missingFile && !(result instanceof FormatError)) throw result;
    expect(result.message).toContain(directory);
    return false;
  }
  const sample = result.layers[0]?.inputShape as readonly number[];
  const size = sample.reduce((product, dimension) => product * dimension, 1);
  const { data, shape } = await result.predict(ndarray(new Float32Array(2 * size).fill(9), [2, ...sample]));
  expect(shape).toEqual([2, 4]);
  expect(data.every(Number.isFinite)).toBe(true);
  const stored = new Float32Array(Uint8Array.from(weights).buffer);
  expect(result.getWeights().flatMap((weight) => [...weight.data])).toEqual([...stored]);
  expect(await (await Sequential.load(await result.toArtifacts())).toArtifacts()).toEqual(await result.toArtifacts());
  return true;
}

describe("model.json with one place changed", () => {
  const places = () => [...placesOf(JSON.parse(json.toString()))];

  it("nothing there", async () => {
    let loaded = 0;
    for (const place of places()) if (await expectSound(change(place, undefined), place)) loaded++;
    // Names, initializers, versions: what has a default, or is not needed.
    expect(loaded).toBeGreaterThan(20);
    expect(loaded).toBeLessThan(places().length);
  });

  it.each([
    [null],
    [false],
    [-1],
    [2 ** 31],
    [1e308],
    ["relu"],
    ["__proto__"],
    [[null, 1e9, 1e9]],
    [[null, -3, -4]],
    [{ class_name: "Dense", config: { units: 1e9 } }],
  ])("%j there", async (put) => {
    for (const place of places()) await expectSound(change(place, put), place);
  });

  it("a key too many", async () => {
    // JSON.parse makes a property of __proto__, where an assignment would change the prototype.
    for (const key of ["__proto__", "constructor", "kernel_regularizer"]) {
      const text = json.toString();
      for (const [place, { index }] of [...text.matchAll(/\{(?!\})/g)].entries()) {
        const member = `"${key}":{"polluted":true},`;
        await expectSound(text.slice(0, index + 1) + member + text.slice(index + 1), [`object ${place}`]);
      }
    }
    expect({}).not.toHaveProperty("polluted");
  });
});
