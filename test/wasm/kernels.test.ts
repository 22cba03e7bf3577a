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

/** Names and numbers of arguments of the members of the interface Kernels. */
function readDeclared(): Record<string, number> {
  const source = readFileSync(new URL("../../src/wasm/kernels.ts", import.meta.url), "utf8");
  const aliases = new Map([...source.matchAll(/^type (\w+)(.*?;)$/gms)].map(([, name, text]) => [name, text]));
  /** Arguments are named, in the text itself or in the types that it names. */
  const count = (text: string): number => {
    const types = (text.match(/\b[A-Z]\w*/g) ?? []).map((name) => aliases.get(name) ?? "");
    return types.reduce((total, type) => total + count(type), text.match(/(?<!\.\.\.)\b\w+:/g)?.length ?? 0);
  };
  const body = source.slice(source.indexOf("export interface Kernels {"));
  return Object.fromEntries(
    [...body.matchAll(/^ {2}(\w+): (.*?;)$/gms)].map(([, name = "", type = ""]) => [name, count(type)]),
  );
}
