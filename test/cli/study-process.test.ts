/** Studies as a shell sees them: on several cores, and ended by whatever ends programs. */
import { execFile, execFileSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { type StartOptions, lanewise as start, useFiles, visibleLines, widest } from "./helpers.js";

const files = useFiles();
const place = (name: string) => join(files.directory, name);

/** 12 runs of a moment each, whose lines in the journal have about 10 KB. */
const SPACE = { epochs: 100, activation: ["relu", "tanh"], width: [4, 6, 8], batchSize: 64 };
const RUNS = 12;

/** As in the package: a thread's file is a file of its own there. */
const dist = "build/test-study";
const program = [`${dist}/cli/main.js`];
const lanewise = (args: readonly string[], options: StartOptions = {}) => start(args, { program, ...options });

beforeAll(async () => {
  execFileSync(process.execPath, ["scripts/build-dist.mjs", dist]);
  await writeFile(place("space.json"), JSON.stringify(SPACE));
});

const flags = (out: string, ...more: readonly string[]) => [
  ...["study", ...files.flags, "--space", place("space.json"), "--seeds", "2", "--out", place(out)],
  ...more,
];
const tableOf = (out: string) => readFile(place(`${out}/table.csv`), "utf8");
/** The line of the first run of a configuration. */
async function runOf(out: string, configuration: object): Promise<string> {
  const lines = (await readFile(place(`${out}/journal.jsonl`), "utf8")).split("\n").slice(1, -1);
  const isIt = (line: string) => {
    const { job } = JSON.parse(line);
    return job.replicate === 0 && JSON.stringify(job.configuration) === JSON.stringify(configuration);
  };
  return lines.find(isIt) ?? "{}";
}
const runsIn = async (out: string) => (await readFile(place(`${out}/journal.jsonl`), "utf8")).split("\n").length - 2;
const shown = (text: string) => visibleLines(text).filter((line) => /^ *\d+\/12 /.test(line)).length;

/** Sends a signal when so many runs have ended. */
function signalAfter(runs: number, signal: NodeJS.Signals): NonNullable<StartOptions["onOutput"]> {
  let sent = false;
  return (stdout, child) => {
    if (sent || shown(stdout) < runs) return;
    sent = true;
    child.kill(signal);
  };
}

describe.concurrent("lanewise study", () => {
  it("makes the same table with one worker as with three, bit for bit", async () => {
    const ends = await Promise.all(["1", "3"].map((workers) => lanewise(flags(workers, "--workers", workers))));
    for (const { code, stdout, stderr } of ends) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(shown(stdout)).toBe(RUNS);
      expect(widest(stdout)).toBeLessThanOrEqual(80);
      expect(stdout).toMatch(/^Best (relu|tanh), 2 x \d: validation \d+\.\d\d ± \d+\.\d\d %, test /m);
    }
    const left = ["figures", "journal.jsonl", "model", "report.html", "report.json", "table.csv"];
    expect((await readdir(place("1"))).sort()).toEqual(left);
    const report = JSON.parse(await readFile(place("1/report.json"), "utf8"));
    expect(report.table.length).toBe(6);
    // The winner was trained once more, and is the same
    const [best] = report.table;
    const { test } = JSON.parse(await runOf("1", best.configuration)).outcome;
    expect(report.winner).toMatchObject({ accuracy: test.accuracy, loss: test.loss });
    expect((await readdir(place("1/figures"))).sort()).toEqual(
      report.figures.map(({ id }: { id: string }) => `${id}.csv`).sort(),
    );
    expect((await tableOf("1")).split("\n").length).toBe(1 + 6 + 1);
    expect(await tableOf("3")).toBe(await tableOf("1"));
  });

  it.each([
    ["SIGKILL", null],
    ["SIGINT", 130],
  ] as const)("goes on after %s where it was, to the table that it would have had", async (signal, code) => {
    const args = flags(signal, "--workers", "2");
    const killed = await lanewise(args, { onOutput: signalAfter(3, signal) });
    expect(killed.code).toBe(code);
    if (signal === "SIGINT") expect(killed.stdout).toMatch(/^Stopped\. \d+ runs are in .+; the same command goes on/m);
    const before = await runsIn(signal);
    expect(before).toBeGreaterThanOrEqual(3);
    expect(before).toBeLessThan(RUNS);
    const again = await lanewise(args);
    expect(again).toMatchObject({ code: 0, stderr: "" });
    expect(again.stdout).toContain(`${before} runs are in the journal already.`);
    expect(shown(again.stdout)).toBe(RUNS - before);
    expect(await runsIn(signal)).toBe(RUNS);
    await lanewise(flags(`${signal}-whole`, "--quiet"));
    expect(await tableOf(signal)).toBe(await tableOf(`${signal}-whole`));
  });

  it("loses only what was running when the disk is full, and goes on when there is room", async () => {
    const args = flags("full", "--workers", "2");
    // No file may pass 40 KB: the journal is the only one that would
    const command = 'ulimit -f 40; exec "$@"';
    const failed = await promisify(execFile)("bash", [
      "-c",
      command,
      "bash",
      process.execPath,
      ...program,
      ...args,
    ]).catch((error) => error);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(/^lanewise: cannot write .+journal\.jsonl: EFBIG/);
    const before = await runsIn("full");
    expect(before).toBeGreaterThanOrEqual(2);
    expect(before).toBeLessThan(RUNS);
    expect(await lanewise([...args, "--quiet"])).toMatchObject({ code: 0, stderr: "" });
    expect(await runsIn("full")).toBe(RUNS);
  });

  it("refuses the directory of another study, and a space with a mistake", async () => {
    const first = await lanewise(flags("mine", "--quiet", "--workers", "1"));
    expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Best [^\n]+\n$/) });
    const other = await lanewise(flags("mine", "--seed", "2"));
    expect(other.code).toBe(1);
    expect(other.stderr).toContain("is of another study (plan: seed 1, not 2); give this one a directory of its own");
    await writeFile(place("wrong.mjs"), "export default { activation: 'rello' };");
    const wrong = await lanewise(["study", ...files.flags, "--space", place("wrong.mjs"), "--out", place("wrong")]);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain("wrong.mjs: activation: unknown activation 'rello'. Did you mean 'relu'?");
    const trials = await lanewise(flags("mine", "--trials", "3"));
    expect(trials).toMatchObject({ code: 2, stderr: expect.stringContaining("--trials: grid has its own number") });
  });

  it("cuts folds, and halves", async () => {
    const [folds, halving] = await Promise.all([
      lanewise(flags("folds", "--seeds", "1", "--folds", "3", "--epochs", "2")),
      lanewise(flags("halving", "--strategy", "halving", "--epochs", "9")),
    ]);
    expect(folds).toMatchObject({ code: 0, stderr: "" });
    expect(folds.stdout).toContain("3 runs each: 3 folds");
    expect(await runsIn("folds")).toBe(18);
    expect(halving).toMatchObject({ code: 0, stderr: "" });
    expect((await tableOf("halving")).split("\n").filter((line) => /,9,2,/.test(line)).length).toBe(1);
    // 6 configurations for 1 epoch, 2 for 3, 1 for 9, twice each
    expect(await runsIn("halving")).toBe(18);
  });
});
