/** The same with fused multiply-add. Node 20 has it behind a flag. */
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { createModel as create, takesBytes, versions } from "./lanewise.mjs";

export { takesBytes, versions };

const binary = readFileSync(new URL("../../../build/relaxed.wasm", import.meta.url));
if (!WebAssembly.validate(binary)) setFlagsFromString("--experimental-wasm-relaxed-simd");
if (!WebAssembly.validate(binary)) throw new Error(`Node ${process.version} has no relaxed SIMD`);

export function createModel(network, weights) {
  return create(network, weights, "relaxed");
}
