/** A Chromium to drive, and what the tests do with the page in it. */
import { type Browser, type BrowserContext, chromium, type Page } from "playwright";
import { launchOptions } from "../../../scripts/chromium.mjs";

export function launch(): Promise<Browser> {
  return chromium.launch(launchOptions);
}

/** Lines that are drawn one after the other, each through points of a pad of 100 x 100. */
export type Drawing = readonly (readonly (readonly [x: number, y: number])[])[];

export async function draw(page: Page, drawing: Drawing): Promise<void> {
  await page.locator("#clear").click();
  await page.locator("#pad").scrollIntoViewIfNeeded();
  const box = await page.locator("#pad").boundingBox();
  if (!box) throw new Error("there is no pad");
  for (const line of drawing) {
    const [first, ...others] = line;
    if (!first) continue;
    const at = ([x, y]: readonly [number, number]) =>
      [box.x + (x / 100) * box.width, box.y + (y / 100) * box.height] as const;
    await page.mouse.move(...at(first));
    await page.mouse.down();
    for (const point of others) await page.mouse.move(...at(point), { steps: 4 });
    await page.mouse.up();
  }
}

/** Everything that a page complains about: errors, failed requests, and requests to other hosts. */
export function listenForTrouble(context: BrowserContext, site: string): string[] {
  const trouble: string[] = [];
  context.on("weberror", (error) => trouble.push(error.error().message));
  context.on("console", (message) => {
    if (message.type() === "error") trouble.push(message.text());
  });
  context.on("request", (request) => {
    if (!request.url().startsWith(site) && !/^(blob|data):/.test(request.url())) trouble.push(request.url());
  });
  return trouble;
}

/** Waits until the digits are there, and training can start. */
export async function untilReady(page: Page): Promise<void> {
  await page.locator("#start:enabled").waitFor();
}

/** What the page's own thread does meanwhile: the processor time of its longest task, in milliseconds. */
export async function longestTask(browser: Browser, page: Page, action: () => Promise<unknown>): Promise<number> {
  await browser.startTracing(page, { categories: ["toplevel", "disabled-by-default-devtools.timeline"] });
  await action();
  const trace: { readonly traceEvents: readonly TraceEvent[] } = JSON.parse(`${await browser.stopTracing()}`);
  const isMain = ({ name, args }: TraceEvent) => name === "thread_name" && args?.name === "CrRendererMain";
  const threads = trace.traceEvents.filter(isMain).map(({ pid, tid }) => `${pid}/${tid}`);
  const tasks = trace.traceEvents.filter(
    ({ name, pid, tid }) => name.endsWith("RunTask") && threads.includes(`${pid}/${tid}`),
  );
  if (tasks.length === 0) throw new Error("the trace shows no task");
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of processor time: other programs that keep the machine busy do not count. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}
