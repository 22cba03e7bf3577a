import { readFileSync } from "node:fs";

/** The vectors of a file in test/fixtures. */
export function readVectors<T>(name: string): readonly T[] {
  const text = readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8");
  return (JSON.parse(text) as { vectors: readonly T[] }).vectors;
}
