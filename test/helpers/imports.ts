/** Which files import which, read from their text: imports of types and imports at run time count as well. */
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";

export interface Import {
  /** Relative to the root, as `src/layers/dense.ts`. */
  readonly from: string;
  /** The same for a file, the name for a package. */
  readonly to: string;
  readonly isPackage: boolean;
}

const root = new URL("../../", import.meta.url);

/** The TypeScript files in a folder and all below it. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((path) => /(?<!\.d)\.ts$/.test(path))
    .sort();
}

/** A file's text without its comments. */
export function readCode(path: string): string {
  return readFileSync(new URL(path, root), "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
}

export function importsOf(path: string): Import[] {
  const names = [...readCode(path).matchAll(/(?:\bfrom|\bimport|\bimport\()\s*"([^"]+)"/g)];
  return names.map(([, name = ""]) => {
    if (!name.startsWith(".")) return { from: path, to: name, isPackage: true };
    const target = posix.join(posix.dirname(path), name);
    return { from: path, to: target.endsWith(".js") ? `${target.slice(0, -3)}.ts` : `${target}.ts`, isPackage: false };
  });
}

/** The files that can be reached from some files, and these. */
export function reachable(starts: readonly string[]): Set<string> {
  const reached = new Set(starts);
  for (const path of reached) {
    for (const { to, isPackage } of importsOf(path)) if (!isPackage) reached.add(to);
  }
  return reached;
}

/** A way of imports from a file back to itself, if there is one. */
export function findCycle(paths: readonly string[]): string[] | undefined {
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const { to, isPackage } of importsOf(path)) {
      const cycle = isPackage ? undefined : visit(to, [...way, path]);
      if (cycle) return cycle;
    }
    done.add(path);
    return undefined;
  };
  for (const path of paths) {
    const cycle = visit(path, []);
    if (cycle) return cycle;
  }
  return undefined;
}
