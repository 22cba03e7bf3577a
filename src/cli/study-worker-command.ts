/** `lanewise study-worker`: computes runs of a study that another machine leads. */
import { describeConfiguration } from "../study/configuration.js";
import { findStudy, help } from "../study/queue-worker.js";
import { hasDiverged } from "../study/run.js";
import { version } from "../version.js";
import { readImages, readLabels } from "./data-files.js";
import { exitCodeOf, listenForStop } from "./stop-signals.js";
import { loadStudyData } from "./study-data.js";
import { startLocalExecutor } from "./study-executor.js";
import { parseStudyWorkerOptions } from "./study-worker-options.js";
import { formatCount, formatFigure, formatSeconds } from "./tables.js";
import type { Terminal } from "./terminal.js";

/** @returns the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = parseStudyWorkerOptions(args);
  terminal.outlivesReader = true;
  const print = (line: string): void => {
    if (!options.quiet) terminal.line(line);
  };
  const { summary: images, array } = await readImages(options.images);
  const { summary: labels } = await readLabels(options.labels, array.shape[0] ?? 0);
  const stop = listenForStop(() => terminal.settle());
  const meeting = { url: options.redis, name: options.name, lease: options.lease };

  print(`Waiting for the study ${options.name}.`);
  const found = await findStudy(meeting, { version, images: images.sha256, labels: labels.sha256 }, stop);
  if (!found) return exitCodeOf(stop);
  const { plan, space } = found.identity;
  const { data } = await loadStudyData(options, plan, space.patience);
  const executor = await startLocalExecutor(options.workers, data, print);
  stop.addEventListener("abort", () => executor.close());
  print(`Helping on ${executor.about}.`);
  const runs = await help(found, executor, stop, ({ configuration, replicate }, outcome) => {
    const figures = hasDiverged(outcome)
      ? "diverged"
      : `val acc ${formatFigure(outcome.validation.accuracy)}  ${formatSeconds(outcome.timing.seconds).padStart(6)}`;
    const name = describeConfiguration(configuration, ["activation", "layers"]);
    print(`  ${name.padEnd(20).slice(0, 40)}  run ${replicate + 1}  ${figures}`);
  });
  print(`Computed ${formatCount(runs)} ${runs === 1 ? "run" : "runs"}.`);
  return exitCodeOf(stop);
}
