/**
 * The journal: a line of JSON for the study's identity, and one for each run that has ended, on the disk before the next one
 * begins. Whatever ends the program loses only what was running.
 */
import { type FileHandle, open, readFile } from "node:fs/promises";
import { LanewiseError } from "../errors.js";
import { cannotWrite } from "../files/write.js";
import { keyOf } from "./configuration.js";
import { differences, type Identity } from "./identity.js";
import type { Job, Outcome } from "./run.js";

export interface Entry {
  readonly job: Job;
  readonly outcome: Outcome;
}

export interface Journal {
  readonly path: string;
  /** The outcome of a job that has ended. */
  find(job: Job): Outcome | undefined;
  readonly size: number;
  /** Returns when the disk has it. A job that is there already is not added again. @throws LanewiseError */
  append(entry: Entry): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a journal, or begins one.
 *
 * @throws LanewiseError when the file is another study's, or no journal, or cannot be read or written.
 */
export async function openJournal(path: string, identity: Identity): Promise<Journal> {
  const { lines, bytes } = await readLines(path);
  const outcomes = new Map<string, Outcome>();
  const [header, ...rest] = lines;
  if (header !== undefined) checkHeader(header, identity, path);
  rest.forEach((line, index) => {
    const where = `${path}: line ${index + 2}`;
    const { job, outcome } = parse(line, `${where} is damaged${DELETE}`) as Entry;
    if (!job?.configuration || !outcome) throw new LanewiseError(`${where} is no run of a study${DELETE}`);
    outcomes.set(jobKey(job), outcome);
  });

  const handle = await openToAppend(path, bytes);
  let length = bytes;
  const write = async (value: object): Promise<void> => {
    const line = new TextEncoder().encode(`${JSON.stringify(value)}\n`);
    try {
      for (let done = 0; done < line.length; ) done += (await handle.write(line, done)).bytesWritten;
      await handle.datasync();
      length += line.length;
    } catch (error) {
      // Half a line in the middle of the file would be an end to it
      await handle.truncate(length).catch(() => undefined);
      throw cannotWrite(path, error);
    }
  };
  if (header === undefined) await write({ study: identity });

  let queue = Promise.resolve();
  return {
    path,
    find: (job) => outcomes.get(jobKey(job)),
    get size() {
      return outcomes.size;
    },
    append({ job, outcome }) {
      const task = queue.then(async () => {
        if (outcomes.has(jobKey(job))) return;
        await write({ job, outcome });
        outcomes.set(jobKey(job), outcome);
      });
      queue = task.catch(() => undefined);
      return task;
    },
    async close() {
      await queue;
      await handle.close();
    },
  };
}

const DELETE = "; delete the line, and the run is done again if the study needs it";

/** The same text for the same job. */
export function jobKey({ configuration, epochs, replicate }: Job): string {
  return `${keyOf(configuration)} ${epochs} ${replicate}`;
}

/** Lines that end, and their length in bytes: what stands behind them was being written when the program ended. */
async function readLines(path: string): Promise<{ lines: string[]; bytes: number }> {
  let file: Uint8Array;
  try {
    file = await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { lines: [], bytes: 0 };
    throw new LanewiseError(`cannot read ${path}: ${(error as Error).message}`, { cause: error });
  }
  const bytes = file.lastIndexOf(NEWLINE) + 1;
  const text = new TextDecoder().decode(file.subarray(0, bytes));
  return { lines: text.split("\n").slice(0, -1), bytes };
}

const NEWLINE = 10;

async function openToAppend(path: string, bytes: number): Promise<FileHandle> {
  try {
    const handle = await open(path, "a");
    await handle.truncate(bytes);
    return handle;
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

function checkHeader(line: string, identity: Identity, path: string): void {
  const { study } = parse(line, `${path}: line 1 is damaged, which says what the study is; ${ANOTHER}`) as {
    study?: Partial<Identity>;
  };
  if (typeof study !== "object" || study === null) throw new LanewiseError(`${path}: this is no journal of a study`);
  const found = differences(identity, study);
  if (found.length === 0) return;
  throw new LanewiseError(`${path} is of another study (${found.join("; ")}); ${ANOTHER}`);
}

const ANOTHER = "give this one a directory of its own: --out DIR";

function parse(line: string, complaint: string): object {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null) return value;
  } catch (cause) {
    throw new LanewiseError(complaint, { cause });
  }
  throw new LanewiseError(complaint);
}
