import { defineConfig } from "vitest/config";

/** The tests that drive the built page: `npm run test:web`. They take longer than the library's, and want a Chromium. */
export default defineConfig({
  test: { root: import.meta.dirname, include: ["test/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
});
