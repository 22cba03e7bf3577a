/** Packages that only some studies need: they are not installed with lanewise, and imported when they are. */
import { LanewiseError } from "../errors.js";

/** @throws LanewiseError that names the package to install. */
export async function importPeer<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new LanewiseError(`this needs the package ${name}: npm install ${name}`, { cause: error });
  }
}
