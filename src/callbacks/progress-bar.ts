import { describe } from "../arrays.js";
import { checkOptions } from "../checks.js";
import type { Callback, Logs, PredictHooks, TestHooks } from "./callback.js";
import { formatExponential } from "./template.js";

/** The part of a terminal that is used here: `process.stdout` is one. */
export interface ProgressOutput {
  /** Whether a line can be rewritten in place. */
  readonly isTTY?: boolean;
  /** The width of a line. Default 80. */
  readonly columns?: number;
  write(text: string): unknown;
}

export interface ProgressBarOptions {
  /** Where to draw. Default: the terminal that the program runs in, if there is one. */
  readonly output?: ProgressOutput;
}

/** As in Keras. */
const BAR_WIDTH = 20;
/** Milliseconds between two updates of a line. */
const INTERVAL = 50;

/**
 * Draws a bar that moves with the batches, with the figures so far (Keras: ProgbarLogger), as `verbose: 1` does. Where no
 * line can be rewritten it prints a line on the console for each epoch, as `verbose: 2` does.
 *
 * @throws TypeError for options that are unknown or of another kind.
 */
export function progressBar(options: ProgressBarOptions = {}): Callback {
  checkOptions(options, ["output"], "progressBar");
  const { output = terminal() } = options;
  if (output !== undefined && typeof output?.write !== "function") {
    throw new TypeError(`progressBar: output: expected an object with the method write, got ${describe(output)}`);
  }
  return ofEpochs(output?.isTTY ? drawBar(output) : printLine);
}

/** What `fit` adds to the callbacks for its option `verbose`. */
export function progressCallbacks(verbose: number): Callback[] {
  return [[], [progressBar()], [ofEpochs(printLine)]][verbose] ?? [];
}

/** The same for `evaluate` and `predict`. */
export function measuringProgress(verbose: number, batches: number | undefined): (TestHooks & PredictHooks)[] {
  if (verbose === 0) return [];
  const output = terminal();
  if (verbose === 1 && output?.isTTY) {
    const bar = drawBar(output)(undefined, batches);
    return [
      {
        onTestBatchEnd: (batch, logs) => bar.update(batch + 1, logs),
        onTestEnd: (logs) => bar.end(logs),
        onPredictBatchEnd: (batch) => bar.update(batch + 1, {}),
        onPredictEnd: () => bar.end({}),
      },
    ];
  }
  const line = printLine(batches === undefined ? undefined : `${batches}/${batches}`, batches);
  return [{ onTestEnd: (logs) => line.end(logs), onPredictEnd: () => line.end({}) }];
}

function terminal(): ProgressOutput | undefined {
  return (globalThis as { process?: { stdout?: ProgressOutput } }).process?.stdout;
}

/** What is shown of some batches. */
interface Progress {
  update(batches: number, logs: Logs): void;
  end(logs: Logs): void;
}

/** Begins to show it; `batches` is undefined when only their end can tell. */
type ShowProgress = (name: string | undefined, batches: number | undefined) => Progress;

function ofEpochs(show: ShowProgress): Callback {
  return ({ epochs, batchesPerEpoch }) => {
    let progress: Progress | undefined;
    return {
      onEpochBegin(epoch) {
        progress = show(`Epoch ${epoch + 1}/${epochs}`, batchesPerEpoch);
      },
      onBatchEnd(batch, { batch: _, size, ...logs }) {
        progress?.update(batch + 1, logs);
      },
      onEpochEnd(_, logs) {
        progress?.end(logs);
      },
    };
  };
}

function drawBar(output: ProgressOutput): ShowProgress {
  return (name, total) => {
    const now = () => performance.now();
    const start = now();
    let lastUpdate = start;
    let batches = 0;
    const line = (time: string, logs: Logs): string => {
      const milliseconds = (now() - start) / Math.max(batches, 1);
      const bar = total === undefined ? "" : `/${total} ${formatBar(batches / total)}`;
      const count = `${batches}`.padStart(`${total ?? ""}`.length) + bar;
      return [`${count} ${time} ${formatStep(milliseconds)}`, ...formatFigures(logs)].join(" - ");
    };
    if (name !== undefined) output.write(`${name}\n`);
    return {
      update(done, logs) {
        batches = done;
        if (now() - lastUpdate < INTERVAL) return;
        lastUpdate = now();
        const left = (((total ?? batches) - batches) * (now() - start)) / batches;
        output.write(`\r${line(formatClock(left), logs).slice(0, (output.columns ?? 80) - 1)}\x1b[K`);
      },
      end(logs) {
        output.write(`\r${line(`${Math.round((now() - start) / 1000)}s`, logs)}\x1b[K\n`);
      },
    };
  };
}

/** A line on the console behind the last batch, as Keras's verbose=2. */
const printLine: ShowProgress = (name) => {
  const start = performance.now();
  return {
    update() {},
    end(logs) {
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log([...(name === undefined ? [] : [name]), `${seconds}s`, ...formatFigures(logs)].join(" - "));
    },
  };
};

function formatBar(done: number): string {
  const filled = Math.min(Math.floor(done * BAR_WIDTH), BAR_WIDTH);
  return "━".repeat(filled) + "─".repeat(BAR_WIDTH - filled);
}

function formatFigures(logs: Logs): string[] {
  return Object.entries(logs).map(([name, value]) => `${name}: ${formatFigure(value)}`);
}

/** Small figures, such as learning rates, with an exponent. */
function formatFigure(value: number): string {
  return value === 0 || Math.abs(value) > 1e-3 ? value.toFixed(4) : formatExponential(value, 4);
}

function formatStep(milliseconds: number): string {
  if (milliseconds >= 1000) return `${Math.round(milliseconds / 1000)}s/step`;
  return milliseconds >= 1 ? `${Math.round(milliseconds)}ms/step` : `${Math.round(milliseconds * 1000)}us/step`;
}

/** Seconds; minutes and seconds; or hours, minutes and seconds. */
function formatClock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const two = (value: number) => `${value % 60}`.padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (seconds > 3600) return `${Math.floor(minutes / 60)}:${two(minutes)}:${two(seconds)}`;
  return seconds > 60 ? `${minutes}:${two(seconds)}` : `${seconds}s`;
}
