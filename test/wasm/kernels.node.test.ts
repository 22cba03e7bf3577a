/** The lists of kernels in TypeScript agree with what the binaries export. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { binaries, builds } from "../assembly/harness.js";

const signatures = read("src/wasm/kernels.ts").toString();
const aliases = readAliases(signatures);
const binariesAsText = readdirSync(new URL("../../assembly/parts", import.meta.url)).map((file) =>
  file.replace(".ts", ""),
);
/** Without the part of the core that is a binary of its own, too. */
const parts = binariesAsText.filter((part) => part !== "prediction");
const declared = Object.fromEntries(
  parts.map((part) => [
    part,
    readDeclared(part === "core" ? signatures : read(`src/wasm/parts/${part}.ts`).toString()),
  ]),
);

describe("the kernels", () => {
  it.each(builds)("of the %s build are those declared, with as many arguments", (build) => {
    expect(exportsOf(binaries[build])).toEqual(Object.assign({}, ...Object.values(declared)));
  });

  it.each(parts)("of the part %s are those declared, with as many arguments", (part) => {
    expect(exportsOf(read(`build/parts/${part}.wasm`))).toEqual(declared[part]);
  });

  it("of the relaxed core are those of the exact one", () => {
    expect(exportsOf(read("build/parts/relaxed.wasm"))).toEqual(declared.core);
  });

  it("for predictions are some of the core's", () => {
    const some = exportsOf(read("build/parts/prediction.wasm"));
    expect(Object.keys(some).length).toBeGreaterThan(10);
    expect(declared.core).toMatchObject(some);
  });

  it("stand in one part only", () => {
    const names = Object.values(declared).flatMap(Object.keys);
    expect(new Set(names).size).toBe(names.length);
  });
});

it.each([...binariesAsText, "relaxed"])("the text of %s needs no escape in a script", (part) => {
  const [, text = ""] = /"(.*)"/.exec(read(`src/wasm/binaries/${part}.ts`).toString()) ?? [];
  expect(text).toMatch(/^[ -~]{1000,}$/);
  expect(text).not.toMatch(/["\\<]/);
});

function read(path: string): Buffer<ArrayBuffer> {
  return readFileSync(new URL(`../../${path}`, import.meta.url));
}

/** Names and numbers of arguments of what a binary exports. */
function exportsOf(bytes: BufferSource): Record<string, number> {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  const kernels = Object.entries(exports).filter(([name]) => !name.startsWith("__"));
  return Object.fromEntries(kernels.map(([name, kernel]) => [name, (kernel as () => unknown).length]));
}

/** Names and numbers of arguments of the members of an interface, the last one in a file. */
function readDeclared(source: string): Record<string, number> {
  const known = new Map([...aliases, ...readAliases(source)]);
  /** Arguments are named, in the text itself or in the types that it names. */
  const count = (text: string): number => {
    const types = (text.match(/\b[A-Z]\w*/g) ?? []).map((name) => known.get(name) ?? "");
    return types.reduce((total, type) => total + count(type), text.match(/(?<!\.\.\.)\b\w+:/g)?.length ?? 0);
  };
  const body = source.slice(source.lastIndexOf("export interface "));
  return Object.fromEntries(
    [...body.matchAll(/^ {2}(\w+): (.*?;)$/gms)].map(([, name = "", type = ""]) => [name, count(type)]),
  );
}

function readAliases(source: string): [string, string][] {
  return [...source.matchAll(/^(?:export )?type (\w+)(.*?;)$/gms)].map(([, name = "", text = ""]) => [name, text]);
}
