/** What the tests of the command line share: a small data set, and the program as a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect } from "vitest";
import { type NDArray, ndarray } from "../../src/arrays.js";
import { loadData } from "../../src/cli/data.js";
import { createModel } from "../../src/cli/model.js";
import { createTerminal, type Terminal } from "../../src/cli/terminal.js";
import { train } from "../../src/cli/train.js";
import { parseTrainOptions } from "../../src/cli/train-options.js";
import { Sequential } from "../../src/index.js";
import { saveNpy } from "../../src/npy/index.js";
import { randomIntegers } from "../../src/random.js";

/** Labels with gaps between them. */
export const CLASSES = [-5, 0, 7, 300];
export const PER_CLASS = 40;
const SIDE = 6;

/** Noise, and a bright row that tells the class: [160, 6, 6] bytes. */
export function makeImages(): NDArray<Uint8Array> {
  const random = randomIntegers(1, 1);
  const data = Uint8Array.from({ length: CLASSES.length * PER_CLASS * SIDE * SIDE }, (_, index) => {
    const row = Math.floor(index / SIDE) % SIDE;
    const sample = Math.floor(index / SIDE ** 2);
    return random.next(120) + (row === sample % CLASSES.length ? 100 : 0);
  });
  return ndarray(data, [CLASSES.length * PER_CLASS, SIDE, SIDE]);
}

/** The class of sample i is number i modulo 4. */
export function makeLabels(): NDArray<Int16Array> {
  return ndarray(Int16Array.from({ length: CLASSES.length * PER_CLASS }, (_, i) => CLASSES[i % CLASSES.length] ?? 0));
}

export interface Files {
  readonly directory: string;
  readonly images: string;
  readonly labels: string;
  /** The flags that name the two files. */
  readonly flags: readonly string[];
}

/** A temporary folder with the small data set, for the tests of one file. Call it outside of tests. */
export function useFiles(): Files {
  const files = { directory: "", images: "", labels: "", flags: [] as string[] };
  beforeAll(async () => {
    files.directory = await mkdtemp(join(tmpdir(), "lanewise-cli-"));
    files.images = join(files.directory, "images.npy");
    files.labels = join(files.directory, "labels.npy");
    files.flags = ["--images", files.images, "--labels", files.labels];
    await saveNpy(files.images, makeImages());
    await saveNpy(files.labels, makeLabels());
  });
  afterAll(() => rm(files.directory, { recursive: true }));
  return files;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartOptions {
  /** What Node is to run. Default: the sources. */
  readonly program?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Called with all of stdout so far, whenever there is more. */
  readonly onOutput?: (stdout: string, child: ChildProcess) => void;
}

/** Runs the command line in a process of its own. */
export function lanewise(args: readonly string[], options: StartOptions = {}): Promise<Ended> {
  const { program = ["--import", "tsx", "src/cli/main.ts"], env = {}, onOutput } = options;
  const child = spawn(process.execPath, [...program, ...args], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    env: { ...process.env, npm_command: "", ...env },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    onOutput?.(stdout, child);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** A terminal of the given width that remembers what is written. */
export function fakeOutput(options: {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly colours?: boolean;
}) {
  const written: string[] = [];
  return {
    ...options,
    hasColors: () => options.colours === true,
    write: (text: string) => written.push(text),
    written,
  };
}

/** What a command prints that ends well. Its listeners for signals are taken off again. */
export async function outputOf(
  run: (args: readonly string[], terminal: Terminal) => Promise<number>,
  args: readonly string[],
  output = fakeOutput({}),
): Promise<string> {
  const signals = ["SIGINT", "SIGTERM"] as const;
  const before = signals.map((name) => process.listeners(name));
  try {
    expect(await run(args, createTerminal(output, "xterm"))).toBe(0);
  } finally {
    signals.forEach((name, index) => {
      for (const listener of process.listeners(name))
        if (!before[index]?.includes(listener)) process.off(name, listener);
    });
  }
  return output.written.join("");
}

/** A model trained on the small data set for an epoch, in a directory of its own. Call it outside of tests. */
export function useModel(files: Files): { readonly path: string; readonly model: Sequential } {
  const saved = { path: "", model: new Sequential() };
  beforeAll(async () => {
    const options = parseTrainOptions([...files.flags, "--layers", "8", "--epochs", "1"]);
    const data = await loadData(options);
    saved.path = join(files.directory, "model");
    saved.model = createModel(options, data);
    await train(saved.model, data, options);
    await saved.model.save(saved.path);
  });
  return saved;
}

/** Every line that was ever visible, without colours. */
export function visibleLines(text: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  return text.split(/[\r\n]/).map((line) => line.replace(/\x1b\[[0-9;]*[A-Za-z]/g, ""));
}

export function widest(text: string): number {
  return Math.max(...visibleLines(text).map((line) => line.length));
}
