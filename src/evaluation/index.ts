/** How well a classifier does. */
export {
  type Averages,
  type ClassificationReport,
  type ClassificationReportOptions,
  type ClassScores,
  classificationReport,
} from "./classification-report.js";
export { confusionMatrix } from "./confusion-matrix.js";
