/** The only place that touches WebAssembly.Module and Instance. */
import { instantiateSync } from "@assemblyscript/loader";
import { LanewiseError } from "../errors.js";
import { relaxed, release } from "./binary.js";
import type { Kernels } from "./kernels.js";

/** `exact`: the same bits everywhere. `relaxed`: fused multiply-add where the engine has it, rounded as the processor does. */
export type Precision = "exact" | "relaxed";

/** The modules that have been compiled. */
const compiled: Partial<Record<Precision, WebAssembly.Module>> = {};

/**
 * An instance of the core and the memory it computes on. The module is compiled at the first call.
 *
 * @param precision Where the engine lacks the relaxed SIMD instructions, `relaxed` gets the exact core.
 * @throws LanewiseError where WebAssembly or its SIMD instructions are missing or forbidden.
 */
export function instantiate(precision: Precision): { memory: WebAssembly.Memory; kernels: Kernels } {
  compiled[precision] ??= compile(precision);
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { instance } = instantiateSync(compiled[precision], { env: { memory } });
  // Not the loader's exports: those pass each call through a function that gathers its arguments
  return { memory, kernels: instance.exports as unknown as Kernels };
}

function compile(precision: Precision): WebAssembly.Module {
  if (typeof WebAssembly !== "object") {
    throw new LanewiseError("this JavaScript engine has no WebAssembly, which lanewise computes with");
  }
  const bytes = decode(precision === "relaxed" ? relaxed : release);
  try {
    return new WebAssembly.Module(bytes);
  } catch (cause) {
    if (WebAssembly.validate(bytes)) {
      throw new LanewiseError(
        "WebAssembly may not be compiled here; a page's Content-Security-Policy must allow script-src 'wasm-unsafe-eval'",
        { cause },
      );
    }
    if (precision === "relaxed") return compile("exact");
    throw new LanewiseError(
      "this engine's WebAssembly lacks the 128-bit SIMD instructions: lanewise needs Chrome 91, Firefox 89, Safari 16.4, Node 16.4 or newer",
      { cause },
    );
  }
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  // Where the loop below has not been compiled yet it takes 2 ms of a program's start
  if (globalThis.Buffer) return Buffer.from(base64, "base64");
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
