/** The flags of `lanewise train`. */
import { AUGMENTATIONS, type Configuration, NORMALIZATIONS, SCHEDULES } from "../study/configuration.js";
import {
  defaultInitializer,
  defaultRate,
  hiddenActivations,
  initializerNames,
  optimizerNames,
} from "../study/defaults.js";
import { DEFAULT_IMAGES, DEFAULT_LABELS } from "./data-files.js";
import { type FlagValues, flag, optionalFlag, parseFlags, UsageError } from "./flags.js";
import { renderHelp } from "./help.js";
import { choice, integer, number, path, percentages, widths } from "./kinds.js";
import { recipes } from "./recipes.js";

export const trainFlags = {
  recipe: optionalFlag(
    "NAME",
    choice("recipe", Object.keys(recipes)),
    `flags that go well together, before those that are given: ${Object.keys(recipes).join(", ")}`,
  ),
  images: flag("FILE", path, DEFAULT_IMAGES, "images: a .npy file of shape [n, ...]"),
  labels: flag("FILE", path, DEFAULT_LABELS, "their classes: a .npy file of n integers"),
  layers: flag("WIDTHS", widths, "256,128", "widths of the hidden layers, or none"),
  activation: flag(
    "NAME",
    choice("activation", hiddenActivations),
    "relu",
    `of the hidden layers: ${hiddenActivations.join(", ")}`,
  ),
  initializer: optionalFlag(
    "NAME",
    choice("initializer", initializerNames),
    `of the hidden layers' weights: ${initializerNames.join(", ")} ` +
      "(default heNormal for relu and elu, lecunNormal for selu, else glorotUniform)",
  ),
  normalization: flag("NAME", choice("normalization", NORMALIZATIONS), "none", `one of ${NORMALIZATIONS.join(", ")}`),
  augmentation: flag("NAME", choice("augmentation", AUGMENTATIONS), "none", `one of ${AUGMENTATIONS.join(", ")}`),
  optimizer: flag("NAME", choice("optimizer", optimizerNames), "adam", `one of ${optimizerNames.join(", ")}`),
  learningRate: optionalFlag(
    "X",
    number("a number above 0", (value) => value > 0),
    `step size (default ${defaultRates()})`,
  ),
  schedule: flag("NAME", choice("schedule", SCHEDULES), "constant", `of the step size: ${SCHEDULES.join(", ")}`),
  weightDecay: flag(
    "X",
    number("a number of at least 0", (value) => value >= 0),
    "0",
    "share of each weight that a step takes off, times the step size",
  ),
  labelSmoothing: flag(
    "X",
    number("a number in [0, 1)", (value) => value >= 0 && value < 1),
    "0",
    "share of each target that is spread over all classes",
  ),
  averaging: flag(
    "X",
    number("a number in [0, 1)", (value) => value >= 0 && value < 1),
    "0",
    "momentum of a moving average of the weights, which is used in their place",
  ),
  batchSize: flag("N", integer(1), "64", "samples per step"),
  epochs: flag("N", integer(1), "20", "times through the training set"),
  dropout: flag(
    "X",
    number("a number in [0, 1)", (value) => value >= 0 && value < 1),
    "0",
    "share of values dropped after each hidden layer; alpha dropout for selu",
  ),
  split: flag("PERCENT", percentages, "60,15,25", "share of training, validation and test in each class"),
  seed: flag("N", integer(0), "1", "fixes the split, the weights and the order of samples"),
  ensemble: flag("N", integer(1), "1", "train N networks from seeds of their own, and ask them together"),
  patience: optionalFlag(
    "N",
    integer(1),
    "stop after N epochs without a lower validation loss, and keep the weights of the best epoch (default off)",
  ),
  out: optionalFlag("DIR", path, "save the model and history.json there, or in network-1 and so on"),
  json: optionalFlag("FILE", path, "write all figures there"),
  report: { ...optionalFlag("[FILE]", path, "write a page about the run there (report.html)"), bare: "report.html" },
  quiet: { about: "print nothing but the test result, in one line" },
  help: { about: "print this", short: "h" },
} as const;

/** The flags' values with every default filled in. */
export type TrainOptions = FlagValues<typeof trainFlags> &
  Pick<Configuration, "normalization" | "augmentation" | "schedule" | "initializer" | "learningRate">;

/** @throws UsageError for a command line that makes no sense. */
export function parseTrainOptions(args: readonly string[]): TrainOptions {
  const { recipe } = parseFlags(trainFlags, args);
  const given = parseFlags(trainFlags, [...(recipe === undefined ? [] : (recipes[recipe] ?? [])), ...args]);
  if (given.report !== undefined && given.ensemble > 1) {
    throw new UsageError("--report: the page is about one network, expected no --ensemble");
  }
  return {
    ...(given as Omit<typeof given, keyof Configuration> & Configuration),
    initializer: given.initializer ?? defaultInitializer(given.activation),
    learningRate: given.learningRate ?? defaultRate(given.optimizer),
  };
}

export function trainHelp(): string {
  return renderHelp({
    usage: "lanewise train [flags]",
    about:
      "Trains a dense network to tell classes of images apart, and tests it on images held back. Ctrl-C ends training " +
      "early with the best weights so far, and still reports and saves.",
    flags: trainFlags,
    notes:
      "Bytes (uint8) are divided by 255. Other values are taken as they are, unless they are raw intensities, the " +
      "largest above 10: those are divided by the largest. Flags that npm is to hand on stand behind a lone --:",
    examples: ["npm run train -- --layers 512 --dropout 0.2 --patience 5 --out runs/first"],
  });
}

function defaultRates(): string {
  const usual = defaultRate("adam");
  const others = optimizerNames.filter((name) => defaultRate(name) !== usual);
  return [...others.map((name) => `${defaultRate(name)} for ${name}`), `else ${usual}`].join(", ");
}
