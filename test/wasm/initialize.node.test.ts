/** The entry without a binary, and what it is told when it gets a wrong one. */
import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, it, vi } from "vitest";
import * as whole from "../../src/index.js";
import { errorOf } from "../helpers/failure.js";

const bytes = readFileSync(new URL("../../build/release.wasm", import.meta.url));

/** Anew for every test: one that nobody has given a core. */
let external: typeof import("../../src/external.js");

beforeEach(async () => {
  vi.resetModules();
  external = await import("../../src/external.js");
});

const makeWeights = ({ layers, Sequential }: Pick<typeof whole, "layers" | "Sequential">) =>
  new Sequential([layers.dense({ units: 3, inputShape: [5] })], { seed: 1 }).getWeights();

describe("lanewise/external", () => {
  it("exports what lanewise does, and initialize", () => {
    expect(Object.keys(external).sort()).toEqual([...Object.keys(whole), "initialize"].sort());
  });

  it.each<[string, () => Parameters<typeof external.initialize>[0]]>([
    ["bytes", () => bytes],
    ["an ArrayBuffer", () => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)],
    ["a Response", () => new Response(bytes)],
    [
      "a promise of one, of whatever type",
      () => Promise.resolve(new Response(bytes, { headers: { "content-type": "text/plain" } })),
    ],
    ["a module", () => new WebAssembly.Module(bytes)],
  ])("computes with %s", async (_, source) => {
    await external.initialize(source());
    expect(makeWeights(external)).toEqual(makeWeights(whole));
  });

  it.each<[string, () => unknown, string]>([
    [
      "an answer that failed",
      () => new Response("", { status: 404 }),
      "LanewiseError: initialize: cannot read : HTTP status 404",
    ],
    [
      "a page instead of the binary",
      () => new Response("<!doctype html>"),
      "FormatError: initialize: expected the bytes of kernels.wasm, got what is no WebAssembly, or needs more than this engine has",
    ],
    [
      "another module",
      () => Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0),
      "FormatError: initialize: expected lanewise's kernels.wasm, got a module without sparseMatmul",
    ],
    [
      "a text",
      () => "kernels.wasm",
      'TypeError: initialize: expected bytes, a Response or a WebAssembly.Module, got "kernels.wasm"',
    ],
  ])("refuses %s", async (_, source, message) => {
    const error = await errorOf(() => external.initialize(source() as never));
    expect(`${(error as Error).name}: ${(error as Error).message}`).toBe(message);
    expect(((await errorOf(() => makeWeights(external))) as Error).name).toBe("StateError");
  });

  it("says what to call first", async () => {
    expect(((await errorOf(() => makeWeights(external))) as Error).message).toBe(
      'lanewise/external has no binary of its own: first call await initialize(fetch("kernels.wasm"))',
    );
  });
});
