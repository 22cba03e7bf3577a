/** `lanewise/predict` for Cloudflare's workerd. */
import kernels from "lanewise/kernels.wasm";
import { provideCore } from "./wasm/instantiate.js";

provideCore("exact", kernels);

export * from "./saved-models.js";
