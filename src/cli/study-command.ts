/** `lanewise study`: which network is the best for the data at hand. */
import { join } from "node:path";
import { LanewiseError } from "../errors.js";
import type { Executor } from "../study/executor.js";
import type { Identity } from "../study/identity.js";
import { type Journal, openJournal } from "../study/journal.js";
import { countReplicates } from "../study/replicates.js";
import { defaultSpace, type Space } from "../study/space.js";
import { planRounds } from "../study/strategies.js";
import { runStudy } from "../study/study.js";
import { makeTable } from "../study/table.js";
import { version } from "../version.js";
import { prepareDirectory } from "./outputs.js";
import { renderPlace } from "./report.js";
import { describeReproduction } from "./reproduction.js";
import { loadSpace } from "./space-file.js";
import { exitCodeOf, listenForStop } from "./stop-signals.js";
import { loadStudyData, type StudyFiles } from "./study-data.js";
import { startLocalExecutor } from "./study-executor.js";
import { parseStudyOptions, type StudyOptions } from "./study-options.js";
import { examineWinner, saveStudyReport, saveTable } from "./study-outputs.js";
import { showStudyProgress } from "./study-progress.js";
import { renderStudyPlan, renderStudyTable, renderWinner } from "./study-screen.js";
import { formatCount, shorten } from "./tables.js";
import type { Terminal } from "./terminal.js";

/** @returns the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = parseStudyOptions(args);
  terminal.outlivesReader = true;
  const print = (...lines: readonly string[]): void => {
    if (!options.quiet) for (const line of lines) terminal.line(line);
  };

  const space = await chooseSpace(options);
  const { strategy, trials = null, eta, seed, seeds, folds = 0, split } = options;
  const plan = { strategy, trials, eta, seed, seeds, folds, split };
  const rounds = planRounds(space, plan);
  const files = await loadStudyData(options, plan, space.patience);
  const { images, labels } = files;
  const identity: Identity = { version, images: images.sha256, labels: labels.sha256, space, plan };
  await prepareDirectory(options.out);
  const journal = await openJournal(join(options.out, "journal.jsonl"), identity);
  print(...renderStudyPlan(files, space, plan, terminal.style));

  const stop = listenForStop(() => terminal.settle());
  const executor = await startExecutor(options, identity, files, print);
  stop.addEventListener("abort", () => executor.close());
  if (journal.size > 0) print("", `${formatCount(journal.size)} runs are in the journal already.`);
  print("");
  const replicates = countReplicates(plan);
  const onRun = options.quiet ? () => {} : showStudyProgress(terminal, replicates);
  const results = await runStudy({ rounds, replicates, journal, executor, onRun, stop }).finally(async () => {
    terminal.settle();
    await executor.close();
    await journal.close();
  });
  if (!results) {
    print(`Stopped. ${describeJournal(journal)}; the same command goes on from there.`);
    return exitCodeOf(stop);
  }

  const { data, sizes } = files;
  const overlap = sizes.validation / sizes.train;
  const inputs = data.task.inputShape.reduce((product, length) => product * length, 1);
  const classes = data.task.classes.length;
  const settings = { epochs: space.epochs, overlap, inputs, classes };
  const rows = makeTable(results, settings);
  const shortest = Math.min(...results.map(({ epochs }) => epochs));
  const compared = makeTable(
    results.filter(({ epochs }) => epochs === shortest),
    settings,
  );
  await saveTable(options.out, rows);
  print("", ...renderStudyTable(rows, terminal.style), "");
  const [best] = rows;
  if (!best?.validation)
    throw new LanewiseError("every run has diverged; expected a smaller learning rate to do better");
  terminal.line(renderWinner(best));
  const examination = await examineWinner(best, data, options.out);
  const reproduction = describeReproduction("study", args, seed, [images, labels]);
  const { epochs } = space;
  const workers = executor.about;
  await saveStudyReport(options.out, { rows, compared, epochs, replicates, sizes, examination, workers, reproduction });
  print(renderPlace(join(options.out, "report.html")));
  return exitCodeOf(stop);
}

async function chooseSpace({ space: path, epochs }: StudyOptions): Promise<Space> {
  const space = path === undefined ? defaultSpace : await loadSpace(path);
  return epochs === undefined ? space : { ...space, epochs };
}

/** Other machines, or this one. */
async function startExecutor(
  { redis: url, name, lease, workers }: StudyOptions,
  identity: Identity,
  { data }: StudyFiles,
  print: (...lines: readonly string[]) => void,
): Promise<Executor> {
  if (url === undefined) return startLocalExecutor(workers, data, print);
  const { startQueue } = await import("../study/queue.js");
  const executor = await startQueue({ url, name, lease }, identity);
  print("", `Waiting for machines with: lanewise study-worker --redis URL${name === "study" ? "" : ` --name ${name}`}`);
  return executor;
}

function describeJournal({ size, path }: Journal): string {
  return `${formatCount(size)} ${size === 1 ? "run is" : "runs are"} in ${shorten(path, 40)}`;
}
