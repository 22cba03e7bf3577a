/** The package as such: what is in it, and whether tools find its types. */
import { execFileSync } from "node:child_process";
import { run } from "./project.mjs";

/** What a program of a user's looks like to the compiler. */
const TYPED = `
import { layers, type NDArray, Sequential } from "lanewise";
import { indexedDb, upload } from "lanewise/browser";
import { dense } from "lanewise/layers";
import { initialize } from "lanewise/external";
import * as lean from "lanewise/lean";
import { fileSystem } from "lanewise/node";
import { loadModel, type Predictor } from "lanewise/predict";

const model: Sequential = new Sequential([layers.dense({ units: 2, inputShape: [3] }), dense({ units: 1 })]);
model.compile({ optimizer: "adam", loss: "meanSquaredError" });
export const outputs: NDArray<Float32Array> = await model.predict([[1, 2, 3]]);
export const other: typeof layers.dense = lean.layers.dense;
export const kept: Promise<void> = model.save(indexedDb("digits"));
export const asked: Promise<Predictor> = loadModel("digits/model.json");
export const written: Promise<void> = model.save(fileSystem("digits"));
export const opened: Promise<Sequential> = Sequential.load(upload(document.querySelector("input")?.files ?? []));
export const ready: Promise<void> = initialize(fetch("kernels.wasm"));
// @ts-expect-error: units is a number
layers.dense({ units: "2" });
`;

function typescript(module, moduleResolution) {
  return ({ createProject }) => {
    const compilerOptions = {
      module,
      moduleResolution,
      target: "es2022",
      lib: ["es2022", "dom", "dom.iterable"],
      types: [],
      strict: true,
      noEmit: true,
    };
    const files = { "main.ts": TYPED, "tsconfig.json": JSON.stringify({ compilerOptions, files: ["main.ts"] }) };
    const path = createProject(files, ["typescript@6"]);
    run("npx", ["tsc"], path);
  };
}

export const packageChecks = {
  "files in the package"({ tarball }) {
    const files = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" }).trim().split("\n");
    const belongs =
      /^package\/(dist\/.+\.(js|js\.map|d\.ts)|build\/release\.wasm|package\.json|README\.md|CHANGELOG\.md|LICENSE)$/;
    const others = files.filter((file) => !belongs.test(file));
    if (others.length > 0) throw new Error(`these do not belong there: ${others.join(", ")}`);
  },
  publint({ createProject, tarball }) {
    run("npx", ["publint", "run", tarball, "--strict"], createProject({}, ["publint@0.3"]));
  },
  "are the types wrong"({ createProject, tarball }) {
    const path = createProject({}, ["@arethetypeswrong/cli@0.18"]);
    run("npx", ["attw", tarball, "--profile", "esm-only", "--exclude-entrypoints", "kernels.wasm"], path);
  },
  "TypeScript, nodenext": typescript("nodenext", "nodenext"),
  "TypeScript, bundler": typescript("esnext", "bundler"),
};
