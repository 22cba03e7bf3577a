/** The flags of `lanewise predict`. */
import { type FlagValues, flag, optionalFlag, parseModelsAndFlags, requiredFlag } from "./flags.js";
import { renderHelp } from "./help.js";
import { fileOr, integer, path } from "./kinds.js";

export const predictFlags = {
  images: requiredFlag("FILE", path, "images: a .npy file of shape [n, ...]"),
  out: optionalFlag(
    "FILE",
    fileOr("standard output", ".npy", ".csv"),
    "write there: .npy gets all probabilities, [n, classes] float32; .csv, or - for standard output, gets text",
  ),
  top: flag("K", integer(1), "1", "the K most probable classes of each image"),
  probabilities: { about: "add the probabilities of all classes; in a table in percent" },
  quiet: { about: "print nothing but predictions" },
  help: { about: "print this", short: "h" },
} as const;

export type PredictOptions = FlagValues<typeof predictFlags> & { readonly models: readonly [string, ...string[]] };

/** @throws UsageError for a command line that makes no sense. */
export function parsePredictOptions(args: readonly string[]): PredictOptions {
  return parseModelsAndFlags(predictFlags, args);
}

export function predictHelp(): string {
  return renderHelp({
    usage: "lanewise predict MODEL... --images FILE [flags]",
    about:
      "Tells the class of each image and its probability, by a saved model: the directory that train --out has made, or a " +
      "model.json. Of several models the mean of their probabilities counts. In a terminal as a table, else as CSV: " +
      "row,class,probability.",
    flags: predictFlags,
    notes:
      "Images are given to the model as they are in the file: a model made by train scales them itself. Rows count from 0.",
    examples: [
      "lanewise predict runs/first --images new.npy",
      "lanewise predict runs/first --images new.npy --top 3 | head",
      "lanewise predict runs/first --images new.npy --out probabilities.npy",
    ],
  });
}
