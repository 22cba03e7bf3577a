/**
 * `lanewise/lean` without the WebAssembly binary in it: the caller brings that, as a file of its own that a browser can cache,
 * or as the module that a platform has compiled beforehand.
 *
 * ```ts
 * import { initialize, layers, Sequential } from "lanewise/external";
 * await initialize(fetch("kernels.wasm")); // the package's `lanewise/kernels.wasm`
 * ```
 */
export * from "./members.js";
export { initialize, type KernelsSource } from "./wasm/initialize.js";
