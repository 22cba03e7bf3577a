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
    expect(() => classificationReport([0, 1], [0])).toThrow(
      new ShapeError("classificationReport: expected equal lengths, got 2 of yTrue and 1 of yPred"),
    );
  });
});
