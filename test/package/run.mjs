/**
 * `npm run test:package`: packs lanewise, installs the tarball into throw-away projects, and trains in each the same network,
 * which must end with the same bits. Names of environments as arguments run only these; the packages that it needs
 * come from the registry, the browser is Debian's (`apt-get install -y chromium`).
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { browserEnvironments, closeBrowser } from "./browser.mjs";
import { bundlerEnvironments } from "./bundlers.mjs";
import { packageChecks } from "./checks.mjs";
import { createWorkshop } from "./project.mjs";
import { runtimeEnvironments } from "./runtimes.mjs";
import { DIGEST } from "./training.mjs";

const environments = { ...packageChecks, ...runtimeEnvironments, ...bundlerEnvironments, ...browserEnvironments };
const unknown = process.argv.slice(2).filter((name) => !(name in environments));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(", ")}; known are:\n  ${Object.keys(environments).join("\n  ")}`);
  process.exit(2);
}
const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(environments);

const root = fileURLToPath(new URL("../..", import.meta.url));
const directory = mkdtempSync(join(tmpdir(), "lanewise-package-"));
let failed = 0;
try {
  execFileSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  const workshop = createWorkshop(root, directory);
  for (const name of chosen) {
    const problem = await failureOf(() => environments[name](workshop));
    console.log(problem ? `FAIL  ${name}\n${problem.replace(/^/gm, "      ")}` : `ok    ${name}`);
    if (problem) failed++;
  }
} finally {
  await closeBrowser();
  rmSync(directory, { recursive: true, force: true });
}
console.log(`${chosen.length - failed} environments passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** An environment gives the digest of what it has trained, or nothing where it checks something else. */
async function failureOf(environment) {
  try {
    const digest = await environment();
    return digest === undefined || digest === DIGEST ? undefined : `expected the weights ${DIGEST}, got ${digest}`;
  } catch (error) {
    const { stdout = "", stderr = "", message } = error;
    return [message, stdout, stderr].join("\n").trim().slice(0, 3000);
  }
}
