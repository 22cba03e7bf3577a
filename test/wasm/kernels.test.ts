/** The list of kernels in TypeScript agrees with what the builds export and with what the core's index names. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { builds, readBuild } from "../assembly/harness.js";

const declared = readDeclared();

describe("the kernels", () => {
  it.each(builds)("of the %s build are those declared, with as many arguments", (build) => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readBuild(build)), { env: { memory } });
    const kernels = Object.entries(exports).filter(([name]) => !name.startsWith("__"));
    const found = kernels.map(([name, kernel]) => [name, (kernel as () => unknown).length]);
    expect(Object.fromEntries(found)).toEqual(declared);
  });

  it("of the core's index are those declared", () => {
    const source = readFileSync(new URL("../../assembly/index.ts", import.meta.url), "utf8");
    const named = [...source.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, list]) => list?.match(/\w+/g) ?? []);
    expect(named.sort()).toEqual(Object.keys(declared).sort());
  });
});

/** Names and numbers of arguments of the methods of the interface Kernels. */
function readDeclared(): Record<string, number> {
  const source = readFileSync(new URL("../../src/wasm/kernels.ts", import.meta.url), "utf8");
  const body = source.slice(source.indexOf("export interface Kernels {"));
  const methods = [...body.matchAll(/^ {2}(\w+)\(([^)]*)\)/gm)];
  return Object.fromEntries(methods.map(([, name, list]) => [name, list?.match(/\w+:/g)?.length ?? 0]));
}
