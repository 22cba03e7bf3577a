/**
 * lanewise without its tables of names: a bundler drops every member that is not imported. Strings work for what has been
 * given to `register`, the relaxed core for who imports `lanewise/relaxed`.
 */
import { provideCore } from "./wasm/instantiate.js";
import { release } from "./wasm/release.js";

provideCore("exact", release);

export * from "./members.js";
