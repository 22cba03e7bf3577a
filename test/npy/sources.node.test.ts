import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { ndarray } from "../../src/arrays.js";
import { FormatError, LanewiseError } from "../../src/errors.js";
import { encodeNpy, loadNpy, type NpySource } from "../../src/npy/index.js";

const array = ndarray(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
const bytes = encodeNpy(array);

let directory: string;
let path: string;
let server: Server;
let address: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "lanewise-npy-"));
  path = join(directory, "some images.npy");
  await writeFile(path, bytes);
  server = createServer((request, response) => {
    if (request.url === "/cut.npy") {
      response
        .writeHead(200, { "content-length": bytes.length })
        .write(bytes.subarray(0, 100), () => response.destroy());
    } else {
      response.writeHead(request.url === "/images.npy" ? 200 : 404).end(request.url === "/images.npy" ? bytes : "no");
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(directory, { recursive: true });
});

describe("sources", () => {
  it("path", async () => expect(await loadNpy(path)).toEqual(array));
  it("file: URL", async () => expect(await loadNpy(pathToFileURL(path))).toEqual(array));
  it("file: URL as a string", async () => expect(await loadNpy(pathToFileURL(path).href)).toEqual(array));
  it("http: URL", async () => expect(await loadNpy(new URL("/images.npy", address))).toEqual(array));
  it("http: URL as a string", async () => expect(await loadNpy(`${address}/images.npy`)).toEqual(array));
  it("data: URL", async () => {
    const url = new URL(`data:application/octet-stream;base64,${Buffer.from(bytes).toString("base64")}`);
    expect(await loadNpy(url)).toEqual(array);
  });
  it("Blob", async () => expect(await loadNpy(new Blob([bytes]))).toEqual(array));
  it("ArrayBuffer", async () => expect(await loadNpy(bytes.buffer)).toEqual(array));
  it("Buffer", async () => expect(await loadNpy(Buffer.from(bytes))).toEqual(array));
  it("DataView", async () => expect(await loadNpy(new DataView(bytes.buffer))).toEqual(array));
  it("Uint16Array", async () => expect(await loadNpy(new Uint16Array(bytes.buffer))).toEqual(array));
  it("SharedArrayBuffer and a view of it", async () => {
    const shared = new SharedArrayBuffer(bytes.length);
    new Uint8Array(shared).set(bytes);
    expect(await loadNpy(shared)).toEqual(array);
    expect((await loadNpy(new Uint8Array(shared))).data.buffer).toBeInstanceOf(ArrayBuffer);
  });

  it("takes the bytes at the moment of the call", async () => {
    const source = bytes.slice();
    const loading = loadNpy(source);
    source.fill(0);
    expect(await loading).toEqual(array);
  });

  it.each([
    [undefined, "undefined"],
    [null, "null"],
    [42, "42"],
    [[1, 2], "an array of 2"],
    [{ data: bytes }, "Object"],
    [() => bytes, "a function"],
  ])("refuses %o", async (source, got) => {
    const error: unknown = await loadNpy(source as unknown as NpySource).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toBe(
      `loadNpy: expected a path, a URL, a Blob, an ArrayBuffer or a typed array, got ${got}`,
    );
  });
});

describe("names in messages", () => {
  const text = new TextEncoder().encode("text");
  const message = async (source: NpySource, name?: string): Promise<string> => {
    const error: unknown = await loadNpy(source, name === undefined ? {} : { name }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FormatError);
    return (error as Error).message;
  };

  it("is the path, the File's name or `array`, unless one is given", async () => {
    const notNpy = join(directory, "text.npy");
    await writeFile(notNpy, text);
    expect(await message(notNpy)).toMatch(`${notNpy} is not a .npy file`);
    expect(await message(new File([text], "text.npy"))).toMatch(/^text.npy is/);
    expect(await message(new Blob([text]))).toMatch(/^array is/);
    expect(await message(text)).toMatch(/^array is/);
    expect(await message(text, "labels")).toMatch(/^labels is/);
    expect(await message(notNpy, "labels")).toMatch(/^labels is/);
  });
});

describe("what cannot be read", () => {
  async function refused(source: NpySource, name?: string): Promise<LanewiseError> {
    const error: unknown = await loadNpy(source, name === undefined ? {} : { name }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LanewiseError);
    expect((error as LanewiseError).cause).toBeInstanceOf(Error);
    return error as LanewiseError;
  }

  it("a missing file", async () => {
    const missing = join(directory, "missing.npy");
    expect((await refused(missing)).message).toBe(`cannot read ${missing}: no such file`);
    expect((await refused(missing, "labels")).message).toBe(`cannot read labels (${missing}): no such file`);
    expect((await refused(missing)).cause).toMatchObject({ code: "ENOENT" });
  });

  it("a directory, and a path through a file", async () => {
    expect((await refused(directory)).message).toBe(`cannot read ${directory}: it is a directory`);
    expect((await refused(`${path}/x.npy`)).message).toContain("a part of the path is not a directory");
  });

  it("a path with a zero byte, a URL that is none", async () => {
    await refused("a\0b.npy");
    await refused("http://");
    await refused("file://elsewhere/images.npy");
  });

  it("an HTTP status other than 2xx", async () => {
    const url = `${address}/missing.npy`;
    expect((await refused(url)).message).toBe(`cannot read ${url}: HTTP status 404 Not Found`);
  });

  it("a connection that breaks, or is refused", async () => {
    expect((await refused(`${address}/cut.npy`)).message).toContain("/cut.npy: ");
    expect((await refused("http://127.0.0.1:1/images.npy")).message).not.toContain("fetch failed");
  });

  it("a Blob whose file is gone", async () => {
    const blob = new Blob([bytes]);
    vi.spyOn(blob, "arrayBuffer").mockRejectedValue(new DOMException("could not be read", "NotReadableError"));
    expect((await refused(blob, "picked.npy")).message).toBe("cannot read picked.npy: could not be read");
  });
});

describe("without a file system", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("a path is fetched, and a file: URL is refused", async () => {
    vi.stubGlobal("process", undefined);
    const fetched: unknown[] = [];
    vi.stubGlobal("fetch", async (source: unknown) => {
      fetched.push(source);
      return new Response(bytes);
    });
    const loaded = await loadNpy("data/images.npy");
    const error: unknown = await loadNpy("file:///images.npy").catch((reason: unknown) => reason);
    vi.unstubAllGlobals();

    expect(loaded).toEqual(array);
    expect(fetched).toEqual(["data/images.npy"]);
    expect((error as Error).message).toBe("cannot read file:///images.npy: there is no file system here");
  });
});
