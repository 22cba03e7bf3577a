import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { trainDigits } from "./helpers/train-digits.js";

it("training gives two processes the same weights, which are those of this one", async () => {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const script = fileURLToPath(new URL("helpers/print-digest.ts", import.meta.url));
  const run = () => promisify(execFile)(process.execPath, ["--import", "tsx", script, "7"], { cwd: root });
  const outputs = await Promise.all([run(), run()]);
  expect(outputs.map(({ stdout }) => stdout.trim())).toEqual(Array(2).fill(await trainDigits(7)));
});
