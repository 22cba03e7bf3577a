/** Precision, recall and F1 of every class. */
import { type ArrayInput, describe } from "../arrays.js";
import { checkOptions } from "../checks.js";
import { ShapeError } from "../errors.js";
import { countPairs, type PairOptions } from "./confusion-matrix.js";
import { renderReport } from "./render-report.js";
import type { Averages, ClassScores, Scores } from "./scores.js";

export interface ClassificationReportOptions extends PairOptions {
  /** The classes' names in the report, as many as there are classes. Default: their numbers, "0", "1", … */
  readonly labels?: readonly (string | number)[] | undefined;
  /** The figure where nothing is there to divide by: 0, the default, 1, or NaN, which does not count in means. */
  readonly zeroDivision?: number;
}

export interface ClassificationReport extends Scores {
  /** The report as a table, as scikit-learn prints it: `console.log(String(report))`. */
  toString(): string;
}

/**
 * How well each class is predicted, with the definitions of scikit-learn's `classification_report`.
 *
 * A class that occurs in neither argument is listed, but does not count in `macro`.
 *
 * @param yTrue Class numbers of shape [n] or [n, 1], or a row per sample [n, k] of which the largest entry counts.
 * @param yPred The same, independently: probabilities [n, k] as `predict` gives them fit to class numbers.
 * @throws RangeError when there are no samples, for a `zeroDivision` that is none, and for what `confusionMatrix` throws it
 *   for.
 * @throws ShapeError when the number of labels is not the number of classes, and as `confusionMatrix`.
 * @throws TypeError as `confusionMatrix`.
 */
export function classificationReport(
  yTrue: ArrayInput,
  yPred: ArrayInput,
  options: ClassificationReportOptions = {},
): ClassificationReport {
  const where = "classificationReport";
  checkOptions(options, ["classes", "labels", "sampleWeight", "zeroDivision"], where);
  const { labels, classes = labels?.length, sampleWeight, zeroDivision = 0 } = options;
  if (![0, 1, Number.NaN].includes(zeroDivision)) {
    throw new RangeError(`${where}: zeroDivision: expected 0, 1 or NaN, got ${describe(zeroDivision)}`);
  }
  const { data, shape } = countPairs(yTrue, yPred, { classes, sampleWeight }, where);
  const [size = 0] = shape;
  if (labels && labels.length !== size) {
    throw new ShapeError(`${where}: expected ${size} labels, one for each class, got ${labels.length}`);
  }
  const samples = data.reduce((total, count) => total + count, 0);
  if (samples === 0) throw new RangeError(`${where}: expected at least one sample, got none`);

  const ratio = (part: number, whole: number): number => (whole === 0 ? zeroDivision : part / whole);
  const count = (row: number, column: number): number => data[row * size + column] ?? 0;
  const perClass: ClassScores[] = [];
  const occurring: ClassScores[] = [];
  let correct = 0;
  for (let c = 0; c < size; c++) {
    let support = 0;
    let predicted = 0;
    for (let other = 0; other < size; other++) {
      support += count(c, other);
      predicted += count(other, c);
    }
    const hits = count(c, c);
    const scores = {
      label: String(labels?.[c] ?? c),
      precision: ratio(hits, predicted),
      recall: ratio(hits, support),
      f1: ratio(2 * hits, support + predicted),
      support,
    };
    perClass.push(scores);
    if (support + predicted > 0) occurring.push(scores);
    correct += hits;
  }

  const report = {
    accuracy: correct / samples,
    perClass,
    macro: average(occurring, () => 1),
    weighted: average(occurring, ({ support }) => support),
  };
  return Object.defineProperty(report, "toString", { value: () => renderReport(report) });
}

/** NaN does not count. */
function average(perClass: readonly ClassScores[], weightOf: (scores: ClassScores) => number): Averages {
  const mean = (key: keyof Averages): number => {
    let total = 0;
    let weights = 0;
    for (const scores of perClass) {
      if (Number.isNaN(scores[key])) continue;
      total += weightOf(scores) * scores[key];
      weights += weightOf(scores);
    }
    return total / weights;
  };
  return { precision: mean("precision"), recall: mean("recall"), f1: mean("f1") };
}
