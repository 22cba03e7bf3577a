import { describe, expect, it } from "vitest";
import { ShapeError } from "../../src/errors.js";
import { classificationReport } from "../../src/evaluation/index.js";
import { oneHot } from "../../src/preprocessing/index.js";
import golden from "../fixtures/sklearn-metrics.json" with { type: "json" };

function vectorOf(name: string) {
  const vector = golden.vectors.find(({ fn }) => fn === name);
  return { yTrue: vector?.y_true as number[], yPred: vector?.y_pred as number[], expected: vector?.expected };
}

describe("classificationReport", () => {
  it("has scikit-learn's macro averages to 15 digits", () => {
    const { yTrue, yPred, expected } = vectorOf("precision_recall_f1_macro");
    const { precision, recall, f1 } = classificationReport(yTrue, yPred).macro;
    [precision, recall, f1].forEach((value, i) => {
      expect(value).toBeCloseTo((expected as number[])[i] as number, 15);
    });
  });

  it("has scikit-learn's accuracy", () => {
    const { yTrue, yPred, expected } = vectorOf("accuracy");
    expect(classificationReport(yTrue, yPred).accuracy).toBe(expected);
  });

  it("scores each class, and weights by support", () => {
    const report = classificationReport([0, 0, 0, 0, 1, 1], oneHot([0, 0, 0, 1, 1, 0]), { labels: ["cat", "dog"] });
    expect(report).toEqual({
      accuracy: 4 / 6,
      perClass: [
        { label: "cat", precision: 0.75, recall: 0.75, f1: 0.75, support: 4 },
        { label: "dog", precision: 0.5, recall: 0.5, f1: 0.5, support: 2 },
      ],
      macro: { precision: 0.625, recall: 0.625, f1: 0.625 },
      weighted: { precision: 4 / 6, recall: 4 / 6, f1: 4 / 6 },
    });
  });

  it("is 0 where there is nothing to divide by, and leaves classes that never occur out of macro", () => {
    const report = classificationReport([0, 0], [0, 3], { classes: 5 });
    expect(report.perClass.map(({ label, support }) => [label, support])).toEqual([
      ["0", 2],
      ["1", 0],
      ["2", 0],
      ["3", 0],
      ["4", 0],
    ]);
    expect(report.perClass[3]).toEqual({ label: "3", precision: 0, recall: 0, f1: 0, support: 0 });
    expect(report.macro).toEqual({ precision: 0.5, recall: 0.25, f1: 1 / 3 });
    expect(report.weighted).toEqual({ precision: 1, recall: 0.5, f1: 2 / 3 });
  });

  it("weighs samples", () => {
    const sampleWeight = [2, 1, 1];
    const report = classificationReport([0, 0, 1], [0, 1, 1], { sampleWeight });
    expect(report).toEqual(classificationReport([0, 0, 0, 1], [0, 0, 1, 1]));
  });

  it.each([
    [0, 1 / 3, 2 / 9],
    [1, 2 / 3, 5 / 9],
    [Number.NaN, 1 / 2, 1 / 3],
  ])("has %d where there is nothing to divide by, when told so", (zeroDivision, precision, recall) => {
    // Class 1 is never predicted, class 2 never true
    const report = classificationReport([0, 0, 0, 1], [0, 0, 2, 2], { zeroDivision });
    expect(report.perClass.map((scores) => scores.precision)).toEqual([1, zeroDivision, 0]);
    expect(report.perClass.map((scores) => scores.recall)).toEqual([2 / 3, 0, zeroDivision]);
    expect(report.perClass.map(({ f1 }) => f1)).toEqual([0.8, 0, 0]);
    expect(report.macro.precision).toBeCloseTo(precision, 15);
    expect(report.macro.recall).toBeCloseTo(recall, 15);
  });

  // The example in scikit-learn's documentation of classification_report (BSD-3)
  it("is printed as scikit-learn prints it", () => {
    const labels = ["class 0", "class 1", "class 2"];
    expect(String(classificationReport([0, 1, 2, 2, 2], [0, 0, 2, 2, 1], { labels }))).toBe(
      [
        "              precision    recall  f1-score   support",
        "",
        "     class 0       0.50      1.00      0.67         1",
        "     class 1       0.00      0.00      0.00         1",
        "     class 2       1.00      0.67      0.80         3",
        "",
        "    accuracy                           0.60         5",
        "   macro avg       0.50      0.56      0.49         5",
        "weighted avg       0.70      0.60      0.61         5",
        "",
      ].join("\n"),
    );
  });

  it("is printed with halves rounded to even, as in Python, and as wide as the labels need", () => {
    const yTrue = [0, 0, 0, 0, 0, 0, 0, 0];
    const row = (hits: number) => {
      const yPred = yTrue.map((_, i) => (i < hits ? 0 : 1));
      return String(classificationReport(yTrue, yPred, { labels: ["a rather long name", "b"] })).split("\n")[2];
    };
    expect([1, 3, 5, 7].map((hits) => row(hits)?.slice(31, 39).trim())).toEqual(["0.12", "0.38", "0.62", "0.88"]);
    expect(row(8)).toBe("a rather long name       1.00      1.00      1.00         8");
  });

  it("refuses no samples, labels that do not fit and what confusionMatrix refuses", () => {
    expect(() => classificationReport([], [], { classes: 2 })).toThrow(
      new RangeError("classificationReport: expected at least one sample, got none"),
    );
    expect(() => classificationReport([0, 1], [0, 1], { classes: 2, labels: ["a"] })).toThrow(
      new ShapeError("classificationReport: expected 2 labels, one for each class, got 1"),
    );
    expect(() => classificationReport([0, 1], [0, 1], { labels: ["a"] })).toThrow(
      new RangeError("classificationReport: yTrue: class 1 at position 1 is outside 0 to 0"),
    );
    expect(() => classificationReport([0, 1], [0, 1], { zeroDivision: 2 })).toThrow(
      new RangeError("classificationReport: zeroDivision: expected 0, 1 or NaN, got 2"),
    );
    expect(() => classificationReport([0, 1], [0, 1], { digits: 2 } as object)).toThrow(TypeError);
    expect(() => classificationReport([0, 1], [0])).toThrow(
      new ShapeError("classificationReport: expected equal lengths, got 2 of yTrue and 1 of yPred"),
    );
  });
});
