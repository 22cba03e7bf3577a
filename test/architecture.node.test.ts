/** Imports run one way only, from the top of this list to its bottom. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findCycle, importsOf, reachable, readCode, sourceFiles } from "./helpers/imports.js";

/** Files and folders of src. Each may import what stands below it; those on one line do not import each other. */
const order = [
  "cli",
  "report",
  "study",
  "worker-with-names",
  "browser index node worker",
  "workerd",
  "external lean predict workerd-lean workerd-predict",
  "members names relaxed saved-models",
  "core",
  "model/predictor model/sequential",
  "model/network-keeper",
  "model/compile-options model/sequential-options model/stack model/summary",
  "saving",
  "training/index training/fit-dataset training/train-on-batch",
  "training/evaluate training/fit training/dataset-validation",
  "training/in-turns",
  "training/trainee",
  "training/fit-dataset-options training/fit-options",
  "training/evaluate-options",
  "training/loop-options training/prediction",
  "training/training",
  "training/streams",
  "training/labelled",
  "training/sample-weights",
  "training/batches training/measuring training/training-state",
  "training/dataset",
  "training/inputs training/steps training/yielding",
  "training/turns",
  "network/write-optimizer-state",
  "network/optimizer-state network/plans network/weights",
  "network/steps network/updates",
  "network/penalties",
  "network/network",
  "network/connect",
  "network/nesting",
  "layers metrics",
  "activations callbacks constraints initializers losses optimizers regularizers",
  "schedules",
  "wasm",
  "evaluation npy preprocessing split",
  "registry",
  "callable checks files lookup random state-tree",
  "arrays bytes",
  "errors version",
].map((line) => line.split(" "));

/** What may import less than all that stands below it. */
const narrower: Readonly<Record<string, string>> = {
  browser: "saving checks arrays errors",
  node: "saving npy files arrays errors",
  saving:
    "bytes random layers metrics activations constraints initializers regularizers losses optimizers schedules registry files lookup arrays errors version",
  wasm: "arrays errors",
  evaluation: "arrays checks errors",
  npy: "checks files arrays errors",
  preprocessing: "arrays errors",
  split: "checks random arrays errors",
  checks: "arrays",
  files: "errors",
  lookup: "arrays",
  random: "arrays",
  "state-tree": "bytes errors",
  "training/turns": "",
};

/** Packages, and Node's modules, with the only places that import them. */
const packages: Readonly<Record<string, readonly string[]>> = {
  npyjs: ["src/npy/load-npy.ts"],
  "node:": ["src/files/", "src/cli/", "src/study/"],
  bullmq: ["src/study/queue"],
  ioredis: ["src/study/redis.ts", "src/study/queue-worker.ts"],
  tinypool: ["src/study/pool.ts", "src/study/worker.ts"],
  "lanewise/kernels.wasm": ["src/workerd"],
};

/** The binaries as text. */
const isGenerated = (path: string) => path.startsWith("src/wasm/binaries/");
const entries = [
  "index",
  "worker-with-names",
  "external",
  "predict",
  "workerd",
  "workerd-lean",
  "workerd-predict",
  "worker/index",
  "browser/index",
  "node/index",
  "cli/main",
  "study/worker",
].map((name) => `src/${name}.ts`);
const files = sourceFiles("src").filter((path) => !isGenerated(path));
const arrows = files.flatMap(importsOf).filter(({ isPackage }) => !isPackage);

describe("imports in src", () => {
  it("stay within src, and lead to files that exist", () => {
    for (const { from, to } of arrows) {
      expect(to, from).toMatch(/^src\//);
      expect(isGenerated(to) || existsSync(new URL(`../${to}`, import.meta.url)), `${from} -> ${to}`).toBe(true);
    }
  });

  it("run downward", () => {
    const upward = arrows.filter(({ from, to }) => part(from) !== part(to) && height(to) >= height(from));
    expect(upward.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it.each(Object.entries(narrower))("of %s go to: %s", (name, allowed) => {
    const targets = arrows.filter(({ from, to }) => part(from) === name && part(to) !== name).map(({ to }) => part(to));
    expect(targets.filter((target) => !allowed.split(" ").includes(target))).toEqual([]);
  });

  it("run in no circle", () => {
    expect(findCycle(files)).toBeUndefined();
  });

  it("reach every file, from the entries or the command line", () => {
    const reached = reachable(entries);
    expect(files.filter((path) => !reached.has(path))).toEqual([]);
  });

  it("of packages stand where they should, and name what package.json does", () => {
    const used = files.flatMap(importsOf).filter(({ isPackage }) => isPackage);
    for (const { from, to } of used) {
      const name = to.startsWith("node:") ? "node:" : to;
      expect(
        packages[name]?.some((place) => from.startsWith(place)),
        `${from} imports ${to}`,
      ).toBe(true);
    }
    const { dependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(
      readFileSync(new URL("../package.json", import.meta.url), "utf8"),
    );
    for (const name of Object.keys(peerDependencies)) expect(peerDependenciesMeta[name]).toEqual({ optional: true });
    expect(Object.keys(dependencies)).toEqual(["npyjs"]);
  });
});

describe("the core", () => {
  const core = sourceFiles("assembly");

  it("imports only itself, in no circle", () => {
    for (const { from, to, isPackage } of core.flatMap(importsOf)) {
      expect(isPackage, `${from} -> ${to}`).toBe(false);
      expect(core, from).toContain(to);
    }
    expect(findCycle(core)).toBeUndefined();
  });

  it("is used in all its parts", () => {
    expect([...reachable(["assembly/index.ts"])].sort()).toEqual(core);
  });

  it("is instantiated in one place", () => {
    const places = files.filter((path) =>
      /new WebAssembly\.Instance|instantiate(Sync|Streaming)?\(/.test(readCode(path)),
    );
    expect(places).toEqual(["src/wasm/arena.ts", "src/wasm/instantiate.ts"]);
  });
});

/** The file or folder below src, as the order names it. */
function part(path: string): string {
  const file = path.replace(/^src\/|\.ts$/g, "");
  return order.flat().includes(file) ? file : (file.split("/")[0] ?? "");
}

/** 0 at the bottom. */
function height(path: string): number {
  const line = order.findIndex((parts) => parts.includes(part(path)));
  expect(line, `${path} has a place in the order`).toBeGreaterThanOrEqual(0);
  return order.length - line;
}
