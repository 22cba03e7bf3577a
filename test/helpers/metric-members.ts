/** Every metric that a model can have, in several configurations, and data to measure. */
import { type ConfiguredMetric, metrics } from "../../src/index.js";

export const { mean: _mean, sum: _sum, ...modelMetrics } = metrics;

/** Options beside the defaults; for those that need some, before the defaults. */
const options: Readonly<Record<string, readonly object[]>> = {
  auc: [
    { curve: "PR" },
    { curve: "PRGAIN", summationMethod: "minoring" },
    { summationMethod: "majoring", thresholds: [0.3, 0.35, 0.8] },
    { multiLabel: true, numLabels: 3, labelWeights: [1, 2, 0.5], curve: "pr" },
    { fromLogits: true, numThresholds: 7 },
  ],
  binaryAccuracy: [{ threshold: 0.3 }],
  binaryCrossentropy: [{ fromLogits: true, labelSmoothing: 0.1 }],
  binaryIoU: [{ targetClassIds: [1], threshold: 0.3 }],
  categoricalCrossentropy: [{ fromLogits: true, labelSmoothing: 0.1 }],
  cohenKappa: [{ weights: "linear" }, { weights: "quadratic" }],
  expectedCalibrationError: [{ bins: 4 }],
  f1Score: [{ average: "micro" }, { average: "macro", threshold: 0.3 }, { average: "weighted" }, { average: "none" }],
  fBetaScore: [{ average: "macro", beta: 2 }],
  falseNegatives: [{ thresholds: [0.2, 0.6] }],
  falsePositives: [{ thresholds: 0.2 }],
  iou: [{ numClasses: 3, targetClassIds: [0, 2], sparseYTrue: false, sparseYPred: false }],
  meanIoU: [{ numClasses: 3, sparseYTrue: false, sparseYPred: false, ignoreClass: 1 }],
  oneHotIoU: [{ numClasses: 3, targetClassIds: [1] }],
  oneHotMeanIoU: [{ numClasses: 3 }],
  precision: [{ thresholds: [0.6, 0.2] }, { topK: 2 }, { classId: 1 }],
  precisionAtRecall: [{ recall: 0.6 }],
  r2Score: [{ classAggregation: null }, { classAggregation: "variance_weighted_average", numRegressors: 2 }],
  recall: [{ thresholds: [0, 0.25, 0.5, 0.75, 1] }, { topK: 1, classId: 2 }],
  recallAtPrecision: [{ precision: 0.4, numThresholds: 11 }],
  sensitivityAtSpecificity: [{ specificity: 0.6, classId: 0 }],
  sparseCategoricalCrossentropy: [{ fromLogits: true, ignoreClass: 1 }],
  sparseTopKCategoricalAccuracy: [{ k: 2 }, { k: 1, fromSortedIds: true }],
  specificityAtSensitivity: [{ sensitivity: 0.6, numThresholds: 1 }],
  topKCategoricalAccuracy: [{ k: 2 }],
};

const needing = [
  "iou",
  "meanIoU",
  "oneHotIoU",
  "oneHotMeanIoU",
  "precisionAtRecall",
  "recallAtPrecision",
  "sensitivityAtSpecificity",
  "specificityAtSensitivity",
];

type Make = (given: object) => ConfiguredMetric;

/** Of each member its defaults, where it has all, and what is listed above. */
export const configured: readonly (readonly [name: string, metric: ConfiguredMetric])[] = Object.entries(
  modelMetrics,
).flatMap(([name, make]) => {
  const given = [...(needing.includes(name) ? [] : [{}]), ...(options[name] ?? [])];
  return given.map((one) => [`${name} ${JSON.stringify(one)}`, (make as unknown as Make)(one)] as const);
});

/** Numbers in (0, 1), always the same. */
export function shares(count: number, seed: number): number[] {
  return Array.from({ length: count }, (_, i) => ((i * 7919 + seed * 104729 + 13) % 997) / 998 + 0.0005);
}

/** One-hot targets and rows of probabilities, [rows, 3]. */
export function threeClasses(rows: number): { readonly yTrue: number[][]; readonly yPred: number[][] } {
  const classes = shares(rows, 1).map((share) => Math.floor(share * 3));
  const scores = shares(rows * 3, 2);
  return {
    yTrue: classes.map((one) => [0, 1, 2].map((column) => (column === one ? 1 : 0))),
    yPred: classes.map((_, row) => {
      const three = scores.slice(row * 3, row * 3 + 3);
      const total = three.reduce((sum, score) => sum + score, 0);
      return three.map((score) => score / total);
    }),
  };
}
