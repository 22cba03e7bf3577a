import { describe, expect, it } from "vitest";
import { showStudyProgress } from "../../src/cli/study-progress.js";
import { createTerminal } from "../../src/cli/terminal.js";
import { makeJob, makeResult } from "../study/helpers.js";
import { fakeOutput, visibleLines, widest } from "./helpers.js";

/** Three of four runs, one second each. */
function play(output: ReturnType<typeof fakeOutput>): string {
  let time = 0;
  const show = showStudyProgress(createTerminal(output, "xterm"), 2, () => time);
  const outcomes = [makeResult(0.9), { diverged: "…" }, makeResult(0.95)];
  outcomes.forEach((outcome, index) => {
    time += 1000;
    show({ job: makeJob(64, index % 2), outcome, done: index + 1, total: 4, share: (index + 1) / 4 });
  });
  return output.written.join("");
}

describe("the progress of a study", () => {
  it("is one line that is rewritten in a terminal: runs, the best so far, the time left", () => {
    const text = play(fakeOutput({ isTTY: true, columns: 80 }));
    expect(text).not.toContain("\n");
    const lines = visibleLines(text).filter((line) => line !== "");
    expect(lines[0]).toMatch(/^1\/4 ━{5}─{15} best val acc 0\.9000 relu, 1 x 64 +3 s left$/);
    expect(lines[2]).toMatch(/^3\/4 ━{15}─{5} best val acc 0\.9500 relu, 1 x 64 +1 s left$/);
    expect(widest(text)).toBeLessThanOrEqual(77);
  });

  it("fits in a narrow terminal", () => {
    expect(widest(play(fakeOutput({ isTTY: true, columns: 50 })))).toBeLessThanOrEqual(50);
  });

  it("is a plain line for each run elsewhere", () => {
    expect(play(fakeOutput({})).split("\n")).toEqual([
      "1/4  relu, 1 x 64      run 1 of 2  val acc 0.9000  2.00 s            3 s left",
      "2/4  relu, 1 x 64      run 2 of 2  diverged                          2 s left",
      "3/4  relu, 1 x 64      run 1 of 2  val acc 0.9500  2.00 s            1 s left",
      "",
    ]);
  });
});
