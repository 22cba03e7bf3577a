import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FormatError, LanewiseError, Sequential, StateError } from "../../src/index.js";
import { everyLayer, small, values } from "./models.js";

/** What the mocked file system does wrong: a full disk for the first or second file, a rename that fails to this path. */
const faults = { fullFor: -1, opened: 0, noRenameTo: "" };

const actual = process.getBuiltinModule("node:fs/promises");
const failing = (code: string) => Object.assign(new Error(`${code}: injected`), { code });
const open: typeof actual.open = async (...parameters) => {
  const handle = await actual.open(...parameters);
  const write = handle.writeFile.bind(handle);
  const number = faults.opened++;
  handle.writeFile = async (data, options) => {
    await write((data as Uint8Array).subarray(0, 5), options);
    if (number === faults.fullFor) throw failing("ENOSPC");
    await write((data as Uint8Array).subarray(5), options);
  };
  return handle;
};
const rename: typeof actual.rename = async (from, to) => {
  if (faults.noRenameTo && `${to}`.endsWith(faults.noRenameTo)) throw failing("EBUSY");
  return actual.rename(from, to);
};

const { getBuiltinModule } = process;
const getFaultyModule = (name: string) =>
  name === "node:fs/promises" ? { ...actual, open, rename } : getBuiltinModule(name);

let directory: string;
let path: string;
beforeEach(async () => {
  vi.spyOn(process, "getBuiltinModule").mockImplementation(getFaultyModule);
  directory = await mkdtemp(join(tmpdir(), "lanewise-saving-"));
  path = join(directory, "model");
});
afterEach(async () => {
  vi.restoreAllMocks();
  Object.assign(faults, { fullFor: -1, noRenameTo: "" });
  await rm(directory, { recursive: true });
});

async function refused(action: Promise<unknown>): Promise<Error> {
  const error: unknown = await action.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}

async function expectEqual(model: Sequential, other: Sequential): Promise<void> {
  expect(await other.toArtifacts()).toEqual(await model.toArtifacts());
}

describe("a directory", () => {
  it("is made, with its parents, and holds two files", async () => {
    path = join(directory, "runs", "a model");
    const model = everyLayer();
    expect(await model.save(path)).toBeUndefined();
    expect((await readdir(path)).sort()).toEqual(["model.json", "weights.bin"]);
    expect((await readFile(join(path, "weights.bin"))).buffer.byteLength).toBeGreaterThan(0);
    await expectEqual(model, await Sequential.load(path));
  });

  it("may be given as a file: URL or with a slash at its end, and the model by its model.json", async () => {
    const model = small();
    path = join(directory, "50% of a#model");
    const url = pathToFileURL(path);
    for (const target of [url, url.href, `${url.href}/`, `${path}/`]) {
      await model.save(target);
      for (const source of [target, path, join(path, "model.json"), pathToFileURL(join(path, "model.json"))]) {
        await expectEqual(model, await Sequential.load(source));
      }
      await rm(path, { recursive: true });
    }
  });

  it("is overwritten", async () => {
    await everyLayer().save(path);
    const model = small();
    await model.save(path);
    await expectEqual(model, await Sequential.load(path));
    expect((await readdir(path)).sort()).toEqual(["model.json", "weights.bin"]);
  });

  it("takes a model in the middle of its training", async () => {
    const model = small();
    model.compile({ optimizer: "adam", loss: "mse" });
    const saved: Promise<void>[] = [];
    const paths = [0, 1].map((epoch) => join(path, `${epoch}`));
    const onEpochEnd = (epoch: number) => void saved.push(model.save(paths[epoch] as string));
    await model.fit(values([40, 2]), values([40, 2]), { epochs: 2, callbacks: { onEpochEnd } });
    await Promise.all(saved);
    const [first, last] = await Promise.all(paths.map((one) => Sequential.load(one)));
    expect(last?.getWeights()).toEqual(model.getWeights());
    expect(first?.getWeights()).not.toEqual(model.getWeights());
  });

  it("of another name for each file, as a browser downloads them", async () => {
    const model = small();
    await model.save(directory);
    const json = JSON.parse(await readFile(join(directory, "model.json"), "utf8"));
    json.weightsManifest[0].paths = ["./digits.weights.bin"];
    await writeFile(join(directory, "digits.json"), JSON.stringify(json));
    await writeFile(join(directory, "digits.weights.bin"), await readFile(join(directory, "weights.bin")));
    await expectEqual(model, await Sequential.load(join(directory, "digits.json")));
  });

  it("that is not there, or without its files", async () => {
    expect((await refused(Sequential.load(path))).message).toBe(`cannot read ${path}/model.json: no such file`);
    await small().save(path);
    await rm(join(path, "weights.bin"));
    const error = await refused(Sequential.load(path));
    expect(error).toBeInstanceOf(LanewiseError);
    expect(error.message).toBe(`cannot read ${path}/weights.bin: no such file`);
  });
});

describe("what goes wrong on saving", () => {
  const left = async () => ({ files: (await readdir(path)).sort(), model: await Sequential.load(path) });

  it.each([0, 1])("a disk that is full at file %i leaves the old model", async (fullFor) => {
    const old = small();
    await old.save(path);
    const names = ["model.json", "weights.bin"];
    Object.assign(faults, { fullFor, opened: 0 });
    expect((await refused(everyLayer().save(path))).message).toBe(
      `cannot write ${path}/${names[fullFor]}: no space left on device`,
    );
    const { files, model } = await left();
    expect(files).toEqual(names);
    await expectEqual(old, model);
  });

  it.each(["model.json", "weights.bin"])("a rename to %s that fails leaves the old model", async (name) => {
    const old = small();
    await old.save(path);
    faults.noRenameTo = name;
    expect((await refused(everyLayer().save(path))).message).toBe(`cannot write ${path}/${name}: EBUSY: injected`);
    const { files, model } = await left();
    expect(files).toEqual(["model.json", "weights.bin"]);
    await expectEqual(old, model);
  });

  it("a crash between the two renames is found on loading", async () => {
    const model = small();
    await model.save(path);
    const old = await readFile(join(path, "weights.bin"));
    model.setWeights(model.getWeights().map(({ shape }) => values(shape)));
    await model.save(path);
    await writeFile(join(path, "weights.bin"), old);
    const error = await refused(Sequential.load(path));
    expect(error).toBeInstanceOf(FormatError);
    expect(error.message).toMatch(
      /weights.bin: expected weights of CRC-32 [0-9a-f]{8}, got [0-9a-f]{8}: the file is damaged, or from another save/,
    );
  });

  it("a file where the directory should be", async () => {
    await writeFile(path, "mine");
    const error = await refused(small().save(path));
    expect(error).toBeInstanceOf(LanewiseError);
    expect(error.message).toBe(`cannot make directory ${path}: a file of that name is in the way`);
    expect((await refused(small().save(join(path, "model")))).message).toMatch("cannot make directory");
    expect(await readFile(path, "utf8")).toBe("mine");
  });

  it("a directory where model.json should be", async () => {
    await mkdir(join(path, "model.json"), { recursive: true });
    expect((await refused(small().save(path))).message).toBe(`cannot write ${path}/model.json: it is a directory`);
    expect(await readdir(path)).toEqual(["model.json"]);
  });

  it.each([undefined, null, 7, "", {}])("%o for a target", async (target) => {
    expect(await refused(small().save(target as unknown as string))).toBeInstanceOf(TypeError);
  });

  it.each(["model.json", "localstorage://model", "indexeddb://model", "ftp://host/model"])("%s", async (target) => {
    expect(await refused(small().save(target))).toBeInstanceOf(RangeError);
  });

  it("a model without an input shape writes nothing", async () => {
    expect(await refused(new Sequential().save(path))).toBeInstanceOf(StateError);
    expect(await readdir(directory)).toEqual([]);
  });
});

describe("without a file system", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("a path is fetched, and none is written", async () => {
    const model = small();
    await model.save(path);
    const fetched: string[] = [];
    vi.stubGlobal("process", undefined);
    vi.stubGlobal("fetch", async (source: string) => {
      fetched.push(source);
      return new Response(await readFile(join(directory, source)));
    });
    const loaded = await Sequential.load("model/");
    const error = await refused(model.save("model"));
    vi.unstubAllGlobals();
    await expectEqual(model, loaded);
    expect(fetched).toEqual(["model/model.json", "model/weights.bin"]);
    expect(error.message).toBe("cannot make directory model: there is no file system here");
  });
});

describe.each([undefined, null, 7, "", () => 1])("load(%o)", (source) => {
  it("is a TypeError", async () => {
    expect(await refused(Sequential.load(source as unknown as string))).toBeInstanceOf(TypeError);
  });
});

describe("over HTTP", () => {
  let server: Server;
  let address: string;
  const posted: { method: string | undefined; form: FormData }[] = [];

  async function formOf(request: IncomingMessage): Promise<FormData> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const headers = { "content-type": request.headers["content-type"] ?? "" };
    return new Response(Buffer.concat(parts), { headers }).formData();
  }

  /** Serves `directory` to those who add `?key=1`, and takes forms at /upload. */
  beforeEach(async () => {
    posted.length = 0;
    server = createServer(async (request, response) => {
      const url = new URL(request.url ?? "/", "http://host");
      if (request.method === "POST") posted.push({ method: request.method, form: await formOf(request) });
      if (url.pathname === "/upload") return response.writeHead(200).end();
      const file = await readFile(join(directory, decodeURIComponent(url.pathname))).catch(() => undefined);
      const found = file && url.search === "?key=1";
      return response.writeHead(found ? 200 : 404).end(found ? file : "no such page");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it("a model is loaded, and what follows the ? goes for the weights too", async () => {
    const model = everyLayer();
    await model.save(path);
    await expectEqual(model, await Sequential.load(`${address}/model/model.json?key=1`));
    await expectEqual(model, await Sequential.load(new URL("/model/model.json?key=1", address)));
  });

  it("a page that is missing, or is HTML", async () => {
    const url = `${address}/model.json`;
    expect((await refused(Sequential.load(url))).message).toBe(`cannot read ${url}: HTTP status 404 Not Found`);
    await writeFile(join(directory, "model.json"), "<!doctype html>");
    const error = await refused(Sequential.load(`${url}?key=1`));
    expect(error).toBeInstanceOf(FormatError);
    expect(error.message).toMatch(`${url}?key=1: expected JSON: Unexpected token`);
    await small().save(path);
    await rm(join(path, "weights.bin"));
    const weights = `${address}/model/weights.bin?key=1`;
    expect((await refused(Sequential.load(`${address}/model/model.json?key=1`))).message).toBe(
      `cannot read ${weights}: HTTP status 404 Not Found`,
    );
  });

  it("a model is posted as a form of two files", async () => {
    const model = everyLayer();
    await model.save(`${address}/upload`);
    await model.save(new URL("/upload", address));
    expect(posted).toHaveLength(2);
    for (const { form } of posted) {
      const files = ["model.json", "model.weights.bin"].map((name) => form.get(name) as File);
      expect(files.map(({ name, type }) => [name, type])).toEqual([
        ["model.json", "application/json"],
        ["model.weights.bin", "application/octet-stream"],
      ]);
      for (const file of files) await writeFile(join(directory, file.name), new Uint8Array(await file.arrayBuffer()));
      await expectEqual(model, await Sequential.load(directory).catch((error) => error));
    }
  });

  it("a server that refuses, or is not there", async () => {
    const url = `${address}/elsewhere`;
    const error = await refused(small().save(url));
    expect(error).toBeInstanceOf(LanewiseError);
    expect(error.message).toBe(`cannot save to ${url}: HTTP status 404`);
    expect((await refused(small().save("http://127.0.0.1:1/model"))).message).not.toContain("fetch failed");
  });
});
