/** The file of a space: JSON, or a module whose default export it is. */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { LanewiseError } from "../errors.js";
import { readBytes } from "../files/read.js";
import { readSpace, type Space } from "../study/space.js";

/** @throws LanewiseError that names the file and what is wrong with it. */
export async function loadSpace(path: string): Promise<Space> {
  const value = path.toLowerCase().endsWith(".json") ? await readJson(path) : await importDefault(path);
  try {
    return readSpace(value, path);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError)
      throw new LanewiseError(error.message, { cause: error });
    throw error;
  }
}

async function readJson(path: string): Promise<unknown> {
  const text = new TextDecoder().decode(await readBytes(path));
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LanewiseError(`${path}: expected JSON: ${(cause as Error).message}`, { cause });
  }
}

async function importDefault(path: string): Promise<unknown> {
  let module: { readonly default?: unknown };
  try {
    module = await import(pathToFileURL(resolve(path)).href);
  } catch (cause) {
    const why =
      (cause as NodeJS.ErrnoException).code === "ERR_UNKNOWN_FILE_EXTENSION"
        ? `Node ${process.versions.node} does not read such files: expected .json, .js or .mjs; for TypeScript Node 22.18 or newer`
        : (cause as Error).message;
    throw new LanewiseError(`cannot read ${path}: ${why}`, { cause });
  }
  if (module.default === undefined)
    throw new LanewiseError(`${path}: expected the space as the default export, got none`);
  return module.default;
}
