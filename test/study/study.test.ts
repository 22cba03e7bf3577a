import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Executor } from "../../src/study/executor.js";
import { type Journal, jobKey, openJournal } from "../../src/study/journal.js";
import type { Job, Outcome } from "../../src/study/run.js";
import { readSpace } from "../../src/study/space.js";
import { planRounds, type StrategyName } from "../../src/study/strategies.js";
import { type Progress, runStudy } from "../../src/study/study.js";
import { makeTable, tableToCsv } from "../../src/study/table.js";
import { identity, makeResult, useDirectory } from "./helpers.js";

const path = useDirectory();
const space = readSpace({ epochs: 9, activation: ["relu", "tanh"], width: [1, 2, 3, 4, 5, 6] }, "s");
const settings = { epochs: 9, overlap: 0.25, inputs: 4, classes: 2 };

/** Figures that depend on the job alone, as those of a real run do. */
function pretend({ configuration, epochs, replicate }: Job): Outcome {
  const [width = 0] = configuration.layers;
  if (width === 6) return { diverged: "training diverged" };
  const noise = ((width * 7 + replicate * 13 + epochs * 3) % 5) / 100;
  return makeResult(0.5 + width / 20 + epochs / 100 + noise + (configuration.activation === "relu" ? 0.02 : 0));
}

/** Runs that end in a wild order. */
function startExecutor(lanes: number, before: (job: Job) => void = () => {}): Executor & { readonly jobs: string[] } {
  const jobs: string[] = [];
  return {
    lanes,
    about: "",
    jobs,
    async run(job) {
      jobs.push(jobKey(job));
      before(job);
      await setTimeout(((job.configuration.layers[0] ?? 0) * 3 + job.replicate * 5) % 7);
      return pretend(job);
    },
    close: async () => {},
  };
}

async function play(strategy: StrategyName, journal: Journal, executor: Executor, more = {}) {
  const rounds = planRounds(space, { strategy, trials: null, eta: 3, seed: 1 });
  return runStudy({ rounds, replicates: 2, journal, executor, ...more });
}

describe("runStudy", () => {
  it.each(["grid", "random", "halving", "hyperband"] as const)(
    "makes the same table of %s with any number of lanes",
    async (strategy) => {
      const tables = [];
      for (const lanes of [1, 2, 7]) {
        const journal = await openJournal(path(`${strategy}-${lanes}.jsonl`), identity);
        const executor = startExecutor(lanes);
        const results = await play(strategy, journal, executor);
        expect(new Set(executor.jobs).size).toBe(executor.jobs.length);
        tables.push(tableToCsv(makeTable(results ?? [], settings)));
        await journal.close();
      }
      expect(tables[0]).toMatch(/^1,(relu|tanh),5-5,/m);
      expect(tables[1]).toBe(tables[0]);
      expect(tables[2]).toBe(tables[0]);
    },
  );

  it("computes nothing twice that is in the journal, and ends with the same table", async () => {
    const whole = await openJournal(path("whole.jsonl"), identity);
    const expected = await play("halving", whole, startExecutor(2));
    const journal = await openJournal(path("parts.jsonl"), identity);
    const first = startExecutor(2, () => {
      if (first.jobs.length === 12) throw new Error("power cut");
    });
    await expect(play("halving", journal, first)).rejects.toThrow("power cut");
    const done = journal.size;
    expect(done).toBeGreaterThan(8);
    const second = startExecutor(3);
    expect(await play("halving", journal, second)).toEqual(expected);
    expect(second.jobs.length).toBe(whole.size - done);
  });

  it("begins no run after a stop", async () => {
    const journal = await openJournal(path("stopped.jsonl"), identity);
    const controller = new AbortController();
    const executor = startExecutor(2, () => {
      if (executor.jobs.length === 5) controller.abort();
    });
    expect(await play("grid", journal, executor, { stop: controller.signal })).toBeUndefined();
    expect(executor.jobs.length).toBe(5);
    expect(journal.size).toBe(5);
  });

  it("tells how far it has come", async () => {
    const journal = await openJournal(path("progress.jsonl"), identity);
    const seen: Progress[] = [];
    await play("grid", journal, startExecutor(2), { onRun: (progress: Progress) => seen.push(progress) });
    expect(seen.map(({ done }) => done)).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
    expect(seen.every(({ total }) => total === 24)).toBe(true);
    expect(seen.at(-1)?.share).toBeCloseTo(1, 12);
  });
});

describe("makeTable", () => {
  it("ranks by validation, compares with the best, and puts last what diverged", async () => {
    const journal = await openJournal(path("table.jsonl"), identity);
    const rows = makeTable((await play("grid", journal, startExecutor(2))) ?? [], settings);
    expect(rows.length).toBe(12);
    expect(rows[0]).toMatchObject({ rank: 1, name: "relu, 2 x 5", behind: undefined, diverged: 0 });
    expect(rows[0]?.test?.mean).toBeCloseTo((rows[0]?.validation?.mean ?? 0) - 0.01, 12);
    const means = rows.slice(0, 10).map(({ validation }) => validation?.mean ?? 0);
    expect([...means].sort((a, b) => b - a)).toEqual(means);
    for (const { behind } of rows.slice(1, 10)) {
      expect(behind?.difference).toBeGreaterThanOrEqual(0);
      expect(behind?.correctedP).toBeGreaterThanOrEqual(behind?.p ?? 2);
    }
    expect(rows.slice(10)).toMatchObject([
      { diverged: 2, validation: undefined, test: undefined },
      { diverged: 2, validation: undefined, test: undefined },
    ]);
    expect(tableToCsv(rows)).not.toContain("NaN");
    expect(tableToCsv(rows)).not.toMatch(/second/);
  });

  it("shows no test figures of runs that were stopped early, and puts them behind", async () => {
    const journal = await openJournal(path("early.jsonl"), identity);
    const rows = makeTable((await play("halving", journal, startExecutor(2))) ?? [], settings);
    expect(rows.map(({ epochs }) => epochs)).toEqual([9, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(rows.map(({ test }) => test !== undefined)).toEqual(rows.map(({ epochs }) => epochs === 9));
  });
});
