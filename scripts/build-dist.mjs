/**
 * Makes dist/, or another folder that is named: the library as one file that loads fast, lanewise.js, the command line beside
 * it, and for bundlers the same in modules.
 */
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
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
// What lanewise/worker, lanewise/browser and lanewise/node give is part of the file, as a program that uses both must not have two
// copies of the library: an error of the one would be no error of the other, and a name told to the one not known to the other
const browser = "downloads, indexedDb, listModels, removeModel, upload";
const contents = `
  export * from "./index.ts";
  export { ${browser} } from "./browser/index.ts";
  export { fileSystem } from "./node/index.ts";
  export { connect as connectWorker, serve as serveWorker } from "./worker/index.ts";
`;
await build({
  ...bundled,
  stdin: { contents, resolveDir: "src", sourcefile: "src/bundle.ts", loader: "ts" },
  outfile: `${dist}/lanewise.js`,
  external: ["node:*", "npyjs"],
});
writeFileSync(`${dist}/browser.js`, `export { ${browser} } from "./lanewise.js";\n`);
writeFileSync(`${dist}/node.js`, 'export { fileSystem, loadNpy, saveNpy } from "./lanewise.js";\n');
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
        // Its errors, too: one of a copy's would be none of the library's
        onResolve({ filter: /^\./ }, ({ path, resolveDir }) =>
          ["src/index.js", "src/errors.js"].includes(relative(".", join(resolveDir, path)))
            ? { path: "../lanewise.js", external: true }
            : undefined,
        );
      },
    },
  ],
});

/**
 * For bundlers the modules stay as they are, so that they see what a page does not use, or not at once: but for those that
 * come together anyway. Every file of a page is compressed for itself, and a bundler cuts more of them the more modules are
 * shared by what comes at once and what comes later.
 */
const atOnce = await modulesBehind("src/index.ts");
const joined = new Map();
for (const path of await modulesBehind("src/model/sequential.ts", "src/layers/common.ts")) {
  // What asks for more later is left out: a page without it then has but one file
  if (!path.startsWith("src/model/")) joined.set(path, "network.js");
}
for (const [file, entry] of [
  ["training.js", "src/training/index.ts"],
  ["loading.js", "src/saving/load-model.ts"],
  ["saving.js", "src/saving/index.ts"],
]) {
  for (const path of await modulesBehind(entry)) {
    if (path !== entry && !atOnce.includes(path) && !joined.has(path)) joined.set(path, file);
  }
}
for (const file of new Set(joined.values())) {
  const together = [...joined.keys()].filter((path) => joined.get(path) === file);
  await build({
    ...common,
    stdin: { contents: together.map((path) => `export * from "./${path}";`).join("\n"), resolveDir: ".", loader: "ts" },
    bundle: true,
    outfile: `${dist}/${file}`,
    plugins: [beside((path) => together.includes(path))],
  });
}
const modules = readdirSync("src", { recursive: true })
  .map((path) => `src/${path}`)
  .filter((path) => /(?<!\.d)\.ts$/.test(path) && !/^src\/(cli|study|report)\b/.test(path) && !joined.has(path));
await build({ ...common, entryPoints: modules, bundle: true, outdir: dist, plugins: [beside(() => false)] });

/** The module and all that it imports, but for what it asks for later. */
async function modulesBehind(...entryPoints) {
  const later = ({ kind, path }) => (kind === "dynamic-import" ? { path, external: true } : undefined);
  const { metafile } = await build({
    entryPoints,
    outdir: dist,
    bundle: true,
    write: false,
    format: "esm",
    metafile: true,
    packages: "external",
    plugins: [{ name: "at once", setup: ({ onResolve }) => onResolve({ filter: /^\./ }, later) }],
  });
  return Object.keys(metafile.inputs);
}

/** Leaves every import of a module that is not `within` this file to the file that has it. */
function beside(within) {
  return {
    name: "files beside each other",
    setup({ onResolve }) {
      onResolve({ filter: /^[^.]/ }, ({ kind }) => (kind === "entry-point" ? undefined : { external: true }));
      onResolve({ filter: /^\./ }, ({ kind, path, importer, resolveDir }) => {
        const source = relative(".", join(resolveDir, path)).replace(/\.js$/, ".ts");
        if (kind === "entry-point" || importer === "<stdin>" || within(source)) return undefined;
        const here = joined.has(relative(".", importer)) ? "." : relative("src", resolveDir);
        const target = joined.get(source) ?? relative("src", source).replace(/\.ts$/, ".js");
        const from = relative(here, target);
        return { path: from.startsWith(".") ? from : `./${from}`, external: true };
      });
    },
  };
}
