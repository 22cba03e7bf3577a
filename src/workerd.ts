/** The default entry for Cloudflare's workerd, which takes WebAssembly only as a module that it has compiled itself. */
import "./names.js";

export * from "./workerd-lean.js";
