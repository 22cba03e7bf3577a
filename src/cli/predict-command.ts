/** `lanewise predict`: the class of each image, by a saved model. */
import { setImmediate } from "node:timers/promises";
import { writeFiles } from "../files/write.js";
import { encodeNpy } from "../index.js";
import { fitImages, loadClassifiers, predictProbabilities } from "./classifier.js";
import { readImages } from "./data-files.js";
import { UsageError } from "./flags.js";
import { prepareFile } from "./outputs.js";
import { parsePredictOptions } from "./predict-options.js";
import { csvLines, type Predictions, renderPredictions } from "./predictions.js";
import { renderInput, renderPlace } from "./report.js";
import { finishBeforeStop } from "./stop-signals.js";
import type { Terminal } from "./terminal.js";

/** Lines that are printed at a time. Between two parts the program can hear that nobody reads any more. */
const LINES = 1000;

/** @returns the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { models, images: imagesPath, out, top, probabilities: all, quiet } = parsePredictOptions(args);
  const file = out === "-" ? undefined : out;
  terminal.outlivesReader = file !== undefined;

  const classifiers = await loadClassifiers(models);
  const [classifier] = classifiers;
  const { classes, path } = classifier;
  if (top > classes.length) {
    throw new UsageError(`--top: expected at most ${classes.length}, the number of classes of ${path}, got ${top}`);
  }
  const images = await readImages(imagesPath);
  const x = fitImages(images, classifier);
  if (file !== undefined) await prepareFile(file);
  const isTable = out === undefined && terminal.interactive;
  if (!quiet && (isTable || file !== undefined)) {
    for (const line of renderInput(classifiers, images, terminal.style)) terminal.line(line);
    terminal.line();
  }

  const predictions: Predictions = { probabilities: await predictProbabilities(classifiers, x), classes, top, all };
  if (file === undefined) {
    await printAll(terminal, predictions, isTable);
    return 0;
  }
  const code = await finishBeforeStop(() => writeFiles([{ path: file, bytes: encode(predictions, file) }]));
  if (!quiet) terminal.line(renderPlace(file));
  return code;
}

function encode(predictions: Predictions, path: string): Uint8Array {
  if (path.toLowerCase().endsWith(".npy")) return encodeNpy(predictions.probabilities);
  return new TextEncoder().encode(`${[...csvLines(predictions)].join("\n")}\n`);
}

/** As a table, where it is wanted and has room in the terminal, else as CSV. */
async function printAll(terminal: Terminal, predictions: Predictions, isTable: boolean): Promise<void> {
  const table = isTable ? renderPredictions(predictions, terminal.columns, terminal.style) : undefined;
  let part: string[] = [];
  for (const line of table ?? csvLines(predictions)) {
    part.push(line);
    if (part.length < LINES) continue;
    terminal.line(part.join("\n"));
    part = [];
    await setImmediate();
  }
  if (part.length > 0) terminal.line(part.join("\n"));
}
