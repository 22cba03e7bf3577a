/**
 * Makes dist/: the library and the command line bundled, one file to load each, and one for what they share; and for the lean
 * entry every module as it is, so that a page's own bundler sees what it can drop.
 */
import { readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
rmSync("dist", { recursive: true, force: true });
const common = {
  outdir: "dist",
  outbase: "src",
  format: "esm",
  target: "es2022",
  sourcemap: true,
  sourcesContent: false,
};
await build({
  ...common,
  entryPoints: ["src/index.ts", "src/cli/main.ts"],
  bundle: true,
  // Half as much to parse; names stay, for stack traces
  minifyWhitespace: true,
  minifySyntax: true,
  splitting: true,
  packages: "external",
});
const modules = readdirSync("src", { recursive: true }).filter(
  (path) => path.endsWith(".ts") && path !== "index.ts" && !path.startsWith("cli"),
);
await build({ ...common, entryPoints: modules.map((path) => `src/${path}`) });
