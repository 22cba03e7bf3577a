/** Training as it goes: a line per epoch, with a bar that moves where the terminal can rewrite a line. */
import type { Callback, Logs } from "../index.js";
import { formatClock, formatCount, formatFigure, formatSeconds } from "./tables.js";
import type { Terminal } from "./terminal.js";

const COLUMNS = [
  ["loss", 7],
  ["accuracy", 8],
  ["val loss", 8],
  ["val acc", 7],
  ["samples/s", 9],
  ["time", 10],
] as const;

/** Milliseconds between two updates of a line. */
const INTERVAL = 100;
const LONGEST_BAR = 20;
/** Columns left free, so that a terminal that shows a Ctrl-C as ^C behind the line does not have to wrap it. */
const MARGIN = 3;

/** Prints headings, then a line for each epoch; in a terminal the line of the running epoch is updated in place. */
export function showProgress(terminal: Terminal): Callback {
  return ({ epochs, batchesPerEpoch = 1 }) => {
    const now = () => performance.now();
    const start = now();
    let epochStart = start;
    let lastUpdate = start;
    let currentEpoch = 0;
    let batches = 0;
    let samples = 0;
    let samplesPerSecond = 0;

    const line = (logs: Logs, time: string): string => {
      const { loss, accuracy, val_loss, val_accuracy } = logs;
      const figures = [loss, accuracy, val_loss, val_accuracy].map((value) =>
        value === undefined ? undefined : formatFigure(value),
      );
      const cells = [...figures, formatCount(samplesPerSecond), time];
      return formatLine(terminal, epochs, `${currentEpoch + 1}/${epochs}`, cells, batches / batchesPerEpoch);
    };
    const timeLeft = (): string => {
      const done = currentEpoch * batchesPerEpoch + batches;
      const all = epochs * batchesPerEpoch;
      return `${formatClock(Math.ceil(((now() - start) / 1000 / done) * (all - done)))} left`;
    };

    return {
      onTrainBegin() {
        const headings = COLUMNS.map(([heading]) => heading);
        terminal.line(terminal.style.dim(formatLine(terminal, epochs, "epoch", headings)));
      },
      onEpochBegin(epoch) {
        currentEpoch = epoch;
        epochStart = now();
        batches = 0;
        samples = 0;
      },
      onBatchEnd(_, logs) {
        batches++;
        samples += logs.size ?? 0;
        const time = now();
        samplesPerSecond = (samples / Math.max(time - epochStart, 0.001)) * 1000;
        if (!terminal.interactive || time - lastUpdate < INTERVAL) return;
        lastUpdate = time;
        terminal.update(line(logs, timeLeft()));
      },
      onEpochEnd(_, logs) {
        terminal.line(line(logs, formatSeconds((now() - epochStart) / 1000)));
      },
    };
  };
}

/** `done`, in [0, 1], is how far the bar has come; without it there is room for a bar. */
function formatLine(
  { interactive, columns, style }: Terminal,
  epochs: number,
  first: string,
  cells: readonly (string | undefined)[],
  done?: number,
): string {
  const left = first.padStart(Math.max("epoch".length, `${epochs}/${epochs}`.length));
  const right = COLUMNS.map(([, width], column) => `  ${(cells[column] ?? "").padStart(width)}`).join("");
  const length = Math.min(LONGEST_BAR, columns - MARGIN - left.length - 1 - right.length);
  if (!interactive || length < 1) return (left + right).slice(0, columns - MARGIN);
  const filled = Math.floor((done ?? 0) * length);
  const bar = style.green("━".repeat(filled)) + style.dim("─".repeat(length - filled));
  return `${left} ${done === undefined ? " ".repeat(length) : bar}${right}`;
}
