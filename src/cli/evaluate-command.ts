/** `lanewise evaluate`: how well a saved model does on images with labels. */
import { LanewiseError } from "../errors.js";
import { type NDArray, ndarray } from "../index.js";
import { type Classifier, fitImages, loadClassifiers } from "./classifier.js";
import { renderConfusion } from "./confusion-table.js";
import { readImages, readLabels } from "./data-files.js";
import { parseEvaluateOptions } from "./evaluate-options.js";
import { describeEnvironment, prepareFile, saveJson } from "./outputs.js";
import { renderAccuracy, renderClasses, renderInput, renderMistakes, renderPlace } from "./report.js";
import { finishBeforeStop } from "./stop-signals.js";
import { formatCount, formatFile } from "./tables.js";
import type { Terminal } from "./terminal.js";
import { testModels } from "./test-result.js";

/** @returns the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { quiet, help: _, json, ...options } = parseEvaluateOptions(args);
  terminal.outlivesReader = json !== undefined;
  const { style, columns } = terminal;
  const print = (...lines: readonly string[]): void => {
    if (!quiet) for (const line of lines) terminal.line(line);
  };

  const classifiers = await loadClassifiers(options.models);
  const [classifier] = classifiers;
  const { classes } = classifier;
  const images = await readImages(options.images);
  const x = fitImages(images, classifier);
  const labels = await readLabels(options.labels, x.shape[0] ?? 0);
  const y = encodeLabels(labels.array, classifier, options.labels);
  if (json !== undefined) await prepareFile(json);
  print(...renderInput(classifiers, images, style));
  print(formatFile("Labels", options.labels, `${formatCount(new Set(y.data).size)} classes`, style), "");

  const rows = Uint32Array.from(y.data, (_, row) => row);
  const test = await testModels(classifiers, { x, y, rows });
  print(...renderConfusion(test.confusion, classes, columns, style), "");
  print(...renderClasses(test, style), "");
  print(...renderMistakes(test, style), "");
  terminal.line(renderAccuracy("Accuracy", test));
  if (json === undefined) return 0;
  const data = { images: images.summary, labels: labels.summary, classes };
  const report = { config: { ...options, json }, data, test, environment: describeEnvironment() };
  const code = await finishBeforeStop(() => saveJson(json, report));
  print(renderPlace(json));
  return code;
}

/** @throws LanewiseError that names the file for a label that the model does not know. */
function encodeLabels(labels: NDArray, { classes, path }: Classifier, labelsPath: string): NDArray<Int32Array> {
  const numbers = new Map(classes.map((label, number) => [label, number]));
  const bad = labels.data.findIndex((label) => !numbers.has(label));
  if (bad >= 0) {
    const known = classes.slice(0, 10).join(", ") + (classes.length > 10 ? ", …" : "");
    throw new LanewiseError(
      `${labelsPath}: expected the ${classes.length} classes of ${path}, ${known}; got ${labels.data[bad]} in row ${bad}`,
    );
  }
  return ndarray(Int32Array.from(labels.data, (label) => numbers.get(label) ?? 0));
}
