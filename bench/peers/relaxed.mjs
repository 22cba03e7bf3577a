/** Whether this Node has fused multiply-add in WebAssembly. Node 20 has it behind a flag, which is set here. */
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";

export function enableRelaxed() {
  const binary = readFileSync(new URL("../../build/relaxed.wasm", import.meta.url));
  if (!WebAssembly.validate(binary)) setFlagsFromString("--experimental-wasm-relaxed-simd");
  return WebAssembly.validate(binary);
}
