/** `lanewise train`: from two .npy files to a tested model. */

import { renderConfusion } from "./confusion-table.js";
import { loadData } from "./data.js";
import { createModel } from "./model.js";
import { prepareOutputs, saveOutputs } from "./outputs.js";
import { showProgress } from "./progress.js";
import {
  renderAccuracy,
  renderClasses,
  renderData,
  renderMistakes,
  renderPlace,
  renderPlan,
  renderRun,
} from "./report.js";
import { exitCodeOf, listenForStop } from "./stop-signals.js";
import type { Terminal } from "./terminal.js";
import { testModel } from "./test-result.js";
import { train } from "./train.js";
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
  const model = createModel(options, data);
  if (!options.quiet) model.summary(print);
  print("", ...renderPlan(options, style), "");

  const start = model.getWeights();
  const stop = listenForStop(() => terminal.settle());
  const callbacks = options.quiet ? [] : [showProgress(terminal)];
  const run = await train(model, data, options, { callbacks, stop }).finally(() => terminal.settle());
  const test = await testModel({ model, classes: data.summary.classes, path: "the model" }, data.parts.test);
  print("", ...renderRun(run), "");
  print(...renderConfusion(test.confusion, data.summary.classes, columns, style), "");
  print(...renderClasses(test, style), "");
  print(...renderMistakes(test, style), "");
  terminal.line(renderAccuracy("Test accuracy", test));
  await saveOutputs(model, { options, data: data.summary, run, test });
  if (options.report !== undefined) {
    const { saveRunReport } = await import("./run-report.js");
    await saveRunReport(options.report, model, { options, data, run, start, args });
  }
  print(...places.map(renderPlace));
  return exitCodeOf(stop);
}
