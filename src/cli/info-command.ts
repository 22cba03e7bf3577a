/** `lanewise info`: what is in a file. */
import { stat } from "node:fs/promises";
import { loadNpy, Sequential } from "../index.js";
import { renderArray, summarizeArray } from "./array-info.js";
import { parseInfoOptions } from "./info-options.js";
import { renderModel, summarizeModel } from "./model-info.js";
import type { Terminal } from "./terminal.js";

/** @returns the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { paths, quiet } = parseInfoOptions(args);
  for (const [index, path] of paths.entries()) {
    if (index > 0 && !quiet) terminal.line();
    for (const line of await describeFile(path, quiet, terminal)) terminal.line(line);
  }
  return 0;
}

async function describeFile(path: string, quiet: boolean, { style, columns }: Terminal): Promise<string[]> {
  if (await isModel(path)) {
    const model = await Sequential.load(path);
    return quiet ? [`${path}: ${summarizeModel(model)}`] : renderModel(path, model, style);
  }
  const array = await loadNpy(path);
  return quiet ? [`${path}: ${summarizeArray(array)}`] : renderArray(path, array, columns, style);
}

/** What is neither there nor a model is taken for an array, whose reading says what is wrong. */
async function isModel(path: string): Promise<boolean> {
  if (/\.json$/i.test(path)) return true;
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
