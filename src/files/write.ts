/** Files written, so that a failure leaves what was there. */
import { LanewiseError } from "../errors.js";
import { codeOf, fileSystem, nodeModule, reason, toPath } from "./platform.js";

export interface FileToWrite {
  /** A path or a `file:` URL. */
  readonly path: string | URL;
  readonly bytes: Uint8Array;
}

/**
 * Writes files, all or none: each goes to a temporary name beside its target and is synced; then all are renamed.
 * A file that is replaced keeps its permissions (less the umask), and a symbolic link keeps pointing where it pointed.
 *
 * @throws LanewiseError that names the file and the reason. The old files are then as they were.
 */
export async function writeFiles(files: readonly FileToWrite[]): Promise<void> {
  const places: Place[] = [];
  try {
    for (const { path, bytes } of files) {
      try {
        const place = await findPlace(path);
        places.push(place);
        await writeTemporary(place, bytes);
      } catch (error) {
        throw cannotWrite(path, error);
      }
    }
    await renameAll(places);
  } finally {
    await remove(places.map(({ temporary }) => temporary));
  }
}

/**
 * Makes a directory and its parents. One that is there already is no error.
 *
 * @throws LanewiseError when it cannot be made.
 */
export async function makeDirectory(path: string | URL): Promise<void> {
  try {
    const system = fileSystem();
    await makeWithParents(system, toPath(path));
  } catch (error) {
    throw new LanewiseError(`cannot make directory ${path}: ${reason(error)}`, { cause: error });
  }
}

/** Node's own recursive mkdir never ends where a directory can't be made although its parent is there, as in /proc. */
async function makeWithParents(system: ReturnType<typeof fileSystem>, path: string): Promise<void> {
  const { dirname } = nodeModule("node:path");
  try {
    await makeOne(system, path);
  } catch (error) {
    const parent = dirname(path);
    if (codeOf(error) !== "ENOENT" || parent === path) throw error;
    await makeWithParents(system, parent);
    await makeOne(system, path);
  }
}

async function makeOne({ mkdir, stat }: ReturnType<typeof fileSystem>, path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const there = await stat(path).catch(() => undefined);
    if (!there?.isDirectory()) throw error;
  }
}

/**
 * Adds text to the end of a file, which is made if it is not there.
 *
 * @throws LanewiseError that names the file and the reason.
 */
export async function appendText(path: string | URL, text: string): Promise<void> {
  try {
    const { appendFile } = fileSystem();
    await appendFile(toPath(path), text);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/**
 * Cuts a file off behind `length` bytes, if it is longer. It is made if it is not there.
 *
 * @throws LanewiseError that names the file and the reason.
 */
export async function truncateFile(path: string | URL, length: number): Promise<void> {
  try {
    const { open } = fileSystem();
    const handle = await open(toPath(path), "a");
    try {
      if ((await handle.stat()).size > length) await handle.truncate(length);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** Removes a file, and the directory that it is in if nothing else is there. Neither needs to be there. */
export async function removeWithDirectory(path: string | URL): Promise<void> {
  const { rm, rmdir } = fileSystem();
  const { dirname } = nodeModule("node:path");
  const file = toPath(path);
  try {
    await rm(file, { force: true });
  } catch (error) {
    throw new LanewiseError(`cannot remove ${path}: ${reason(error)}`, { cause: error });
  }
  await rmdir(dirname(file)).catch(() => undefined);
}

/** Removes what a process that was killed while it wrote files has left in a directory. */
export async function removeLeftovers(directory: string | URL): Promise<void> {
  const { readdir } = fileSystem();
  const { join } = nodeModule("node:path");
  const path = toPath(directory);
  const names = (await readdir(path)).filter((name) => /^\.lanewise-.*\.new$/.test(name));
  await remove(names.map((name) => join(path, name)));
}

/** Where a file goes: the new bytes to `temporary` first, the old ones are kept at `backup` meanwhile. */
interface Place {
  readonly path: string | URL;
  readonly target: string;
  readonly temporary: string;
  readonly backup: string;
  /** The permissions of the old file; undefined when there is none. */
  readonly oldMode: number | undefined;
}

async function findPlace(path: string | URL): Promise<Place> {
  const { realpath, stat } = fileSystem();
  const { dirname, join } = nodeModule("node:path");
  const given = toPath(path);
  const target = await realpath(given).catch(() => given);
  const old = await stat(target).catch(() => undefined);
  if (old?.isDirectory()) throw new Error("it is a directory");
  if (old && !old.isFile()) throw new Error("it is not a regular file");
  const stem = join(dirname(target), `.lanewise-${process.pid}-${crypto.randomUUID().slice(0, 8)}`);
  return { path, target, temporary: `${stem}.new`, backup: `${stem}.old`, oldMode: old && old.mode & 0o777 };
}

async function writeTemporary({ temporary, oldMode = 0o666 }: Place, bytes: Uint8Array): Promise<void> {
  const { open } = fileSystem();
  const handle = await open(temporary, "wx", oldMode);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function backUp({ target, backup, oldMode }: Place): Promise<void> {
  const { copyFile, link } = fileSystem();
  // Not every file system has hard links.
  if (oldMode !== undefined) await link(target, backup).catch(() => copyFile(target, backup));
}

/** One rename is all or nothing by itself. Of several a later one can fail: the earlier ones are then undone. */
async function renameAll(places: readonly Place[]): Promise<void> {
  const { rename, rm } = fileSystem();
  const done: Place[] = [];
  let failure: LanewiseError | undefined;
  for (const place of places) {
    try {
      if (place !== places.at(-1)) await backUp(place);
      await rename(place.temporary, place.target);
      done.push(place);
    } catch (error) {
      failure = cannotWrite(place.path, error);
      break;
    }
  }
  if (failure) {
    // If this fails too, it throws before the backups are removed: they are then the only copies.
    for (const { target, backup, oldMode } of done) await (oldMode === undefined ? rm(target) : rename(backup, target));
  }
  await remove(places.map(({ backup }) => backup));
  if (failure) throw failure;
}

async function remove(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    // What cannot be removed must not hide the error that is on its way.
    await fileSystem()
      .rm(path, { force: true })
      .catch(() => undefined);
  }
}

/** An error that names the file and the reason. */
export function cannotWrite(path: string | URL, error: unknown): LanewiseError {
  const code = codeOf(error);
  let why = reason(error);
  if (code === "ENOENT" || code === "ENOTDIR") {
    const { dirname } = nodeModule("node:path");
    why = `${code === "ENOENT" ? "directory does not exist" : "not a directory"}: ${dirname(toPath(path))}`;
  }
  return new LanewiseError(`cannot write ${path}: ${why}`, { cause: error });
}
