/** The final table: what every configuration reached, and which differences mean something. */
import { type Configuration, describeConfiguration, varyingSettings } from "./configuration.js";
import { multiplications } from "./cost.js";
import { rankTrials, resultsOf, type TrialOutcomes } from "./ranking.js";
import { correctForMany, meanOf, type PairedTest, pairedTest, type Summary, summarize } from "./statistics.js";

export interface Row extends TrialOutcomes {
  readonly rank: number;
  /** What tells it from the others. */
  readonly name: string;
  readonly diverged: number;
  /** Accuracy on validation data; undefined where every run has diverged. */
  readonly validation: Summary | undefined;
  readonly validationLoss: number | undefined;
  /** Accuracy on test data; only of those that ran to the end. */
  readonly test: Summary | undefined;
  /** The best one less this one, in validation accuracy, run by run; undefined for the best, and where runs are missing. */
  readonly behind: (PairedTest & { readonly correctedP: number }) | undefined;
  readonly parameters: number | undefined;
  readonly multiplications: number;
  /** Means. Not the same each time. */
  readonly timing: Timing | undefined;
}

export interface Timing {
  readonly seconds: number;
  readonly secondsPerEpoch: number;
  readonly microsecondsPerPrediction: number;
}

export interface TableSettings {
  /** All epochs: runs of fewer were stopped early. */
  readonly epochs: number;
  /** Validation samples for each training sample. */
  readonly overlap: number;
  readonly inputs: number;
  readonly classes: number;
}

/** Those that ran to the end, best first; then those that were stopped early, the longest runs first. */
export function makeTable(trials: readonly TrialOutcomes[], settings: TableSettings): Row[] {
  const longest = longestRuns(trials);
  const budgets = [...new Set(longest.map(({ epochs }) => epochs))].sort((a, b) => b - a);
  const ranked = budgets.flatMap((budget) => rankTrials(longest.filter(({ epochs }) => epochs === budget)));
  const varying = varyingSettings(ranked.map(({ configuration }) => configuration));
  const [best] = ranked;
  const tests = ranked.map((trial) => (best && trial !== best ? compareToBest(best, trial, settings) : undefined));
  const made = tests.filter((test) => test !== undefined);
  const corrected = correctForMany(made.map(({ p }) => p));

  return ranked.map((trial, index) => {
    const results = resultsOf(trial.outcomes);
    const has = results.length > 0;
    const test = tests[index];
    const behind = test && { ...test, correctedP: corrected[made.indexOf(test)] ?? 1 };
    const timings = results.map(({ timing }) => timing);
    const meanTiming = (name: keyof Timing) => meanOf(timings.map((timing) => timing[name]));
    return {
      ...trial,
      rank: index + 1,
      name: describeConfiguration(trial.configuration, varying),
      diverged: trial.outcomes.length - results.length,
      validation: has ? summarize(results.map(({ validation }) => validation.accuracy)) : undefined,
      validationLoss: has ? meanOf(results.map(({ validation }) => validation.loss)) : undefined,
      test: has && trial.epochs === settings.epochs ? summarize(results.map(({ test }) => test.accuracy)) : undefined,
      behind,
      parameters: results[0]?.parameters,
      multiplications: multiplications(trial.configuration, settings.inputs, settings.classes),
      timing: has
        ? {
            seconds: meanTiming("seconds"),
            secondsPerEpoch: meanTiming("secondsPerEpoch"),
            microsecondsPerPrediction: meanTiming("microsecondsPerPrediction"),
          }
        : undefined,
    };
  });
}

/** Of each configuration the trial with the most epochs. */
function longestRuns(trials: readonly TrialOutcomes[]): TrialOutcomes[] {
  const longest = new Map<Configuration | string, TrialOutcomes>();
  for (const trial of trials) {
    const key = JSON.stringify(trial.configuration);
    const known = longest.get(key);
    if (!known || known.epochs < trial.epochs) longest.set(key, trial);
  }
  return [...longest.values()];
}

/** Only of runs of the same length, all of which have figures. */
function compareToBest(best: TrialOutcomes, trial: TrialOutcomes, { overlap }: TableSettings): PairedTest | undefined {
  const accuracies = ({ outcomes }: TrialOutcomes) => resultsOf(outcomes).map(({ validation }) => validation.accuracy);
  const [a, b] = [accuracies(best), accuracies(trial)];
  if (best.epochs !== trial.epochs || a.length !== b.length) return undefined;
  return pairedTest(a, b, overlap);
}

const COLUMNS: readonly (readonly [name: string, value: (row: Row) => string | number | undefined])[] = [
  ["rank", ({ rank }) => rank],
  ["activation", ({ configuration }) => configuration.activation],
  ["layers", ({ configuration }) => configuration.layers.join("-")],
  ["initializer", ({ configuration }) => configuration.initializer],
  ["normalization", ({ configuration }) => configuration.normalization],
  ["dropout", ({ configuration }) => configuration.dropout],
  ["augmentation", ({ configuration }) => configuration.augmentation],
  ["optimizer", ({ configuration }) => configuration.optimizer],
  ["learning_rate", ({ configuration }) => configuration.learningRate],
  ["schedule", ({ configuration }) => configuration.schedule],
  ["weight_decay", ({ configuration }) => configuration.weightDecay],
  ["label_smoothing", ({ configuration }) => configuration.labelSmoothing],
  ["averaging", ({ configuration }) => configuration.averaging],
  ["batch_size", ({ configuration }) => configuration.batchSize],
  ["epochs", ({ epochs }) => epochs],
  ["runs", ({ outcomes }) => outcomes.length],
  ["diverged", ({ diverged }) => diverged],
  ["validation_mean", ({ validation }) => validation?.mean],
  ["validation_deviation", ({ validation }) => validation?.deviation],
  ["validation_low", ({ validation }) => validation?.interval?.[0]],
  ["validation_high", ({ validation }) => validation?.interval?.[1]],
  ["validation_loss", ({ validationLoss }) => validationLoss],
  ["test_mean", ({ test }) => test?.mean],
  ["test_deviation", ({ test }) => test?.deviation],
  ["test_low", ({ test }) => test?.interval?.[0]],
  ["test_high", ({ test }) => test?.interval?.[1]],
  ["behind_best", ({ behind }) => behind?.difference],
  ["behind_low", ({ behind }) => behind?.interval[0]],
  ["behind_high", ({ behind }) => behind?.interval[1]],
  ["p", ({ behind }) => behind?.p],
  ["p_corrected", ({ behind }) => behind?.correctedP],
  ["parameters", ({ parameters }) => parameters],
  ["multiplications", ({ multiplications }) => multiplications],
];

/** The table as CSV, without anything that was timed: the same bytes for the same study. */
export function tableToCsv(rows: readonly Row[]): string {
  const lines = [COLUMNS.map(([name]) => name), ...rows.map((row) => COLUMNS.map(([, value]) => format(value(row))))];
  return `${lines.map((cells) => cells.join(",")).join("\n")}\n`;
}

/** Ten digits are more than anybody needs, and fewer than engines differ in. */
function format(value: string | number | undefined): string {
  if (value === undefined) return "";
  return typeof value === "number" ? `${Number(value.toPrecision(10))}` : value;
}
