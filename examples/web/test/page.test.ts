/** The built page in a real browser. */
import { createRequire } from "node:module";
import type { Browser, BrowserContext, Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { executablePath } from "../../../scripts/chromium.mjs";
import { draw, launch, listenForTrouble, longestTask, untilReady } from "./browser.js";
import { drawings } from "./drawings.js";
import { type Site, serveSite } from "./server.js";

if (!executablePath) console.warn("There is no Chromium here: the tests of the page are skipped.");

describe.skipIf(!executablePath)("the page", () => {
  let site: Site;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let trouble: string[];

  beforeAll(async () => {
    site = await serveSite();
    browser = await launch();
  });
  beforeEach(async () => {
    context = await browser.newContext({ acceptDownloads: true });
    context.setDefaultTimeout(20_000);
    trouble = listenForTrouble(context, site.url);
    page = await context.newPage();
    await page.goto(site.url);
  });
  afterEach(async () => {
    await context.close();
    expect(trouble).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const text = (selector: string) => page.locator(selector).textContent();
  const settled = (selector: string, pattern: RegExp) => page.locator(selector).filter({ hasText: pattern }).waitFor();

  it("knows digits drawn with the mouse, while they are drawn", async () => {
    await untilReady(page);
    for (const [digit, drawing] of Object.entries(drawings)) {
      await draw(page, drawing);
      await settled("#answer", new RegExp(`^${digit}$`));
      expect(await page.locator(".bar.is-best .bar-digit").textContent()).toBe(digit);
    }
    await page.locator("#clear").click();
    await settled("#answer", /^\?$/);
  });

  it("knows a digit drawn by keyboard", async () => {
    await untilReady(page);
    await page.locator("#pad").focus();
    await page.keyboard.press("Space");
    for (let step = 0; step < 14; step++) await page.keyboard.press("ArrowDown");
    await settled("#answer", /^1$/);
    await settled("#spoken-answer", /^The network sees a 1, \d+ % sure\.$/);
    await page.keyboard.press("Delete");
    await settled("#answer", /^\?$/);
  });

  it("trains to 90 %, shows the curves, and pauses", async () => {
    await untilReady(page);
    await page.locator("#epochs").fill("1000");
    await page.locator("#start").click();
    await settled("#tile-validation", /^9\d\.\d %$/);
    expect(await page.locator("#loss-chart canvas").count()).toBe(1);
    expect(await page.locator("#accuracy-chart").getAttribute("aria-label")).toMatch(/\d+ % in training, 9\d % in val/);

    const curve = () => page.locator("#loss-chart canvas").evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const before = await curve();
    await expect.poll(curve).not.toBe(before);

    await page.locator("#pause").click();
    await settled("#training-status", /^Paused\.$/);
    await page.waitForTimeout(300);
    const paused = await text("#tile-epoch");
    await page.waitForTimeout(500);
    expect(await text("#tile-epoch")).toBe(paused);

    await page.locator("#pause").click();
    await expect.poll(() => text("#tile-epoch")).not.toBe(paused);
    await page.locator("#stop").click();
    await settled("#training-status", /^Trained for .* It knows 9\d\.\d % of the test digits/);
    await settled("#model-name", /^Run 1$/);
  });

  it("can be stopped as soon as it has been started", async () => {
    await untilReady(page);
    await page.locator("#epochs").fill("1000");
    for (const name of ["Run 1", "Run 2"]) {
      await page.evaluate(async () => {
        const stop = document.querySelector<HTMLButtonElement>("#stop");
        document.querySelector<HTMLButtonElement>("#start")?.click();
        while (stop?.disabled) await new Promise((resolve) => setTimeout(resolve));
        stop?.click();
      });
      await settled("#training-status", /^Trained for \S+ epochs in .* test digits/);
      await settled("#model-name", new RegExp(name));
      await untilReady(page);
    }
  });

  it("trains where the curves can't be fetched, and where the browser keeps no page", async () => {
    const visitor = await browser.newContext();
    const fresh = await visitor.newPage();
    await fresh.addInitScript(() => {
      ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException("no", "SecurityError"));
    });
    await fresh.route(/charts/, (route) => route.abort());
    await fresh.goto(site.url);
    await untilReady(fresh);
    await fresh.locator("#epochs").fill("1");
    await fresh.locator("#start").click();
    await fresh
      .locator("#training-status")
      .filter({ hasText: /^Trained for 1 epoch in/ })
      .waitFor();
    expect(await fresh.locator("#failure").isHidden()).toBe(true);
    await visitor.close();
  });

  it("keeps the models of two tabs apart", async () => {
    const other = await context.newPage();
    await other.goto(site.url);
    for (const tab of [page, other]) {
      await untilReady(tab);
      await tab.locator("#epochs").fill("1");
      await tab.locator("#start").click();
      await tab
        .locator("#training-status")
        .filter({ hasText: /^Trained for 1 epoch in/ })
        .waitFor();
    }
    await page.reload();
    await settled("#model-name", /^Run 2$/);
    expect(await page.locator("#runs tr th").allTextContents()).toEqual(["shipped", "Run 1", "Run 2"]);
  });

  it("opens with the shipped model where the one used last is damaged", async () => {
    await untilReady(page);
    await page.locator("#epochs").fill("1");
    await page.locator("#start").click();
    await settled("#training-status", /^Trained for 1 epoch in/);
    await page.evaluate(async () => {
      const result = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve) => {
          request.onsuccess = () => resolve(request.result);
        });
      const database = await result(indexedDB.open("lanewise-page"));
      const store = database.transaction("artifacts", "readwrite").objectStore("artifacts");
      const artifacts = await result(store.get("Run 1"));
      await result(store.put({ ...artifacts, weightData: new ArrayBuffer(8) }, "Run 1"));
      database.close();
    });
    await page.reload();
    await settled("#model-name", /^shipped$/);
    await settled("#runs-status.is-error", /^Run 1 cannot be used: /);
    await untilReady(page);
  });

  it("leaves the page's thread alone while it trains", async () => {
    await untilReady(page);
    await page.locator("#epochs").fill("60");
    const longest = await longestTask(browser, page, async () => {
      await page.locator("#start").click();
      await settled("#training-status", /^Trained for 60 epochs/);
    });
    expect(longest).toBeLessThan(50);
  });

  it("says what is wrong with files, and takes good ones", async () => {
    await untilReady(page);
    const npy = (shape: string, data: Buffer) => {
      const header = `{'descr': '|u1', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117).concat("\n");
      return Buffer.concat([Buffer.from("\x93NUMPY\x01\x00v\x00", "latin1"), Buffer.from(header), data]);
    };
    const drop = async (images: Buffer, labels: Buffer) => {
      const files = await page.evaluateHandle(
        (contents) => {
          const transfer = new DataTransfer();
          for (const [name, bytes] of contents) {
            transfer.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name));
          }
          return transfer;
        },
        [
          ["images.npy", images.toString("base64")],
          ["labels.npy", labels.toString("base64")],
        ] as const,
      );
      await page.locator("#drop").dispatchEvent("drop", { dataTransfer: files });
    };
    const count = 200;
    const pixels = Buffer.from(Uint8Array.from({ length: count * 784 }, (_, index) => (index * 7919) % 256));
    const labels = npy(`(${count},)`, Buffer.from(Uint8Array.from({ length: count }, (_, index) => index % 10)));
    const images = npy(`(${count}, 28, 28)`, pixels);

    await drop(images.subarray(0, 5000), labels);
    await settled("#data-status.is-error", /^images\.npy: expected 156800 bytes of data .*: the file is cut short$/);
    await drop(Buffer.from("hello"), labels);
    await settled("#data-status.is-error", /^images\.npy is not a \.npy file/);
    await drop(npy(`(${count}, 14, 56)`, pixels), npy("(3,)", Buffer.from([1, 2, 3])));
    await settled(
      "#data-status.is-error",
      /^labels\.npy: expected one label for each of the 200 images, got shape \[3\]$/,
    );
    await drop(images, npy(`(${count},)`, Buffer.alloc(count, 11)));
    await settled("#data-status.is-error", /^labels\.npy: expected digits from 0 to 9, got 11 as label 0$/);
    expect(await text("#data-line")).toBe("6,500 digits, MNIST");

    await drop(images, labels);
    await settled("#data-status", /^In use: 200 digits from images\.npy and labels\.npy\.$/);
    await settled("#data-line", /^200 digits/);
    await page.locator("#shipped-digits").click();
    await settled("#data-line", /^6,500 digits/);
  });

  it("finds a trained model again after a reload, downloads it, and opens it from its files", async () => {
    await untilReady(page);
    await page.locator("#add-layer").click();
    await page.locator("#dropout").fill("0.2");
    await page.locator("#activation").selectOption("selu");
    await page.locator("#epochs").fill("3");
    await page.locator("#start").click();
    await settled("#training-status", /^Trained for 3 epochs/);
    await page.reload();
    await settled("#model-name", /^Run 1$/);
    await settled("#model-layers", /^784 → 128 selu → 64 selu → 10 softmax, 109,386 weights$/);
    await untilReady(page);
    await draw(page, drawings[1] ?? []);
    await settled("#answer", /^\d$/);

    const downloads = Promise.all([
      page.waitForEvent("download", (download) => download.suggestedFilename() === "model.json"),
      page.waitForEvent("download", (download) => download.suggestedFilename() === "model.weights.bin"),
    ]);
    await page.locator("#download").click();
    const folder = process.env.TMPDIR ?? "/tmp";
    const files = await Promise.all(
      (await downloads).map(async (download) => {
        const path = `${folder}/lanewise-web-${process.pid}/${download.suggestedFilename()}`;
        await download.saveAs(path);
        return path;
      }),
    );
    await page.locator("#model-files").setInputFiles(files.slice(0, 1));
    await settled("#runs-status.is-error", /^model\.json needs model\.weights\.bin, which is not among the files/);
    await page.locator("#model-files").setInputFiles(files);
    await settled("#model-name", /^model\.json$/);
    await settled("#model-layers", /^784 → 128 selu → 64 selu → 10 softmax/);
    expect(await page.locator("#runs tr").count()).toBe(3);
    const accuracies = await page.locator("#runs tr td:nth-child(2)").allTextContents();
    expect(accuracies[2]).toBe(accuracies[1]);

    await page.getByRole("button", { name: "Delete model.json" }).click();
    await settled("#model-name", /^shipped$/);
  });

  it("shows the images behind a number of the confusion matrix", async () => {
    await untilReady(page);
    const cell = page.locator('#confusion [data-kind="miss"]').first();
    await cell.waitFor();
    const label = (await cell.getAttribute("aria-label")) ?? "";
    await cell.click();
    const [count, actual, predicted] = (label.match(/\d+/g) ?? []).map(Number);
    expect(await text("#cell-title")).toBe(`${actual}, taken for ${predicted}`);
    expect(await page.locator("#gallery li").count()).toBe(count);
    expect(await page.locator("#gallery canvas").first().getAttribute("aria-label")).toContain(
      `A ${actual}, taken for a`,
    );
    expect(await page.locator("#filters canvas").count()).toBe(48);
    await page.keyboard.press("ArrowUp");
    await page.locator("#worst").click();
    expect(await text("#cell-title")).toBe("Worst mistakes");
  });

  it("has cells of the confusion matrix wide enough for a finger where the page is narrowest", async () => {
    await page.setViewportSize({ width: 320, height: 844 });
    const cell = page.locator("#confusion button").first();
    await cell.waitFor();
    expect((await cell.boundingBox())?.width).toBeGreaterThanOrEqual(24);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });

  it("works offline after the first visit", async () => {
    await settled("#offline-line", /works offline/);
    await site.close();
    try {
      await page.reload();
      await untilReady(page);
      await draw(page, drawings[3] ?? []);
      await settled("#answer", /^3$/);
      await page.locator("#epochs").fill("1");
      await page.locator("#start").click();
      await settled("#training-status", /^Trained for 1 epoch in/);
    } finally {
      site = await serveSite();
    }
  });

  it.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 390],
    ["dark", 390],
  ] as const)("has nothing that axe finds serious: %s, %i pixels wide", async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 844 });
    await untilReady(page);
    await page.locator('#confusion [data-kind="miss"]').first().waitFor();
    await draw(page, drawings[2] ?? []);
    await settled("#answer", /^2$/);
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);

    const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
    // As the page's policy allows no other scripts, axe comes through the debugger
    await page.evaluate(await (await import("node:fs/promises")).readFile(axe, "utf8"));
    const violations = await page.evaluate(async () => {
      const { axe: tool } = globalThis as unknown as { axe: typeof import("axe-core") };
      const { violations: found } = await tool.run();
      return found.map(({ id, impact, nodes }) => `${impact}: ${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    });
    expect(violations.filter((violation) => /^(serious|critical)/.test(violation))).toEqual([]);
  });

  it("shows its bars where the browser sets the colours", async () => {
    await page.emulateMedia({ forcedColors: "active" });
    await untilReady(page);
    await draw(page, drawings[1] ?? []);
    await settled("#answer", /^1$/);
    const colour = (selector: string) =>
      page.locator(selector).evaluate((element) => getComputedStyle(element).backgroundColor);
    expect(await colour(".is-best .bar-fill")).not.toBe(await colour(".is-best .bar-track"));
  });

  it("can answer within a second, and nothing jumps", async () => {
    let quickest = Number.POSITIVE_INFINITY;
    for (let visit = 0; visit < 5; visit++) {
      const visitor = await browser.newContext();
      const fresh = await visitor.newPage();
      await fresh.addInitScript(() => {
        const shifts: number[] = [];
        const add = (entry: PerformanceEntry) => shifts.push((entry as PerformanceEntry & { value: number }).value);
        new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type: "layout-shift" });
        Object.assign(globalThis, { shifts });
      });
      await fresh.goto(site.url, { waitUntil: "commit" });
      await fresh.locator("#download:enabled").waitFor();
      quickest = Math.min(quickest, await fresh.evaluate(() => performance.now()));
      await untilReady(fresh);
      await fresh.locator('#confusion [data-kind="miss"]').first().waitFor();
      const shifts = await fresh.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts);
      expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThan(0.02);
      await visitor.close();
    }
    expect(quickest).toBeLessThan(1000);
  });
});
