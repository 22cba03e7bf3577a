/**
 * lanewise without its tables of names: a bundler drops every member that is not imported. Strings work for what has been
 * given to `register`, the relaxed core for who imports `lanewise/relaxed`.
 */

import { core } from "./wasm/binaries/core.js";
import { provideCore } from "./wasm/instantiate.js";

provideCore("exact", core);

export * from "./members.js";
