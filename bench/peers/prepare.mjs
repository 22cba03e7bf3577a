/** Installs what the peers need and builds what is measured. */
import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../../", import.meta.url));

export async function prepare() {
  const changed = (path) => statSync(here + path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (changed("node_modules/.package-lock.json") < changed("package-lock.json")) {
    // No package needs its install script: ONNX Runtime's only fetches the GPU libraries.
    run(here, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
  }
  run(root, "npm", "run", "--silent", "build");
  run(root, "npm", "run", "--silent", "data", "--", "--if-missing");
  const { build } = await import("esbuild");
  await build({
    entryPoints: { plain: `${root}bench/plain/network.ts`, products: `${here}products.ts` },
    outdir: `${here}build`,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    packages: "external",
  });
  await build({
    entryPoints: [`${here}lean.mjs`],
    outfile: `${here}build/lean.mjs`,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
  });
}

function run(cwd, command, ...parameters) {
  execFileSync(command, parameters, { cwd, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
}
