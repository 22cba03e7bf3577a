import { describe, expect, it, vi } from "vitest";
import type { TrainingRun } from "../../src/callbacks/callback.js";
import { showProgress } from "../../src/cli/progress.js";
import { createTerminal, type Output } from "../../src/cli/terminal.js";
import { fakeOutput, visibleLines, widest } from "./helpers.js";

/** Two epochs of 10 batches of 6 samples, 60 ms each; the second ends after 5 batches. */
async function play(output: Output, { epochs = 2, loss = 0.5 } = {}): Promise<void> {
  vi.useFakeTimers();
  const wait = () => vi.advanceTimersByTime(60);
  const run = { epochs, batchesPerEpoch: 10, model: {} } as TrainingRun;
  const callback = showProgress(createTerminal(output, "xterm"));
  const hooks = typeof callback === "function" ? callback(run) : callback;
  await hooks.onTrainBegin?.();
  for (let epoch = 0; epoch < 2; epoch++) {
    await hooks.onEpochBegin?.(epoch);
    for (let batch = 0; batch < (epoch === 0 ? 10 : 5); batch++) {
      wait();
      await hooks.onBatchEnd?.(batch, { batch, size: 6, loss, accuracy: 0.75 });
    }
    wait();
    await hooks.onEpochEnd?.(epoch, { loss, accuracy: 0.75, val_loss: loss / 2, val_accuracy: 0.8125 });
  }
  vi.useRealTimers();
}

describe("showProgress", () => {
  it("prints a line per epoch where there is no terminal", async () => {
    const output = fakeOutput({});
    await play(output);
    expect(output.written).toEqual([
      "epoch     loss  accuracy  val loss  val acc  samples/s        time\n",
      "  1/2   0.5000    0.7500    0.2500   0.8125        100      0.66 s\n",
      "  2/2   0.5000    0.7500    0.2500   0.8125        100      0.36 s\n",
    ]);
  });

  it("updates the line in a terminal, at most ten times a second, with a bar and the time left", async () => {
    const output = fakeOutput({ isTTY: true, columns: 80 });
    await play(output);
    // At 120, 240, … ms of the first epoch's 600
    expect(output.written.slice(1, 6).every((text) => text.startsWith("\r\x1b[K") && !text.includes("\n"))).toBe(true);
    expect(output.written[6]).toContain("0.66 s\n");
    expect(visibleLines(output.written.join(""))).toEqual([
      "epoch                loss  accuracy  val loss  val acc  samples/s        time",
      "",
      "  1/2 ━━────────   0.5000    0.7500                           100    2 s left",
      "  1/2 ━━━━──────   0.5000    0.7500                           100    1 s left",
      "  1/2 ━━━━━━────   0.5000    0.7500                           100    1 s left",
      "  1/2 ━━━━━━━━──   0.5000    0.7500                           100    1 s left",
      "  1/2 ━━━━━━━━━━   0.5000    0.7500                           100    1 s left",
      "  1/2 ━━━━━━━━━━   0.5000    0.7500    0.2500   0.8125        100      0.66 s",
      "",
      "  2/2 ━─────────   0.5000    0.7500                           100    1 s left",
      "  2/2 ━━━───────   0.5000    0.7500                           100    1 s left",
      "  2/2 ━━━━━─────   0.5000    0.7500                           100    1 s left",
      "  2/2 ━━━━━─────   0.5000    0.7500    0.2500   0.8125        100      0.36 s",
      "",
    ]);
  });

  it.each([
    [80, 2, 0.5],
    [80, 2, 1e30],
    [80, 100_000, 0.5],
    [300, 2, 0.5],
    [40, 2, 0.5],
    [10, 2, 0.5],
  ])("leaves room for ^C in %d columns with %d epochs and a loss of %d", async (columns, epochs, loss) => {
    const output = fakeOutput({ isTTY: true, columns, colours: true });
    await play(output, { epochs, loss });
    expect(widest(output.written.join(""))).toBeLessThanOrEqual(Math.min(columns, 80) - 3);
  });
});

describe("createTerminal", () => {
  it("has colours where the terminal has them", () => {
    const style = (colours: boolean, isTTY = true) =>
      createTerminal(fakeOutput({ isTTY, colours }), "xterm").style.bold("a");
    expect(style(true)).toBe("\x1b[1ma\x1b[22m");
    expect(style(false)).toBe("a");
    expect(style(true, false)).toBe("a");
  });

  it("rewrites no line of a dumb terminal", () => {
    expect(createTerminal(fakeOutput({ isTTY: true }), "dumb").interactive).toBe(false);
  });

  it("has 80 columns where the terminal does not know its size", () => {
    expect(createTerminal(fakeOutput({ isTTY: true, columns: 0 }), "xterm").columns).toBe(80);
    expect(createTerminal(fakeOutput({ isTTY: true, columns: 300 }), "xterm").columns).toBe(80);
    expect(createTerminal(fakeOutput({ isTTY: true, columns: 60 }), "xterm").columns).toBe(60);
  });

  it("leaves a line that was being updated before an error is printed", () => {
    const output = fakeOutput({ isTTY: true });
    const terminal = createTerminal(output, "xterm");
    terminal.update("half");
    terminal.settle();
    terminal.settle();
    expect(output.written.join("")).toBe("\r\x1b[Khalf\n");
  });
});
