import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { digest } from "../helpers/digest.js";
import { useDirectory } from "../helpers/directory.js";
import { RESUMED, resumedModel, trainResumed } from "../helpers/resumed-model.js";

const path = useDirectory();

it("training goes on in another process", async () => {
  await trainResumed(0, RESUMED, path("model"));
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const script = fileURLToPath(new URL("../helpers/resumed-model.ts", import.meta.url));
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ["--import", "tsx", script, path("model")], { cwd: root });
  const whole = resumedModel();
  await trainResumed(0, undefined, undefined, whole);
  expect(stdout.trim()).toBe(await digest(whole.getWeights()));
});
