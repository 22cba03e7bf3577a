/** Precision, recall and F1 of every class. */
import type { ArrayInput } from "../arrays.js";
import { ShapeError } from "../errors.js";
import { countPairs } from "./confusion-matrix.js";

export interface ClassificationReportOptions {
  /** The number of classes. Defaults as in `confusionMatrix`, or to the number of labels. */
  readonly classes?: number;
  /** The classes' names in the report. Default to their numbers: "0", "1", … */
  readonly labels?: readonly (string | number)[];
}

/** All in [0, 1], and 0 where nothing is there to divide by. */
export interface Averages {
  /** Of the samples predicted to be in the class, the fraction that is. */
  readonly precision: number;
  /** Of the samples in the class, the fraction that is predicted to be. */
  readonly recall: number;
  /** The harmonic mean of both. */
  readonly f1: number;
}

export interface ClassScores extends Averages {
  readonly label: string;
  /** The number of samples in the class. */
  readonly support: number;
}

export interface ClassificationReport {
  /** The fraction of samples whose class is predicted. */
  readonly accuracy: number;
  readonly perClass: readonly ClassScores[];
  /** The mean over the classes that occur in either argument. */
  readonly macro: Averages;
  /** The mean over the classes, weighted by support. */
  readonly weighted: Averages;
}

/**
 * How well each class is predicted, with the definitions of scikit-learn's `classification_report` and its
 * `zero_division=0`.
 *
 * A class that occurs in neither argument is listed, but does not count in `macro`.
 *
 * @param yTrue Class numbers of shape [n] or [n, 1], or a row per sample [n, k] of which the largest entry counts.
 * @param yPred The same, independently: probabilities [n, k] as `predict` gives them fit to class numbers.
 * @throws RangeError when there are no samples, and for what `confusionMatrix` throws it for.
 * @throws ShapeError when the number of labels is not the number of classes, and as `confusionMatrix`.
 * @throws TypeError as `confusionMatrix`.
 */
export function classificationReport(
  yTrue: ArrayInput,
  yPred: ArrayInput,
  options: ClassificationReportOptions = {},
): ClassificationReport {
  const { labels } = options;
  const { data, shape } = countPairs(yTrue, yPred, options.classes ?? labels?.length, "classificationReport");
  const [classes = 0] = shape;
  if (labels && labels.length !== classes) {
    throw new ShapeError(`classificationReport: expected ${classes} labels, one for each class, got ${labels.length}`);
  }
  const samples = data.reduce((total, count) => total + count, 0);
  if (samples === 0) throw new RangeError("classificationReport: expected at least one sample, got none");

  const count = (row: number, column: number): number => data[row * classes + column] ?? 0;
  const perClass: ClassScores[] = [];
  const occurring: ClassScores[] = [];
  let correct = 0;
  for (let c = 0; c < classes; c++) {
    let support = 0;
    let predicted = 0;
    for (let other = 0; other < classes; other++) {
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

  return {
    accuracy: correct / samples,
    perClass,
    macro: average(occurring, () => 1),
    weighted: average(perClass, ({ support }) => support),
  };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function average(perClass: readonly ClassScores[], weightOf: (scores: ClassScores) => number): Averages {
  const mean = (key: keyof Averages): number => {
    let total = 0;
    let weights = 0;
    for (const scores of perClass) {
      total += weightOf(scores) * scores[key];
      weights += weightOf(scores);
    }
    return total / weights;
  };
  return { precision: mean("precision"), recall: mean("recall"), f1: mean("f1") };
}
