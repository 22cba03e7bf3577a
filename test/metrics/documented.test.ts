/** Metrics of which there are no test vectors, against the examples in the documentation of Keras and scikit-learn. */
import { describe, expect, it } from "vitest";
import { metrics } from "../../src/index.js";

describe("intersection over union, as documented by Keras", () => {
  const [yTrue, yPred] = [
    [0, 0, 1, 1],
    [0, 1, 0, 1],
  ];
  const sampleWeight = [0.3, 0.3, 0.3, 0.1];
  const oneHot = [
    [0, 0, 1],
    [1, 0, 0],
    [0, 1, 0],
    [1, 0, 0],
  ];
  const scores = [
    [0.2, 0.3, 0.5],
    [0.1, 0.2, 0.7],
    [0.5, 0.3, 0.1],
    [0.1, 0.4, 0.5],
  ];
  const weights = { sampleWeight: [0.1, 0.2, 0.3, 0.4] };

  it.each([
    ["IoU", metrics.iou(yTrue, yPred, { numClasses: 2, targetClassIds: [0] }), 0.33333334],
    ["IoU, weighted", metrics.iou(yTrue, yPred, { numClasses: 2, targetClassIds: [0], sampleWeight }), 0.33333334],
    ["MeanIoU", metrics.meanIoU(yTrue, yPred, { numClasses: 2 }), 0.33333334],
    ["MeanIoU, weighted", metrics.meanIoU(yTrue, yPred, { numClasses: 2, sampleWeight }), 0.23809525],
    ["BinaryIoU", metrics.binaryIoU([0, 1, 0, 1], [0.1, 0.2, 0.4, 0.7], { threshold: 0.3 }), 0.33333334],
    [
      "BinaryIoU, weighted",
      metrics.binaryIoU([0, 1, 0, 1], [0.1, 0.2, 0.4, 0.7], { threshold: 0.3, sampleWeight: [0.2, 0.3, 0.4, 0.1] }),
      0.17361112,
    ],
    ["OneHotIoU", metrics.oneHotIoU(oneHot, scores, { numClasses: 3, targetClassIds: [0, 2], ...weights }), 0.07142856],
    ["OneHotMeanIoU", metrics.oneHotMeanIoU(oneHot, scores, { numClasses: 3, ...weights }), 0.04761905],
  ])("%s", (_, figure, expected) => {
    expect(Math.abs(figure - expected)).toBeLessThan(2e-7);
  });

  it("passes over other classes, and over one to be ignored", () => {
    expect(metrics.meanIoU([0, 1, 2, -1], [0, 1, 7, 0], { numClasses: 2 })).toBeCloseTo(1, 6);
    expect(metrics.meanIoU([0, 1, 1], [0, 1, 0], { numClasses: 2, ignoreClass: 1 })).toBeCloseTo(1, 6);
    expect(metrics.meanIoU([5], [5], { numClasses: 2 })).toBe(0);
  });

  it("reads class numbers of any shape, and scores along any axis", () => {
    expect(metrics.meanIoU([yTrue, yTrue], [yPred, yPred], { numClasses: 2 })).toBeCloseTo(1 / 3, 6);
    const columns = [0, 1, 2].map((column) => scores.map((row) => row[column] as number));
    const options = { numClasses: 3, sparseYTrue: true, sparseYPred: false, axis: 0, ...weights };
    expect(metrics.meanIoU([2, 0, 1, 0], columns, options)).toBeCloseTo(0.04761905, 7);
  });
});

describe("correlations, as documented by Keras", () => {
  const yTrue = [
    [0, 1, 0.5],
    [1, 1, 0.2],
  ];
  const yPred = [
    [0.1, 0.9, 0.5],
    [1, 0.9, 0.2],
  ];
  const columns = (rows: number[][]) => [0, 1, 2].map((column) => rows.map((row) => row[column] as number));

  it.each([
    ["pearsonCorrelation", 0.9966996338993913],
    ["concordanceCorrelation", 0.9816320385426076],
  ] as const)("%s", (name, expected) => {
    expect(metrics[name](yTrue, yPred)).toBeCloseTo(expected, 6);
    expect(metrics[name](columns(yTrue), columns(yPred), { axis: 0 })).toBe(metrics[name](yTrue, yPred));
  });

  it("cosineSimilarity is 0 where there is no direction", () => {
    expect(metrics.cosineSimilarity([[0, 0]], [[1, 2]])).toBe(0);
    expect(metrics.cosineSimilarity([[3, 4]], [[3, 4]])).toBeCloseTo(1, 15);
  });

  it("cosineProximity, TensorFlow.js's, has the other sign", () => {
    expect(metrics.cosineProximity([[3, 4]], [[3, 4]])).toBeCloseTo(-1, 6);
    expect(metrics.cosineProximity(yTrue, yPred)).toBeCloseTo(-metrics.cosineSimilarity(yTrue, yPred), 6);
  });
});

describe("agreement of classes, as documented by scikit-learn", () => {
  // negative, neutral, positive
  const [first, second] = [
    [0, 2, 0, 1, 2],
    [0, 2, 0, 1, 0],
  ];

  it("cohenKappa", () => {
    expect(metrics.cohenKappa(first, second)).toBeCloseTo(0.6875, 12);
    // By hand: 1 - 4 · 1 / Σ w · expected, with margins (2, 1, 2) and (3, 1, 1)
    expect(metrics.cohenKappa(first, second, { weights: "quadratic" })).toBeCloseTo(
      1 - 4 / ((4 * (2 + 6) + 8) / 5),
      12,
    );
    expect(metrics.cohenKappa(first, second, { weights: "linear" })).toBeCloseTo(1 - 2 / ((2 * (2 + 6) + 8) / 5), 12);
    expect(metrics.cohenKappa([1, 1], [1, 1])).toBeNaN();
  });

  it("matthewsCorrelation", () => {
    expect(metrics.matthewsCorrelation([1, 1, 1, -1], [1, -1, 1, 1])).toBeCloseTo(-1 / 3, 12);
    expect(metrics.matthewsCorrelation([1, 1], [1, 0])).toBe(0);
  });

  it("takes scores for classes", () => {
    const scores = second.map((one) => [0, 1, 2].map((column) => (column === one ? 0.8 : 0.1)));
    expect(metrics.cohenKappa(first, scores)).toBe(metrics.cohenKappa(first, second));
    expect(metrics.cohenKappa([0, 1, 1], [[0.5], [0.51], [0.1]])).toBe(metrics.cohenKappa([0, 1, 1], [0, 1, 0]));
  });
});

describe("expectedCalibrationError", () => {
  it("is the gap between confidence and accuracy, bin by bin", () => {
    const yPred = [
      [0.9, 0.1],
      [0.9, 0.1],
      [0.4, 0.6],
      [0.3, 0.7],
    ];
    // Bins of 0.5 to 0.75 and 0.75 to 1: confidences 1.3 and 1.8, hits 1 and 1
    expect(metrics.expectedCalibrationError([0, 1, 1, 0], yPred, { bins: 4 })).toBeCloseTo((0.3 + 0.8) / 4, 6);
    expect(metrics.expectedCalibrationError([1, 0], [[1], [0]])).toBe(0);
    expect(metrics.expectedCalibrationError([1, 0], [[0.7], [0.3]], { bins: 1 })).toBeCloseTo(0, 7);
  });
});

describe("fBetaScore, as documented by Keras", () => {
  it("with a threshold, per class", () => {
    const yTrue = [
      [1, 1, 1],
      [1, 0, 0],
      [1, 1, 0],
    ];
    const yPred = [
      [0.2, 0.6, 0.7],
      [0.2, 0.6, 0.6],
      [0.6, 0.8, 0],
    ];
    const { data, shape } = metrics.fBetaScore(yTrue, yPred, { beta: 2, threshold: 0.5 }) as never as {
      readonly data: Float64Array;
      readonly shape: readonly number[];
    };
    expect(shape).toEqual([3]);
    for (const [i, expected] of [0.3846154, 0.90909094, 0.8333334].entries()) expect(data[i]).toBeCloseTo(expected, 6);
  });
});

describe("log loss, as documented by scikit-learn", () => {
  it("sparseCategoricalCrossentropy", () => {
    const scores = [
      [0.1, 0.9],
      [0.9, 0.1],
      [0.8, 0.2],
      [0.35, 0.65],
    ];
    expect(metrics.sparseCategoricalCrossentropy([1, 0, 0, 1], scores)).toBeCloseTo(0.21616187468057912, 6);
  });
});
