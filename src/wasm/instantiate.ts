/** The only place that touches WebAssembly.Module and Instance. */
import { instantiateSync } from "@assemblyscript/loader";
import { LanewiseError } from "../errors.js";
import { binary } from "./binary.js";
import type { Kernels } from "./kernels.js";

let compiled: WebAssembly.Module | undefined;

/**
 * An instance of the core that computes on the given memory. The module is compiled at the first call.
 *
 * @throws LanewiseError where WebAssembly or its SIMD instructions are missing or forbidden.
 */
export function instantiate(memory: WebAssembly.Memory): Kernels {
  compiled ??= compile();
  return instantiateSync<Kernels & Record<string, unknown>>(compiled, { env: { memory } }).exports;
}

function compile(): WebAssembly.Module {
  if (typeof WebAssembly !== "object") {
    throw new LanewiseError("this JavaScript engine has no WebAssembly, which lanewise computes with");
  }
  const bytes = Uint8Array.from(atob(binary), (character) => character.charCodeAt(0));
  if (!WebAssembly.validate(bytes)) {
    throw new LanewiseError(
      "this engine's WebAssembly lacks the 128-bit SIMD instructions: lanewise needs Chrome 91, Firefox 89, Safari 16.4, Node 16.4 or newer",
    );
  }
  try {
    return new WebAssembly.Module(bytes);
  } catch (cause) {
    throw new LanewiseError(
      "WebAssembly may not be compiled here; a page's Content-Security-Policy must allow script-src 'wasm-unsafe-eval'",
      { cause },
    );
  }
}
