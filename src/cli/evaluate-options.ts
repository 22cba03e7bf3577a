/** The flags of `lanewise evaluate`. */
import { type FlagValues, optionalFlag, parseModelsAndFlags, requiredFlag } from "./flags.js";
import { renderHelp } from "./help.js";
import { path } from "./kinds.js";

export const evaluateFlags = {
  images: requiredFlag("FILE", path, "images: a .npy file of shape [n, ...]"),
  labels: requiredFlag("FILE", path, "their classes: a .npy file of n integers"),
  json: optionalFlag("FILE", path, "write all figures there"),
  quiet: { about: "print nothing but the result, in one line" },
  help: { about: "print this", short: "h" },
} as const;

export type EvaluateOptions = FlagValues<typeof evaluateFlags> & { readonly models: readonly [string, ...string[]] };

/** @throws UsageError for a command line that makes no sense. */
export function parseEvaluateOptions(args: readonly string[]): EvaluateOptions {
  return parseModelsAndFlags(evaluateFlags, args);
}

export function evaluateHelp(): string {
  return renderHelp({
    usage: "lanewise evaluate MODEL... --images FILE --labels FILE [flags]",
    about:
      "Measures a saved model, the directory that train --out has made or a model.json, on images that it was not trained " +
      "on: loss, accuracy, confusion matrix, precision, recall and F1 of each class, and the worst mistakes. Several models " +
      "are asked together: the mean of their probabilities counts.",
    flags: evaluateFlags,
    notes:
      "Images are given to the model as they are in the file: a model made by train scales them itself. Labels are those " +
      "that it was trained with, or class numbers from 0 for a model that knows none.",
    examples: [
      "lanewise evaluate runs/first --images new.npy --labels new-labels.npy",
      "lanewise evaluate runs/first --images a.npy --labels b.npy --json report.json",
    ],
  });
}
