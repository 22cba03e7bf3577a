/** Programs outside of browsers. */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, TRAIN } from "./project.mjs";

const ESM = `import * as lanewise from "lanewise";\n${TRAIN}`;
const LEAN = `import * as lanewise from "lanewise/lean";\n${TRAIN}`;
const EXTERNAL = `
import { readFile } from "node:fs/promises";
import * as lanewise from "lanewise/external";
await lanewise.initialize(await readFile(new URL(import.meta.resolve("lanewise/kernels.wasm"))));
${TRAIN}`;
const REQUIRE = `
const lanewise = require("lanewise");
import("./training.mjs").then(({ train }) => train(lanewise)).then(console.log);
`;

/** Asks a saved model by `lanewise/predict`. */
const PREDICT = `
import { dense } from "lanewise/layers";
import { loadModel, register } from "lanewise/predict";
async function ask() {
  register({ layers: { dense } });
  const layer = { class_name: "Dense", config: { name: "dense", units: 1, batch_input_shape: [null, 2] } };
  const { data } = await (await loadModel({
    modelTopology: { class_name: "Sequential", config: { layers: [layer] } },
    weightSpecs: [
      { name: "dense/kernel", shape: [2, 1], dtype: "float32" },
      { name: "dense/bias", shape: [1], dtype: "float32" },
    ],
    weightData: Float32Array.of(1, 2, 3).buffer,
  })).predict([[10, 100]]);
  return data.join();
}`;

function expectAnswer(answer) {
  if (answer !== "213") throw new Error(`expected the answer 213, got ${answer}`);
}

/** Node of another version, as the registry has it. */
const nodePackage = (version) => `node-${process.platform}-${process.arch}@${version}`;
const nodeIn = (path) => join(path, "node_modules", `node-${process.platform}-${process.arch}`, "bin", "node");

function withNode(version, file, text) {
  return ({ createProject }) => {
    const path = createProject({ [file]: text }, [nodePackage(version)]);
    return run(nodeIn(path), [file], path);
  };
}

const trainingWorker = (entry) => `
  import * as lanewise from "${entry}";
  import { train } from "./training.mjs";
  export default { fetch: async () => new Response(await train(lanewise)) };`;

const predictingWorker = `${PREDICT}
  export default { fetch: async () => new Response(await ask()) };`;

/** As Cloudflare's tools do it: bundled, with the binary as a module of its own. */
function inWorkerd(worker) {
  return ({ createProject }) => {
    const path = createProject({ "worker.js": worker }, ["esbuild", "miniflare@4"]);
    const bundling = ["--bundle", "--format=esm", "--conditions=workerd", "--loader:.wasm=copy", "--outdir=bundle"];
    run("npx", ["esbuild", "worker.js", ...bundling], path);
    const modules = readdirSync(join(path, "bundle"))
      .sort((a, b) => b.endsWith(".js") - a.endsWith(".js"))
      .map((name) => ({ type: name.endsWith(".js") ? "ESModule" : "CompiledWasm", path: `bundle/${name}` }));
    const main = `
      import { Miniflare } from "miniflare";
      const options = { modulesRoot: "bundle", modules: ${JSON.stringify(modules)}, compatibilityDate: "2025-01-01" };
      const miniflare = new Miniflare(options);
      const response = await miniflare.dispatchFetch("http://localhost/");
      const text = await response.text();
      if (!response.ok) throw new Error(text);
      await miniflare.dispose();
      console.log(text);`;
    writeFileSync(join(path, "main.mjs"), main);
    return run(process.execPath, ["main.mjs"], path);
  };
}

export const runtimeEnvironments = {
  "this Node": ({ createProject }) => run(process.execPath, ["main.mjs"], createProject({ "main.mjs": ESM })),
  "this Node, lean": ({ createProject }) => run(process.execPath, ["main.mjs"], createProject({ "main.mjs": LEAN })),
  "this Node, predict": ({ createProject }) =>
    expectAnswer(
      run(process.execPath, ["main.mjs"], createProject({ "main.mjs": `${PREDICT}\nconsole.log(await ask());` })),
    ),
  "this Node, external": ({ createProject }) =>
    run(process.execPath, ["main.mjs"], createProject({ "main.mjs": EXTERNAL })),
  "this Node, require": ({ createProject }) =>
    run(process.execPath, ["main.cjs"], createProject({ "main.cjs": REQUIRE })),
  "Node 20": withNode(20, "main.mjs", ESM),
  "Node 22": withNode(22, "main.mjs", ESM),
  "Node 22, require": withNode(22, "main.cjs", REQUIRE),
  "Node 24": withNode(24, "main.mjs", ESM),
  "Node 24, require": withNode(24, "main.cjs", REQUIRE),
  workerd: inWorkerd(trainingWorker("lanewise")),
  "workerd, lean": inWorkerd(trainingWorker("lanewise/lean")),
  "workerd, predict": (workshop) => expectAnswer(inWorkerd(predictingWorker)(workshop)),
  Deno({ createProject }) {
    const path = createProject({ "main.mjs": ESM }, ["deno"]);
    return run(join(path, "node_modules/.bin/deno"), ["run", "--allow-read", "--no-lock", "main.mjs"], path);
  },
  Bun({ createProject }) {
    const path = createProject({ "main.mjs": ESM }, ["bun"]);
    return run(join(path, "node_modules/.bin/bun"), ["run", "main.mjs"], path);
  },
};
