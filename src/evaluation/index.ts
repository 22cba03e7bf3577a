/** How well a classifier does. */
export {
  type ClassificationReport,
  type ClassificationReportOptions,
  classificationReport,
} from "./classification-report.js";
export { type ConfusionMatrixOptions, confusionMatrix, type PairOptions } from "./confusion-matrix.js";
export type { Averages, ClassScores, Scores } from "./scores.js";
