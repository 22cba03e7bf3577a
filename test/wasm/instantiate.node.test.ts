/** What an engine without WebAssembly, or with less of it, is told. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LanewiseError } from "../../src/errors.js";
import { errorOf } from "../helpers/failure.js";

beforeEach(() => {
  // So that the module is compiled anew
  vi.resetModules();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

async function make(): Promise<LanewiseError> {
  const { layers, Sequential } = await import("../../src/index.js");
  const model = new Sequential([layers.dense({ units: 1, inputShape: [1] })]);
  return (await errorOf(() => model.getWeights())) as LanewiseError;
}

describe("an engine", () => {
  it("with SIMD gives a model its weights", async () => {
    expect(await make()).toBeUndefined();
  });

  it("without SIMD is told which have it", async () => {
    const Module = function Module() {
      throw new WebAssembly.CompileError("invalid SIMD opcode");
    };
    vi.stubGlobal("WebAssembly", { ...webAssembly(), Module, validate: () => false });
    const error = await make();
    expect([error.name, error.message]).toEqual([
      "LanewiseError",
      "this engine's WebAssembly lacks the 128-bit SIMD instructions: lanewise needs Chrome 91, Firefox 89, Safari 16.4, Node 16.4 or newer",
    ]);
  });

  it("that forbids compilation is told what to allow", async () => {
    const cause = new WebAssembly.CompileError("refused by the Content-Security-Policy");
    const Module = function Module() {
      throw cause;
    };
    vi.stubGlobal("WebAssembly", { ...webAssembly(), Module });
    const error = await make();
    expect([error.name, error.message, error.cause]).toEqual([
      "LanewiseError",
      "WebAssembly may not be compiled here; a page's Content-Security-Policy must allow script-src 'wasm-unsafe-eval'",
      cause,
    ]);
  });

  it("that holds too many models is told to dispose of some", async () => {
    const cause = new RangeError("WebAssembly.Memory(): could not allocate memory");
    const Memory = function Memory() {
      throw cause;
    };
    vi.stubGlobal("WebAssembly", { ...webAssembly(), Module: WebAssembly.Module, Memory });
    const error = await make();
    expect([error.name, error.message, error.cause]).toEqual([
      "LanewiseError",
      "the engine has no addresses left for the memory of one more model: dispose() of models that are not needed any more",
      cause,
    ]);
  });

  it("without WebAssembly is told so", async () => {
    vi.stubGlobal("WebAssembly", undefined);
    const error = await make();
    expect([error.name, error.message]).toEqual([
      "LanewiseError",
      "this JavaScript engine has no WebAssembly, which lanewise computes with",
    ]);
  });
});

/** The members of WebAssembly, which can't be enumerated. */
function webAssembly(): object {
  const { Memory, Instance, validate, CompileError } = WebAssembly;
  return { Memory, Instance, validate, CompileError };
}
