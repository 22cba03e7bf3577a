import { appendFile, readFile, truncate, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { openJournal } from "../../src/study/journal.js";
import { defaultSpace } from "../../src/study/space.js";
import { identity, makeJob, makeResult, useDirectory } from "./helpers.js";

const path = useDirectory();

async function write(name: string, runs: number): Promise<string> {
  const journal = await openJournal(path(name), identity);
  for (let run = 0; run < runs; run++)
    await journal.append({ job: makeJob(8, run), outcome: makeResult(0.5 + run / 10) });
  await journal.close();
  return path(name);
}

describe("the journal", () => {
  it("gives back what was written, to the bit", async () => {
    const file = path("bits.jsonl");
    const journal = await openJournal(file, identity);
    const outcome = makeResult(0.1 + 0.2, Math.PI / 7);
    await journal.append({ job: makeJob(8), outcome });
    await journal.append({ job: makeJob(9), outcome: { diverged: "training diverged: …" } });
    await journal.close();
    const again = await openJournal(file, identity);
    expect(again.size).toBe(2);
    expect(again.find(makeJob(8))).toEqual(outcome);
    expect(again.find(makeJob(9))).toEqual({ diverged: "training diverged: …" });
    expect(again.find(makeJob(8, 1))).toBeUndefined();
    expect(again.find(makeJob(8, 0, 3))).toBeUndefined();
    await again.close();
  });

  it("is on the disk when append returns, a line each", async () => {
    const journal = await openJournal(path("at-once.jsonl"), identity);
    await Promise.all([1, 2, 3].map((width) => journal.append({ job: makeJob(width), outcome: makeResult(0.5) })));
    const lines = (await readFile(path("at-once.jsonl"), "utf8")).trimEnd().split("\n");
    expect(lines.length).toBe(4);
    expect(JSON.parse(lines[0] ?? "")).toEqual({ study: identity });
    expect(lines.slice(1).map((line) => JSON.parse(line).job.configuration.layers)).toEqual([[1], [2], [3]]);
    await journal.close();
  });

  it("counts a run that was computed twice once", async () => {
    const file = await write("twice.jsonl", 1);
    const journal = await openJournal(file, identity);
    await journal.append({ job: makeJob(8), outcome: makeResult(0.9) });
    expect(journal.size).toBe(1);
    expect(journal.find(makeJob(8))).toEqual(makeResult(0.5));
    await journal.close();
  });

  it("drops a last line that is torn, wherever, and goes on behind the one before", async () => {
    const whole = await readFile(await write("whole.jsonl", 2));
    const text = whole.toString();
    const lastLine = text.lastIndexOf("\n", text.length - 2) + 1;
    for (const length of [lastLine, lastLine + 1, lastLine + 40, whole.length - 1]) {
      const file = path(`torn-${length}.jsonl`);
      await writeFile(file, whole);
      await truncate(file, length);
      const journal = await openJournal(file, identity);
      expect(journal.size).toBe(1);
      await journal.append({ job: makeJob(8, 1), outcome: makeResult(0.6) });
      await journal.close();
      expect(await readFile(file, "utf8")).toBe(text);
    }
  });

  it("begins anew when not even its first line was finished", async () => {
    await writeFile(path("begun.jsonl"), '{"study":{"ver');
    const journal = await openJournal(path("begun.jsonl"), identity);
    expect(journal.size).toBe(0);
    await journal.close();
    expect(JSON.parse(await readFile(path("begun.jsonl"), "utf8"))).toEqual({ study: identity });
  });

  it("is refused for another study, with what differs", async () => {
    const file = await write("other.jsonl", 1);
    const open = (changes: object) => openJournal(file, { ...identity, ...changes });
    await expect(open({ version: "2" })).rejects.toThrow(
      "another study (version of lanewise: 1, not 2); give this one a",
    );
    await expect(open({ images: "c".repeat(64) })).rejects.toThrow("images (sha256): aaaa");
    await expect(open({ space: { ...defaultSpace, epochs: 7 } })).rejects.toThrow("space: epochs 20, not 7");
    await expect(open({ plan: { ...identity.plan, seed: 9 } })).rejects.toThrow("plan: seed 1, not 9");
    await expect(open({})).resolves.toMatchObject({ size: 1 });
  });

  it("is refused where it is damaged in its midst, or none", async () => {
    const file = await write("damaged.jsonl", 2);
    const lines = (await readFile(file, "utf8")).split("\n");
    await writeFile(file, [lines[0], "{oh", ...lines.slice(2)].join("\n"));
    await expect(openJournal(file, identity)).rejects.toThrow(
      "line 2 is damaged; delete the line, and the run is done again",
    );
    await writeFile(file, [lines[0], ...lines.slice(2)].join("\n"));
    const journal = await openJournal(file, identity);
    expect(journal.size).toBe(1);
    await journal.close();
    await writeFile(file, ["{oh", ...lines.slice(1)].join("\n"));
    await expect(openJournal(file, identity)).rejects.toThrow("line 1 is damaged, which says what the study is; give");
    await writeFile(file, `${lines[0]}\n{"job":1}\n`);
    await expect(openJournal(file, identity)).rejects.toThrow("line 2 is no run of a study");
    await writeFile(file, "{}\n");
    await expect(openJournal(file, identity)).rejects.toThrow("this is no journal of a study");
    await appendFile(path("list.jsonl"), "[]\n[]\n");
    await expect(openJournal(path("list.jsonl"), identity)).rejects.toThrow("this is no journal of a study");
  });

  it("says why it cannot be written", async () => {
    await expect(openJournal(path("no/such/folder.jsonl"), identity)).rejects.toThrow("directory does not exist");
    await expect(openJournal(path("."), identity)).rejects.toThrow("cannot read");
  });
});
