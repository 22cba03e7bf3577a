import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { contentSecurityPolicy } from "./plugins/content-security-policy.js";
import { serviceWorker } from "./plugins/service-worker.js";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A static site that works under any path. What a user has in node_modules/lanewise is the repository's own dist here. */
export default defineConfig({
  root: here("."),
  base: "./",
  resolve: {
    alias: [
      { find: /^lanewise\/lean$/, replacement: here("../../dist/lean.js") },
      { find: /^lanewise\/browser$/, replacement: here("../../dist/browser/index.js") },
    ],
  },
  plugins: [contentSecurityPolicy(), serviceWorker(readFileSync(here("service-worker.js"), "utf8"))],
  // It trains, loads and saves in any case: one file is packed best
  worker: { format: "es", rolldownOptions: { output: { codeSplitting: false } } },
  build: {
    outDir: here("../../build/web"),
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
