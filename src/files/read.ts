/** Files and what is behind URLs, read. */
import { LanewiseError } from "../errors.js";
import { codeOf, fileSystem, hasFileSystem, isFileUrl, isPath, reason, toPath } from "./platform.js";

/**
 * Reads a whole file or URL into memory.
 *
 * A path or a `file:` URL is read from the file system, any other URL is fetched. Where there is no file system
 * (in a browser) a path is fetched too, relative to the page.
 *
 * @param what The name used in error messages; default: the source itself.
 * @throws LanewiseError when it cannot be read: no such file, an HTTP status that is not 2xx, no connection.
 */
export async function readBytes(source: string | URL, what = `${source}`): Promise<Uint8Array> {
  try {
    if (isFileUrl(source) || (isPath(source) && hasFileSystem())) {
      const { readFile } = fileSystem();
      const { buffer, byteOffset, byteLength } = await readFile(toPath(source));
      return new Uint8Array(buffer, byteOffset, byteLength);
    }
    const response = await fetch(source);
    if (!response.ok) throw new Error(`HTTP status ${response.status} ${response.statusText}`.trim());
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    const label = what === `${source}` ? what : `${what} (${source})`;
    throw new LanewiseError(`cannot read ${label}: ${reason(error)}`, { cause: error });
  }
}

/** In bytes; 0 when there is no such file. @throws LanewiseError where there is no file system. */
export async function fileSize(path: string | URL): Promise<number> {
  try {
    const { stat } = fileSystem();
    return (await stat(toPath(path))).size;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return 0;
    throw new LanewiseError(`cannot read ${path}: ${reason(error)}`, { cause: error });
  }
}
