/** A study as it goes: in a terminal one line that is rewritten, elsewhere a line for each run. */
import { describeConfiguration } from "../study/configuration.js";
import { hasDiverged } from "../study/run.js";
import type { Progress } from "../study/study.js";
import { formatClock, formatFigure, formatSeconds } from "./tables.js";
import type { Terminal } from "./terminal.js";

const BAR = 20;
/** Columns left free for a ^C behind the line. */
const MARGIN = 3;

/** @param now In milliseconds. */
export function showStudyProgress(terminal: Terminal, replicates: number, now: () => number = () => performance.now()) {
  const { style, columns, interactive } = terminal;
  const start = now();
  let best: { readonly accuracy: number; readonly name: string } | undefined;

  return ({ job, outcome, done, total, share }: Progress): void => {
    const name = describeConfiguration(job.configuration, ["activation", "layers"]);
    const accuracy = hasDiverged(outcome) ? undefined : outcome.validation.accuracy;
    if (accuracy !== undefined && (!best || accuracy > best.accuracy)) best = { accuracy, name };
    const left = ((now() - start) / 1000 / share) * (1 - share);
    const time = share < 1 ? `${formatClock(Math.ceil(left))} left` : "";
    const count = `${`${done}`.padStart(`${total}`.length)}/${total}`;
    if (!interactive) {
      const figures = hasDiverged(outcome)
        ? "diverged"
        : `val acc ${formatFigure(outcome.validation.accuracy)}  ${formatSeconds(outcome.timing.seconds).padStart(6)}`;
      const which = `run ${job.replicate + 1} of ${replicates}`;
      terminal.line(fit(`${count}  ${name.padEnd(16)}  ${which}  ${figures}`, time.padStart(10), columns - MARGIN));
      return;
    }
    const filled = Math.floor((done / total) * BAR);
    const bar = style.green("━".repeat(filled)) + style.dim("─".repeat(BAR - filled));
    const leader = best ? `best val acc ${formatFigure(best.accuracy)} ${best.name}` : "";
    const room = columns - MARGIN - count.length - BAR - 2;
    terminal.update(`${count} ${bar} ${fit(leader, time, room)}`);
  };
}

/** The left text, shortened if need be, and the right one at the end of the line. */
function fit(left: string, right: string, width: number): string {
  const room = width - right.length - 1;
  const text = left.length > room ? `${left.slice(0, Math.max(0, room - 1))}…` : left.padEnd(room);
  return `${text} ${right}`.trimEnd();
}
