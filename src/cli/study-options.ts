/** The flags of `lanewise study`. */
import { availableParallelism } from "node:os";
import { STRATEGIES, type StrategyName } from "../study/strategies.js";
import { DEFAULT_IMAGES, DEFAULT_LABELS } from "./data-files.js";
import { type FlagValues, flag, optionalFlag, parseFlags, UsageError } from "./flags.js";
import { renderHelp } from "./help.js";
import { choice, integer, type Kind, path, percentages } from "./kinds.js";

export const redisUrl: Kind<string> = {
  expected: "an address such as redis://localhost:6379",
  read: (text) => (/^rediss?:\/\/[^\s]+$/.test(text) ? text : undefined),
};

export const studyName: Kind<string> = {
  expected: "a name of letters, digits and -",
  read: (text) => (/^[A-Za-z0-9-]{1,60}$/.test(text) ? text : undefined),
};

export const studyFlags = {
  images: flag("FILE", path, DEFAULT_IMAGES, "images: a .npy file of shape [n, ...]"),
  labels: flag("FILE", path, DEFAULT_LABELS, "their classes: a .npy file of n integers"),
  space: optionalFlag(
    "FILE",
    path,
    "what to try: JSON, or a JavaScript module, or from Node 22.18 on a TypeScript one (default relu, selu and tanh, 1 to 4 layers, 32 to 512 units)",
  ),
  strategy: flag("NAME", choice("strategy", STRATEGIES), "grid", `one of ${STRATEGIES.join(", ")}`),
  trials: optionalFlag(
    "N",
    integer(1),
    "draw N configurations at random (default 60 for random and for halving of ranges, else all)",
  ),
  eta: flag("N", integer(2), "3", "halving and hyperband keep one configuration in N"),
  epochs: optionalFlag("N", integer(1), "times through the training set (default as the space says, or 20)"),
  seeds: flag("N", integer(1), "4", "runs of each configuration, each with a seed and a split of its own"),
  folds: optionalFlag("K", integer(2), "each seed cuts K stratified folds, for K runs (default off)"),
  split: flag("PERCENT", percentages, "60,15,25", "share of training, validation and test in each class"),
  seed: flag("N", integer(0), "1", "fixes the whole study"),
  workers: flag("N", integer(1), `${availableParallelism()}`, "runs at a time; this machine's cores by default"),
  out: flag("DIR", path, "runs/study", "journal and results; an unfinished study there goes on"),
  redis: optionalFlag("URL", redisUrl, "let other machines compute, that lanewise study-worker runs on"),
  name: flag("NAME", studyName, "study", "the study's name there"),
  lease: flag("SECONDS", integer(1), "30", "how long the leading machine may be silent there"),
  quiet: { about: "print nothing but the winner, in one line" },
  help: { about: "print this", short: "h" },
} as const;

export type StudyOptions = Omit<FlagValues<typeof studyFlags>, "strategy"> & { readonly strategy: StrategyName };

/** @throws UsageError for a command line that makes no sense. */
export function parseStudyOptions(args: readonly string[]): StudyOptions {
  const options = parseFlags(studyFlags, args);
  const strategy = options.strategy as StrategyName;
  if (options.trials !== undefined && (strategy === "grid" || strategy === "hyperband")) {
    throw new UsageError(`--trials: ${strategy} has its own number of configurations; expected random or halving`);
  }
  return { ...options, strategy };
}

export function studyHelp(): string {
  return renderHelp({
    usage: "lanewise study [flags]",
    about:
      "Compares networks: each configuration of a space is trained with several seeds, on all cores. Validation data decides; " +
      "test data is held back for the final table. Every run that has ended is in the journal: after Ctrl-C, or anything " +
      "worse, the same command goes on. The same seed gives the same table.",
    flags: studyFlags,
    notes:
      "A space names settings, each with a value, a list of values, or a range { min, max, scale } to draw from: activation, " +
      "depth and width (or layers), initializer, normalization, dropout, augmentation, optimizer, learningRate, schedule, " +
      "weightDecay, labelSmoothing, averaging, batchSize; and epochs and patience.",
    examples: [
      "lanewise study --seeds 5 --out studies/digits",
      `echo '{ "width": [64, 256], "dropout": [0, 0.2, 0.4] }' > space.json`,
      "lanewise study --space space.json --strategy halving --out studies/dropout",
    ],
  });
}
