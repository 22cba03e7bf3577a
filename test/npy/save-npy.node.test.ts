import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ArrayInput, ndarray } from "../../src/arrays.js";
import { LanewiseError, ShapeError } from "../../src/errors.js";
import { encodeNpy, loadNpy, saveNpy } from "../../src/npy/index.js";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "lanewise-npy-"));
});
afterAll(() => rm(directory, { recursive: true }));

/** The parts of a file, by the format's definition. */
function split(file: Uint8Array): { magic: number[]; header: string; data: Uint8Array } {
  const end = 10 + new DataView(file.buffer).getUint16(8, true);
  return {
    magic: [...file.subarray(0, 8)],
    header: String.fromCharCode(...file.subarray(10, end)),
    data: file.subarray(end),
  };
}

describe("encodeNpy", () => {
  it("writes the bytes that NumPy writes", async () => {
    const fixture = await readFile(new URL("../fixtures/numpy-npy.json", import.meta.url), "utf8");
    const { vectors } = JSON.parse(fixture) as { vectors: { descr: string; version: number[]; file_hex: string }[] };
    let compared = 0;
    for (const { descr, version, file_hex } of vectors) {
      if (file_hex === undefined || version[0] !== 1 || descr.startsWith(">") || descr === "<f2") continue;
      const file = Buffer.from(file_hex, "hex");
      if (file.includes("'fortran_order': True")) continue;
      expect(Buffer.from(encodeNpy(await loadNpy(file))).toString("hex")).toBe(file_hex);
      compared++;
    }
    expect(compared).toBe(7);
  });

  it.each<[ArrayInput, string, string]>([
    [Float32Array.of(1), "<f4", "(1,)"],
    [Float64Array.of(1), "<f8", "(1,)"],
    [Int8Array.of(1), "|i1", "(1,)"],
    [Int16Array.of(1), "<i2", "(1,)"],
    [Int32Array.of(1), "<i4", "(1,)"],
    [Uint8Array.of(1), "|u1", "(1,)"],
    [Uint8ClampedArray.of(1), "|u1", "(1,)"],
    [Buffer.of(1), "|u1", "(1,)"],
    [Uint16Array.of(1), "<u2", "(1,)"],
    [Uint32Array.of(1), "<u4", "(1,)"],
    [ndarray(Float32Array.of(1), []), "<f4", "()"],
    [ndarray(new Float32Array(0), [0, 28, 28]), "<f4", "(0, 28, 28)"],
    [[[1, 2]], "<f4", "(1, 2)"],
    [{ data: Uint8Array.of(1), shape: [1], dtype: "bool" }, "|b1", "(1,)"],
  ])("heads %o with %s %s", (array, descr, shape) => {
    const { magic, header } = split(encodeNpy(array));
    expect(magic).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
    expect(header.trimEnd()).toBe(`{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`);
    expect(header.endsWith("\n")).toBe(true);
  });

  it("starts the data at a multiple of 64 for every length of header", () => {
    for (let dimensions = 0; dimensions <= 64; dimensions++) {
      const file = encodeNpy(ndarray(Uint8Array.of(9), Array(dimensions).fill(1)));
      expect((file.length - 1) % 64).toBe(0);
      expect([...split(file).data]).toEqual([9]);
    }
  });

  it("writes only a view's part of its buffer", () => {
    const view = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    expect(new Float32Array(split(encodeNpy(view)).data.slice().buffer)).toEqual(Float32Array.of(2, 3));
  });

  it("writes any truth value of a bool array as 1", () => {
    expect([...split(encodeNpy({ data: Uint8Array.of(0, 7), shape: [2], dtype: "bool" })).data]).toEqual([0, 1]);
  });

  it("refuses 65 dimensions, shapes that do not fit and what is no array", () => {
    expect(() => encodeNpy(ndarray(Uint8Array.of(1), Array(65).fill(1)))).toThrow(ShapeError);
    expect(() => encodeNpy({ data: Uint8Array.of(1), shape: [2], dtype: "uint8" })).toThrow(ShapeError);
    expect(() => encodeNpy("text" as unknown as ArrayInput)).toThrow(TypeError);
  });
});

describe("saveNpy", () => {
  it("writes to a path, a file: URL and such a URL as a string", async () => {
    const array = ndarray(Float64Array.of(1, 2, 3, 4), [2, 2]);
    const path = join(directory, "weights 1.npy");
    for (const target of [path, pathToFileURL(path), pathToFileURL(path).href]) {
      await saveNpy(target, array);
      expect(await loadNpy(path)).toEqual(array);
      await rm(path);
    }
    expect(await readdir(directory)).toEqual([]);
  });

  it("refuses an http: URL and other targets", async () => {
    const url = "https://example.org/x.npy";
    await expect(saveNpy(url, [1])).rejects.toThrow(
      new LanewiseError(`cannot write ${url}: only files can be written`),
    );
    await expect(saveNpy(new URL(url), [1])).rejects.toThrow(LanewiseError);
    await expect(saveNpy(1 as unknown as string, [1])).rejects.toThrow(
      new TypeError("saveNpy: expected a path or a file: URL, got 1"),
    );
  });

  it("writes nothing when the array is wrong", async () => {
    await expect(saveNpy(join(directory, "x.npy"), [[1], [1, 2]])).rejects.toThrow(ShapeError);
    expect(await readdir(directory)).toEqual([]);
  });
});
