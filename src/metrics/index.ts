/** Metrics: every member by its name. */
export { accuracy, binaryAccuracy, categoricalAccuracy, sparseCategoricalAccuracy } from "./accuracy.js";
export { cohenKappa, matthewsCorrelation, matthewsCorrelation as matthewsCorrcoef } from "./agreement.js";
export { auc } from "./auc.js";
export type { MetricBatch } from "./batch.js";
export { falseNegatives, falsePositives, trueNegatives, truePositives } from "./confusion-counts.js";
export { concordanceCorrelation, cosineSimilarity, pearsonCorrelation } from "./correlation.js";
export { expectedCalibrationError } from "./expected-calibration-error.js";
export { f1Score, fBetaScore, fBetaScore as fbetaScore } from "./f-beta-score.js";
export { categoricalHinge, hinge, squaredHinge } from "./hinge-losses.js";
export { binaryIoU, iou, meanIoU, oneHotIoU, oneHotMeanIoU } from "./iou.js";
export type {
  ConfiguredMetric,
  Metric,
  MetricFactory,
  MetricResult,
  MetricState,
  RunningMetric,
  WeightedOptions,
} from "./metric.js";
export { precision, recall } from "./precision-recall.js";
export {
  binaryCrossentropy,
  binaryCrossentropy as bce,
  categoricalCrossentropy,
  klDivergence,
  klDivergence as kld,
  klDivergence as kullbackLeiblerDivergence,
  poisson,
  sparseCategoricalCrossentropy,
} from "./probabilistic-losses.js";
export { r2Score } from "./r2-score.js";
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
} from "./sensitivity-specificity.js";
export { sparseTopKCategoricalAccuracy, topKCategoricalAccuracy } from "./top-k-categorical-accuracy.js";
