/** `lanewise train`: from two .npy files to a tested model. */

import { renderConfusion } from "./confusion-table.js";
import { loadData } from "./data.js";
import { compareMembers, testMembers, trainMembers } from "./ensemble.js";
import { prepareOutputs, saveOutputs } from "./outputs.js";
import { showProgress } from "./progress.js";
import {
  renderAccuracy,
  renderClasses,
  renderData,
  renderMembers,
  renderMistakes,
  renderPlace,
  renderPlan,
  renderRun,
} from "./report.js";
import { exitCodeOf, listenForStop } from "./stop-signals.js";
import type { Terminal } from "./terminal.js";
import { parseTrainOptions } from "./train-options.js";

/** @returns the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = parseTrainOptions(args);
  const places = [options.out, options.json, options.report].filter((place) => place !== undefined);
  terminal.outlivesReader = places.length > 0;
  const { style, columns } = terminal;
  const print = (...lines: readonly string[]): void => {
    if (!options.quiet) for (const line of lines) terminal.line(line);
  };

  const data = await loadData(options);
  await prepareOutputs(options);
  print(...renderData(data.summary, style), "");
  const stop = listenForStop(() => terminal.settle());
  const members = await trainMembers(data, options, {
    stop,
    onStart(number, model, seed) {
      if (options.quiet) return [];
      if (number === 0) {
        model.summary(print);
        print("", ...renderPlan(options, style), "");
      }
      if (options.ensemble > 1) print(`Network ${number + 1} of ${options.ensemble}, seed ${seed}`);
      return [showProgress(terminal)];
    },
  }).finally(() => terminal.settle());
  const test = await testMembers(members, data, "test");
  for (const { run } of members) print("", ...renderRun(run));
  const accuracies = options.ensemble > 1 ? await compareMembers(members, data) : undefined;
  if (accuracies) print("", ...renderMembers(members, accuracies, style));
  print("", ...renderConfusion(test.confusion, data.summary.classes, columns, style), "");
  print(...renderClasses(test, style), "");
  print(...renderMistakes(test, style), "");
  terminal.line(renderAccuracy("Test accuracy", test));
  await saveOutputs({ options, data: data.summary, members, accuracies, test });
  const [{ model, run, start }] = members;
  if (options.report !== undefined) {
    const { saveRunReport } = await import("./run-report.js");
    await saveRunReport(options.report, model, { options, data, run, start, args });
  }
  print(...places.map(renderPlace));
  return exitCodeOf(stop);
}
