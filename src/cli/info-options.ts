/** The flags of `lanewise info`. */
import { type FlagValues, parseArguments, UsageError } from "./flags.js";
import { renderHelp } from "./help.js";

export const infoFlags = {
  quiet: { about: "print one line for each file" },
  help: { about: "print this", short: "h" },
} as const;

export type InfoOptions = FlagValues<typeof infoFlags> & { readonly paths: readonly string[] };

/** @throws UsageError for a command line that makes no sense. */
export function parseInfoOptions(args: readonly string[]): InfoOptions {
  const { values, operands: paths } = parseArguments(infoFlags, args);
  if (paths.length === 0) throw new UsageError("expected a FILE: a saved model or a .npy file");
  if (paths.includes("")) throw new UsageError('expected a FILE, got ""');
  return { ...values, paths };
}

export function infoHelp(): string {
  return renderHelp({
    usage: "lanewise info FILE... [flags]",
    about:
      "Tells what is in saved models and .npy files. Of a model, a directory or a model.json: its layers, their shapes and " +
      "parameters, and what it was compiled with. Of an array: type, shape and values.",
    flags: infoFlags,
    notes: "Labels are counted by class, and of images the first ones are drawn.",
    examples: ["lanewise info runs/first", "lanewise info data/images.npy data/labels.npy"],
  });
}
