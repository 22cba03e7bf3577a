import { readFile } from "./read-file.js";

/** The vectors of a file in test/fixtures. */
export async function readVectors<T>(name: string): Promise<readonly T[]> {
  const text = new TextDecoder().decode(await readFile(`test/fixtures/${name}`));
  return (JSON.parse(text) as { vectors: readonly T[] }).vectors;
}
