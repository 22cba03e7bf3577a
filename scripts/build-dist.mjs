/**
 * Makes dist/: the library as one file that loads fast, the command line beside it, and for the lean entry every module as it
 * is, so that a page's own bundler sees what it can drop.
 */
import { readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
rmSync("dist", { recursive: true, force: true });
const common = { outbase: "src", format: "esm", target: "es2022", sourcemap: true, sourcesContent: false };
const bundled = {
  ...common,
  bundle: true,
  // Less to read at every start. Names stay, for stack traces; and lines, of which an uncaught error prints one
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 120,
};
await build({ ...bundled, entryPoints: ["src/index.ts"], outdir: "dist", external: ["node:*", "npyjs"] });
await build({
  ...bundled,
  entryPoints: ["src/cli/main.ts"],
  outbase: "src/cli",
  outdir: "dist/cli",
  splitting: true,
  packages: "external",
  plugins: [
    {
      name: "the library is beside it",
      setup: ({ onResolve }) => onResolve({ filter: /^\.\.\// }, ({ path }) => ({ path, external: true })),
    },
  ],
});
const modules = readdirSync("src", { recursive: true }).filter(
  (path) => /(?<!\.d)\.ts$/.test(path) && path !== "index.ts" && !path.startsWith("cli"),
);
await build({ ...common, entryPoints: modules.map((path) => `src/${path}`), outdir: "dist" });
