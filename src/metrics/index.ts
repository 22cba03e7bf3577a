import { describe } from "../arrays.js";
import { lookUp } from "../lookup.js";
import {
  accuracy,
  accuracyByShape,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
} from "./accuracy.js";
import { cohenKappa, matthewsCorrelation } from "./agreement.js";
import { auc } from "./auc.js";
import { falseNegatives, falsePositives, trueNegatives, truePositives } from "./confusion-counts.js";
import { concordanceCorrelation, cosineSimilarity, pearsonCorrelation } from "./correlation.js";
import { expectedCalibrationError } from "./expected-calibration-error.js";
import { f1Score, fBetaScore } from "./f-beta-score.js";
import { categoricalHinge, hinge, squaredHinge } from "./hinge-losses.js";
import { binaryIoU, iou, meanIoU, oneHotIoU, oneHotMeanIoU } from "./iou.js";
import type { ConfiguredMetric, Metric, NamedOptions } from "./metric.js";
import { precision, recall } from "./precision-recall.js";
import {
  binaryCrossentropy,
  categoricalCrossentropy,
  klDivergence,
  poisson,
  sparseCategoricalCrossentropy,
} from "./probabilistic-losses.js";
import { r2Score } from "./r2-score.js";
import { mean, sum } from "./reductions.js";
import {
  logCoshError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
} from "./regression-losses.js";
import { rootMeanSquaredError } from "./root-mean-squared-error.js";
import {
  precisionAtRecall,
  recallAtPrecision,
  sensitivityAtSpecificity,
  specificityAtSensitivity,
} from "./sensitivity-specificity.js";
import { sparseTopKCategoricalAccuracy, topKCategoricalAccuracy } from "./top-k-categorical-accuracy.js";

/** Every metric that a model can have by its name; the short ones stand behind. */
export const modelMetrics = {
  accuracy,
  auc,
  binaryAccuracy,
  binaryCrossentropy,
  binaryIoU,
  categoricalAccuracy,
  categoricalCrossentropy,
  categoricalHinge,
  cohenKappa,
  concordanceCorrelation,
  cosineSimilarity,
  expectedCalibrationError,
  f1Score,
  fBetaScore,
  falseNegatives,
  falsePositives,
  hinge,
  iou,
  klDivergence,
  logCoshError,
  matthewsCorrelation,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanIoU,
  meanSquaredError,
  meanSquaredLogarithmicError,
  oneHotIoU,
  oneHotMeanIoU,
  pearsonCorrelation,
  poisson,
  precision,
  precisionAtRecall,
  r2Score,
  recall,
  recallAtPrecision,
  rootMeanSquaredError,
  sensitivityAtSpecificity,
  sparseCategoricalAccuracy,
  sparseCategoricalCrossentropy,
  sparseTopKCategoricalAccuracy,
  specificityAtSensitivity,
  squaredHinge,
  topKCategoricalAccuracy,
  trueNegatives,
  truePositives,

  bce: binaryCrossentropy,
  fbetaScore: fBetaScore,
  kld: klDivergence,
  logcosh: logCoshError,
  mae: meanAbsoluteError,
  mape: meanAbsolutePercentageError,
  matthewsCorrcoef: matthewsCorrelation,
  mse: meanSquaredError,
  msle: meanSquaredLogarithmicError,
  rmse: rootMeanSquaredError,
} as const;

/** Every metric by its name. */
export const metrics = { ...modelMetrics, mean, sum } as const;

export type MetricName = keyof typeof modelMetrics | "acc";

/** What `compile` takes: a name, a configured metric, a member of `metrics` for its defaults, or a metric of the user's own. */
export type MetricInput = MetricName | (string & {}) | Metric | UnconfiguredMetric;

/** A member of `metrics`, whatever its options. */
interface UnconfiguredMetric {
  (): ConfiguredMetric;
  readonly className: string;
}

/**
 * The metric that is meant; one given by a name has that name in the logs. 'accuracy' and 'acc' go by the shape of the
 * output: `binaryAccuracy` of a single one, `categoricalAccuracy` of several.
 *
 * @throws RangeError for a name that is not in the table; TypeError for what is no metric.
 */
export function getMetric(given: MetricInput): Metric {
  if (typeof given === "string") {
    if (given === "accuracy" || given === "acc") return accuracyByShape[given as "accuracy" | "acc"];
    const make = lookUp<(options: never) => ConfiguredMetric>(modelMetrics, given, "metric");
    return (make as (options: NamedOptions) => ConfiguredMetric)({ name: given });
  }
  if (given !== null && (typeof given === "object" || typeof given === "function")) {
    if (isReduction(given)) {
      throw new TypeError(`metric: ${given.name} measures values, not targets and predictions: a model can't have it`);
    }
    if ("start" in given && typeof given.start === "function") return given;
    if ("className" in given) return given();
  }
  throw new TypeError(`metric: expected a name or an object with the method start, got ${describe(given)}`);
}

function isReduction(given: object): boolean {
  return "className" in given && (given.className === mean.className || given.className === sum.className);
}

export { accuracyByShape } from "./accuracy.js";
export type { MetricBatch } from "./batch.js";
export type {
  ConfiguredMetric,
  Metric,
  MetricFactory,
  MetricResult,
  MetricState,
  RunningMetric,
  WeightedOptions,
} from "./metric.js";
