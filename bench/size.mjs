/**
 * What a page downloads: bundles pages with esbuild, runs each, and adds up the gzipped sizes of the files that were loaded.
 * Fails when one is above its budget. The WebAssembly is in them.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const pages = {
  "build, train, predict (lean)": {
    budget: 39,
    code: `
      import { dense, dropout } from "lanewise/layers";
      import { Sequential } from "lanewise/lean";
      import { categoricalCrossentropy } from "lanewise/losses";
      import { adam } from "lanewise/optimizers";
      const model = new Sequential([dense({ units: 4, inputShape: [2] }), dropout({ rate: 0.5 }), dense({ units: 2 })]);
      model.compile({ optimizer: adam(), loss: categoricalCrossentropy({ fromLogits: true }) });
      await model.fit([[0, 1], [1, 0]], [[0, 1], [1, 0]], { epochs: 2 });
      await model.predict([[0, 1]]);`,
  },
  "load, predict (predict)": {
    budget: 22,
    code: `
      import { relu, softmax } from "lanewise/activations";
      import { dense } from "lanewise/layers";
      import { loadModel, register } from "lanewise/predict";
      register({ layers: { dense }, activations: { relu, softmax } });
      const model = await loadModel(globalThis.saved);
      await model.predict([[0, 1]]);`,
  },
  "load, predict (lean)": {
    budget: 31,
    code: `
      import { relu, softmax } from "lanewise/activations";
      import { dense } from "lanewise/layers";
      import { register, Sequential } from "lanewise/lean";
      register({ layers: { dense }, activations: { relu, softmax } });
      const model = await Sequential.load(globalThis.saved);
      await model.predict([[0, 1]]);`,
  },
  "everything (default)": {
    budget: 96.5,
    code: `
      import * as lanewise from "lanewise";
      const { layers, Sequential } = lanewise;
      const model = new Sequential([layers.dense({ units: 2, activation: "relu", inputShape: [2] })]);
      model.compile({ optimizer: "adam", loss: "mse" });
      await model.fit([[0, 1]], [[0, 1]]);
      globalThis.all = lanewise;`,
  },
};

const directory = mkdtempSync(join(tmpdir(), "lanewise-size-"));
let isOver = false;
try {
  const { layers, Sequential } = await import("lanewise");
  const stack = [
    layers.dense({ units: 2, activation: "relu", inputShape: [2] }),
    layers.dense({ units: 2, activation: "softmax" }),
  ];
  const { weightData, ...saved } = await new Sequential(stack).toArtifacts();
  const prelude = `globalThis.saved = { ...${JSON.stringify(saved)}, weightData: Uint8Array.of(${new Uint8Array(weightData)}).buffer };`;
  for (const [index, [name, { budget, code }]] of Object.entries(pages).entries()) {
    const folder = join(directory, `${index}`);
    const outdir = join(folder, "page");
    await build({
      stdin: { contents: code, resolveDir: ".", sourcefile: "page.js" },
      bundle: true,
      minify: true,
      splitting: true,
      format: "esm",
      outdir,
      outExtension: { ".js": ".mjs" },
    });
    writeFileSync(join(folder, "run.mjs"), `${prelude}\nawait import("./page/stdin.mjs");\n`);
    const files = loadedFiles(join(folder, "run.mjs"), outdir);
    const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
    const kilobytes = bytes / 1000;
    console.log(`${name}: ${kilobytes.toFixed(1)} KB gzipped in ${files.length} files (at most ${budget})`);
    isOver ||= !(kilobytes <= budget);
  }
} finally {
  rmSync(directory, { recursive: true });
}
process.exitCode = isOver ? 1 : 0;

/** The files of a page that a program which imports it has loaded. */
function loadedFiles(program, outdir) {
  const coverage = `${program}.coverage`;
  const { status, stderr } = spawnSync(process.execPath, [program], {
    env: { ...process.env, NODE_V8_COVERAGE: coverage },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the page failed: ${stderr}`);
  const urls = readdirSync(coverage).flatMap((file) =>
    JSON.parse(readFileSync(join(coverage, file), "utf8")).result.map(({ url }) => url),
  );
  return urls
    .filter((url) => url.startsWith("file:"))
    .map(fileURLToPath)
    .filter((path) => path.startsWith(outdir));
}
