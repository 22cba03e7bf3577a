import { existsSync } from "node:fs";
import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LanewiseError } from "../../src/errors.js";
import { makeDirectory, writeFiles } from "../../src/files/write.js";

/** What the mocked file system does wrong: a full disk for this content, a rename that fails onto this path. */
const faults = { fullFor: "", noRenameTo: "", noLinks: false };

const actual = process.getBuiltinModule("node:fs/promises");
const failing = (code: string) => Object.assign(new Error(`${code}: injected`), { code });
const open: typeof actual.open = async (...parameters) => {
  const handle = await actual.open(...parameters);
  const write = handle.writeFile.bind(handle);
  handle.writeFile = async (data, options) => {
    await write(data, options);
    if (faults.fullFor && String.fromCharCode(...(data as Uint8Array)) === faults.fullFor) throw failing("ENOSPC");
  };
  return handle;
};
const rename: typeof actual.rename = async (from, to) => {
  if (faults.noRenameTo && `${to}`.endsWith(faults.noRenameTo)) throw failing("EBUSY");
  return actual.rename(from, to);
};
const link: typeof actual.link = async (from, to) => {
  if (faults.noLinks) throw failing("ENOTSUP");
  return actual.link(from, to);
};

const { getBuiltinModule } = process;
const getFaultyModule = (name: string) =>
  name === "node:fs/promises" ? { ...actual, open, rename, link } : getBuiltinModule(name);

const bytes = (text: string) => new TextEncoder().encode(text);

let directory: string;
let first: string;
let second: string;
beforeEach(async () => {
  vi.spyOn(process, "getBuiltinModule").mockImplementation(getFaultyModule);
  directory = await mkdtemp(join(tmpdir(), "lanewise-files-"));
  first = join(directory, "model.json");
  second = join(directory, "weights.npy");
});
afterEach(async () => {
  vi.restoreAllMocks();
  Object.assign(faults, { fullFor: "", noRenameTo: "", noLinks: false });
  await rm(directory, { recursive: true });
});

async function refusal(action: Promise<void>): Promise<string> {
  const error: unknown = await action.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(LanewiseError);
  expect((error as LanewiseError).cause).toBeInstanceOf(Error);
  return (error as Error).message;
}

async function content(): Promise<Record<string, string>> {
  const names = (await readdir(directory)).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(directory, name), "utf8")] as const)),
  );
}

const both = () =>
  writeFiles([
    { path: first, bytes: bytes("new 1") },
    { path: second, bytes: bytes("new 2") },
  ]);

describe("writeFiles", () => {
  it("writes new files and replaces old ones", async () => {
    await writeFile(first, "old 1, longer than the new");
    await both();
    expect(await content()).toEqual({ "model.json": "new 1", "weights.npy": "new 2" });
    await writeFiles([]);
  });

  it("keeps permissions and symbolic links", async () => {
    await writeFile(first, "old");
    await chmod(first, 0o600);
    await symlink(first, second);
    await writeFiles([{ path: second, bytes: bytes("new") }]);
    expect(await content()).toEqual({ "model.json": "new", "weights.npy": "new" });
    expect((await stat(first)).mode & 0o777).toBe(0o600);
  });

  it("names a directory that does not exist", async () => {
    const path = join(directory, "missing", "model.json");
    expect(await refusal(writeFiles([{ path, bytes: bytes("new") }]))).toBe(
      `cannot write ${path}: directory does not exist: ${join(directory, "missing")}`,
    );
  });

  it("names a directory that is a file", async () => {
    await writeFile(first, "old");
    const path = join(first, "model.json");
    expect(await refusal(writeFiles([{ path, bytes: bytes("new") }]))).toBe(
      `cannot write ${path}: not a directory: ${first}`,
    );
    expect(await content()).toEqual({ "model.json": "old" });
  });

  it("does not replace a directory", async () => {
    expect(await refusal(writeFiles([{ path: directory, bytes: bytes("new") }]))).toBe(
      `cannot write ${directory}: it is a directory`,
    );
  });

  it.runIf(process.platform === "linux")("does not replace a device", async () => {
    expect(await refusal(writeFiles([{ path: "/dev/full", bytes: bytes("new") }]))).toBe(
      "cannot write /dev/full: it is not a regular file",
    );
  });

  it("leaves all old files when one cannot be staged", async () => {
    await writeFile(first, "old 1");
    const path = join(directory, "missing", "weights.npy");
    await refusal(
      writeFiles([
        { path: first, bytes: bytes("new 1") },
        { path, bytes: bytes("new 2") },
      ]),
    );
    expect(await content()).toEqual({ "model.json": "old 1" });
  });

  it("leaves all old files when the disk is full", async () => {
    await writeFile(first, "old 1");
    await writeFile(second, "old 2");
    faults.fullFor = "new 2";
    expect(await refusal(both())).toBe(`cannot write ${second}: no space left on device`);
    expect(await content()).toEqual({ "model.json": "old 1", "weights.npy": "old 2" });
  });

  it.each([false, true])(
    "undoes the first rename when the second fails (file system without links: %s)",
    async (no) => {
      await writeFile(first, "old 1");
      await writeFile(second, "old 2");
      Object.assign(faults, { noRenameTo: "weights.npy", noLinks: no });
      expect(await refusal(both())).toBe(`cannot write ${second}: EBUSY: injected`);
      expect(await content()).toEqual({ "model.json": "old 1", "weights.npy": "old 2" });
    },
  );

  it("removes a new first file when the second cannot be renamed", async () => {
    faults.noRenameTo = "weights.npy";
    await refusal(both());
    expect(await content()).toEqual({});
  });
});

describe("makeDirectory", () => {
  it("makes parents, and accepts a directory that is there", async () => {
    const path = join(directory, "a", "b");
    await makeDirectory(path);
    await makeDirectory(path);
    expect((await stat(path)).isDirectory()).toBe(true);
    await rm(join(directory, "a"), { recursive: true });
  });

  it("makes the same parents for several at a time", async () => {
    const paths = ["a", "b", "c"].map((name) => join(directory, "several", "parents", name));
    await Promise.all(paths.map((path) => makeDirectory(path)));
    expect((await readdir(join(directory, "several", "parents"))).sort()).toEqual(["a", "b", "c"]);
    await rm(join(directory, "several"), { recursive: true });
  });

  it("says what is in the way", async () => {
    await writeFile(first, "old");
    expect(await refusal(makeDirectory(first))).toBe(
      `cannot make directory ${first}: a file of that name is in the way`,
    );
    const inside = join(first, "inside", "it");
    expect(await refusal(makeDirectory(inside))).toBe(
      `cannot make directory ${inside}: a part of the path is not a directory`,
    );
  });

  it.runIf(existsSync("/proc/self"))("ends where no directory can be made, though the parent is there", async () => {
    expect(await refusal(makeDirectory("/proc/lanewise/runs"))).toBe(
      "cannot make directory /proc/lanewise/runs: no such file",
    );
  });
});
