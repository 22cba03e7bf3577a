/**
 * Makes dist/, or another folder that is named: the library as one file that loads fast, lanewise.js, the command line beside
 * it, and for bundlers every module as it is, so that they see what a page does not use, or not at once.
 */
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const [, , dist = "dist"] = process.argv;
rmSync(dist, { recursive: true, force: true });
const common = { outbase: "src", format: "esm", target: "es2022", sourcemap: true, sourcesContent: false };
const bundled = {
  ...common,
  bundle: true,
  // Less to read at every start. Names stay, for stack traces; and lines, of which an uncaught error prints one
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 120,
};
// What lanewise/worker and lanewise/browser give is part of the file, as a program that uses both must not have two copies of
// the library: an error of the one would be no error of the other, and a name told to the one not known to the other
const browser = "downloads, indexedDb, listModels, removeModel, upload";
const contents = `
  export * from "./index.ts";
  export { ${browser} } from "./browser/index.ts";
  export { connect as connectWorker, serve as serveWorker } from "./worker/index.ts";
`;
await build({
  ...bundled,
  stdin: { contents, resolveDir: "src", sourcefile: "src/bundle.ts", loader: "ts" },
  outfile: `${dist}/lanewise.js`,
  external: ["node:*", "npyjs"],
});
writeFileSync(`${dist}/browser.js`, `export { ${browser} } from "./lanewise.js";\n`);
writeFileSync(`${dist}/worker.js`, 'export { connectWorker as connect, serveWorker as serve } from "./lanewise.js";\n');
await build({
  ...bundled,
  entryPoints: [
    { in: "src/cli/main.ts", out: "main" },
    { in: "src/study/worker.ts", out: "study-worker" },
  ],
  outdir: `${dist}/cli`,
  splitting: true,
  packages: "external",
  plugins: [
    {
      name: "the library is beside it",
      setup({ onResolve }) {
        onResolve({ filter: /^\.\.\// }, ({ path }) =>
          path.startsWith("../study/") || path.startsWith("../report/")
            ? undefined
            : { path: path.replace(/^\.\.\/index\.js$/, "../lanewise.js"), external: true },
        );
      },
    },
  ],
});
const modules = readdirSync("src", { recursive: true }).filter(
  (path) => /(?<!\.d)\.ts$/.test(path) && !/^(cli|study|report)\b/.test(path),
);
await build({ ...common, entryPoints: modules.map((path) => `src/${path}`), outdir: dist });
