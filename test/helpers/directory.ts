/** A directory of its own for each test. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";

/** To be called once in a test file; returns the path of the running test's directory joined with names. */
export function useDirectory(): (...names: string[]) => string {
  let directory = "";
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "lanewise-"));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));
  return (...names) => join(directory, ...names);
}
