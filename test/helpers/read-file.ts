/** Files of the repository, for Node and for a page that the test runner serves. */
const here = import.meta.url;

/** The bytes of a file, which is named as seen from the repository's root, or some of them. */
export async function readFile(path: string, start = 0, end?: number): Promise<Uint8Array<ArrayBuffer>> {
  const url = new URL(`../../${path}`, here);
  if (url.protocol === "file:") {
    const { readFile } = process.getBuiltinModule("node:fs/promises");
    return new Uint8Array(await readFile(url)).slice(start, end);
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer()).slice(start, end);
}
