/** The default entry for Cloudflare's workerd, which takes WebAssembly only as a module that it has compiled itself. */
import kernels from "lanewise/kernels.wasm";
import "./names.js";
import { provideCore } from "./wasm/instantiate.js";

provideCore("exact", kernels);

export * from "./members.js";
