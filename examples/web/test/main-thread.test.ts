/** A page that trains without a worker, by the package alone: it stays alive. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { NDArray, Sequential } from "lanewise";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { executablePath } from "../../../scripts/chromium.mjs";
import { launch, longestTask } from "./browser.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const PAGE = '<!doctype html><title>waiting</title><script type="module" src="main.js"></script>';

/** The digits again and again, as many as are wanted, and a network for them. */
const MAIN = `
  import { flatten, layers, ndarray, oneHot, rescale, Sequential, take } from "lanewise";
  const packed = (await fetch("digits.bin")).body.pipeThrough(new DecompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  const count = bytes.length / 785;
  const images = rescale(flatten(ndarray(bytes.subarray(count), [count, 28, 28])), 1 / 255);
  const labels = oneHot(bytes.subarray(0, count), 10);
  const digits = (from, to) => {
    const rows = Int32Array.from({ length: to - from }, (_, row) => (from + row) % count);
    return [take(images, rows), take(labels, rows)];
  };
  const model = new Sequential(
    [
      layers.dense({ units: 256, activation: "relu", inputShape: [784] }),
      layers.dense({ units: 128, activation: "relu" }),
      layers.dense({ units: 10, activation: "softmax" }),
    ],
    { seed: 1 },
  );
  model.compile({ optimizer: "adam", loss: "categoricalCrossentropy", metrics: ["accuracy"] });
  Object.assign(globalThis, { digits, model });
  document.title = "ready";
`;

type Labelled = readonly [x: NDArray, y: NDArray];
declare const digits: (from: number, to: number) => Labelled;
declare const model: Sequential;
/** What is trained on, and what is measured. */
declare let train: Labelled;
declare let test: Labelled;

describe.skipIf(!executablePath)("the page's own thread", () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const contents = { contents: MAIN, resolveDir: root };
    const { outputFiles } = await build({ stdin: contents, bundle: true, format: "esm", write: false });
    const files: Readonly<Record<string, string | Buffer>> = {
      "/": PAGE,
      "/main.js": outputFiles[0]?.text ?? "",
      "/digits.bin": await readFile(`${root}build/web-assets/digits.bin`),
    };
    browser = await launch();
    page = await browser.newPage();
    await page.route("**/*", (route) => {
      const { pathname } = new URL(route.request().url());
      const contentType = pathname.endsWith(".js") ? "text/javascript" : "text/html";
      return route.fulfill({ body: files[pathname] ?? "", contentType });
    });
    await page.goto("http://localhost/");
    await page.waitForFunction("document.title === 'ready'");
  });
  afterAll(() => browser?.close());

  describe.each([
    [3900, 975, 10],
    [45_000, 15_000, 1],
  ])("that trains on %i digits and validates on %i", (rows, others, epochs) => {
    beforeAll(() =>
      page
        .evaluate(
          ([rows, others]) => Object.assign(globalThis, { train: digits(0, rows), test: digits(rows, rows + others) }),
          [rows, others] as const,
        )
        .then(() => undefined),
    );

    it.each<[string, (epochs: number) => Promise<unknown>]>([
      ["fit", (epochs) => model.fit(...train, { epochs, batchSize: 64, validationData: test })],
      ["evaluate", () => model.evaluate(...train)],
      ["predict", () => model.predict(train[0]).then(() => undefined)],
    ])("has no task of 50 milliseconds in %s", async (_, work) => {
      expect(await longestTask(browser, page, () => page.evaluate(work, epochs))).toBeLessThan(50);
    });
  });
});
