/** The only place that touches WebAssembly.Module and Instance. */
import { instantiateSync } from "@assemblyscript/loader";
import { LanewiseError, StateError } from "../errors.js";
import type { Kernels } from "./kernels.js";

/** `exact`: the same bits everywhere. `relaxed`: fused multiply-add where the engine has it, rounded as the processor does. */
export type Precision = "exact" | "relaxed";

/** The cores that there are: binaries in hexadecimal, and modules once they have been needed. */
const cores: Partial<Record<Precision, string | WebAssembly.Module>> = {};

/** Says what the core is to be. Each entry of the package brings its own; which instances there are already keep theirs. */
export function provideCore(precision: Precision, core: string | WebAssembly.Module): void {
  cores[precision] = core;
}

/**
 * An instance of the core and the memory it computes on. The module is compiled at the first call.
 *
 * @param precision Where the engine lacks the relaxed SIMD instructions, `relaxed` gets the exact core.
 * @throws LanewiseError where WebAssembly or its SIMD instructions are missing or forbidden; StateError where nobody has
 *   provided that core.
 */
export function instantiate(precision: Precision): { memory: WebAssembly.Memory; kernels: Kernels } {
  const core = cores[precision];
  if (core === undefined) {
    throw new StateError(
      precision === "exact"
        ? 'lanewise/external has no binary of its own: first call await initialize(fetch("kernels.wasm"))'
        : "precision: 'relaxed' needs the relaxed binary here: import \"lanewise/relaxed\" first",
    );
  }
  const module = typeof core === "string" ? compile(core, precision) : core;
  cores[precision] = module;
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { instance } = instantiateSync(module, { env: { memory } });
  // Not the loader's exports: those pass each call through a function that gathers its arguments
  return { memory, kernels: instance.exports as unknown as Kernels };
}

function compile(hex: string, precision: Precision): WebAssembly.Module {
  checkEngine();
  const bytes = decode(hex);
  try {
    return new WebAssembly.Module(bytes);
  } catch (cause) {
    if (WebAssembly.validate(bytes)) throw forbidden(cause);
    const { exact } = cores;
    if (precision === "relaxed" && exact) return typeof exact === "string" ? compile(exact, "exact") : exact;
    throw new LanewiseError(
      "this engine's WebAssembly lacks the 128-bit SIMD instructions: lanewise needs Chrome 91, Firefox 89, Safari 16.4, Node 16.4 or newer",
      { cause },
    );
  }
}

/** @throws LanewiseError where there is no WebAssembly at all. */
export function checkEngine(): void {
  if (typeof WebAssembly !== "object") {
    throw new LanewiseError("this JavaScript engine has no WebAssembly, which lanewise computes with");
  }
}

export function forbidden(cause: unknown): LanewiseError {
  return new LanewiseError(
    "WebAssembly may not be compiled here; a page's Content-Security-Policy must allow script-src 'wasm-unsafe-eval'",
    { cause },
  );
}

function decode(hex: string): Uint8Array<ArrayBuffer> {
  // Where the loop below has not been compiled yet it takes milliseconds of a program's start
  if (globalThis.Buffer) return Buffer.from(hex, "hex");
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}
