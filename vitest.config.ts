import { defineConfig } from "vitest/config";

/** Node 20 has relaxed SIMD behind a flag, which later versions have no need of and may refuse. */
const execArgv = process.version.startsWith("v20.") ? ["--experimental-wasm-relaxed-simd"] : [];

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/helpers/provide-core.ts"],
    testTimeout: 60_000,
    execArgv,
  },
});
