/**
 * Metrics: every member by its name, that of its class in Keras in camelCase. Each takes options and returns a metric for
 * `compile`, or takes targets and outputs, and options behind them, and measures at once: `metrics.auc({ curve: "PR" })`,
 * `metrics.auc(yTrue, yPred)`.
 *
 * In the formulas y are the targets and p the outputs. A mean of rows or elements is Σ weight · value / Σ weight over all that
 * has been seen, and 0 of nothing.
 *
 * @module
 */
export { accuracy, binaryAccuracy, categoricalAccuracy, sparseCategoricalAccuracy } from "./accuracy.js";
export {
  cohenKappa,
  type KappaOptions,
  matthewsCorrelation,
  matthewsCorrelation as matthewsCorrcoef,
} from "./agreement.js";
export { type AucOptions, auc } from "./auc.js";
export type { MetricBatch } from "./batch.js";
export { type CountOptions, falseNegatives, falsePositives, trueNegatives, truePositives } from "./confusion-counts.js";
export { type AxisOptions, concordanceCorrelation, cosineSimilarity, pearsonCorrelation } from "./correlation.js";
export { type CalibrationOptions, expectedCalibrationError } from "./expected-calibration-error.js";
export { type F1Options, type FBetaOptions, f1Score, fBetaScore, fBetaScore as fbetaScore } from "./f-beta-score.js";
export { categoricalHinge, hinge, squaredHinge } from "./hinge-losses.js";
export {
  binaryIoU,
  iou,
  type MeanIoUOptions,
  meanIoU,
  type OneHotMeanIoUOptions,
  oneHotIoU,
  oneHotMeanIoU,
} from "./iou.js";
export type {
  ConfiguredMetric,
  Metric,
  MetricFactory,
  MetricResult,
  MetricState,
  RunningMetric,
  WeightedOptions,
} from "./metric.js";
export { type PrecisionOptions, precision, recall } from "./precision-recall.js";
export {
  binaryCrossentropy,
  binaryCrossentropy as bce,
  type CrossentropyOptions,
  categoricalCrossentropy,
  klDivergence,
  klDivergence as kld,
  klDivergence as kullbackLeiblerDivergence,
  poisson,
  type SparseCrossentropyOptions,
  sparseCategoricalCrossentropy,
} from "./probabilistic-losses.js";
export { type R2Options, r2Score } from "./r2-score.js";
export { mean, sum } from "./reductions.js";
export {
  cosineProximity,
  cosineProximity as cosine,
  logCoshError,
  logCoshError as logcosh,
  meanAbsoluteError,
  meanAbsoluteError as mae,
  meanAbsolutePercentageError,
  meanAbsolutePercentageError as mape,
  meanSquaredError,
  meanSquaredError as mse,
  meanSquaredLogarithmicError,
  meanSquaredLogarithmicError as msle,
} from "./regression-losses.js";
export { rootMeanSquaredError, rootMeanSquaredError as rmse } from "./root-mean-squared-error.js";
export {
  precisionAtRecall,
  recallAtPrecision,
  sensitivityAtSpecificity,
  specificityAtSensitivity,
  type ThresholdOptions,
} from "./sensitivity-specificity.js";
export { sparseTopKCategoricalAccuracy, topKCategoricalAccuracy } from "./top-k-categorical-accuracy.js";
