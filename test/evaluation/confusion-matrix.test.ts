import { describe, expect, it } from "vitest";
import { ndarray } from "../../src/arrays.js";
import { ShapeError } from "../../src/errors.js";
import { type ConfusionMatrixOptions, confusionMatrix } from "../../src/evaluation/index.js";
import { oneHot } from "../../src/preprocessing/index.js";
import golden from "../fixtures/sklearn-metrics.json" with { type: "json" };

describe("confusionMatrix", () => {
  const vector = golden.vectors.find(({ fn }) => fn === "confusion_matrix");
  const yTrue = vector?.y_true as number[];
  const yPred = vector?.y_pred as number[];
  const expectedRows = vector?.expected as number[][];
  const expected = ndarray(Uint32Array.from(expectedRows.flat()), [3, 3]);

  it("is scikit-learn's, rows for the true class", () => {
    expect(confusionMatrix(yTrue, yPred)).toEqual(expected);
  });

  it("takes columns of labels, one-hot rows and probabilities, in any combination", () => {
    const column = ndarray(Int32Array.from(yTrue), [6, 1]);
    const probabilities = oneHot(yPred, 3);
    probabilities.data.forEach((value, i) => {
      probabilities.data[i] = 0.25 + value / 2;
    });
    for (const actual of [yTrue, column, oneHot(yTrue)]) {
      for (const predicted of [yPred, probabilities]) expect(confusionMatrix(actual, predicted)).toEqual(expected);
    }
  });

  it("counts the first of equal scores", () => {
    expect([...confusionMatrix([1], [[0.2, 0.4, 0.4]]).data]).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0]);
  });

  it("has as many classes as it is told, or as the scores have", () => {
    expect(confusionMatrix([0], [1], 4).shape).toEqual([4, 4]);
    expect(confusionMatrix([], [], 2).data).toEqual(new Uint32Array(4));
    expect(confusionMatrix([0], [[1, 0, 0]]).shape).toEqual([3, 3]);
  });

  it("sums weights, and divides by rows, columns or all, as scikit-learn's sample_weight and normalize", () => {
    const [truth, guess] = [
      [0, 0, 1, 1, 1],
      [0, 1, 1, 1, 0],
    ];
    const sampleWeight = [1, 3, 2, 0.5, 1.5];
    const of = (options: ConfusionMatrixOptions) => confusionMatrix(truth, guess, options);
    expect(of({})).toEqual(ndarray(Float64Array.of(1, 1, 1, 2), [2, 2]));
    expect(of({ sampleWeight })).toEqual(ndarray(Float64Array.of(1, 3, 1.5, 2.5), [2, 2]));
    expect(of({ sampleWeight: sampleWeight.map((weight) => [weight]) })).toEqual(of({ sampleWeight }));
    expect(of({ sampleWeight, normalize: "true" }).data).toEqual(Float64Array.of(0.25, 0.75, 0.375, 0.625));
    expect(of({ sampleWeight, normalize: "pred" }).data).toEqual(Float64Array.of(0.4, 3 / 5.5, 0.6, 2.5 / 5.5));
    expect(of({ sampleWeight, normalize: "all" }).data).toEqual(Float64Array.of(0.125, 0.375, 0.1875, 0.3125));
    expect(of({ classes: 3, normalize: "true" }).data).toEqual(Float64Array.of(0.5, 0.5, 0, 1 / 3, 2 / 3, 0, 0, 0, 0));
    expect(confusionMatrix([], [], { classes: 1, normalize: "all" }).data).toEqual(Float64Array.of(0));
  });

  it("refuses options that are none", () => {
    const of = (options: object) => () => confusionMatrix([0, 1], [0, 1], options);
    expect(of({ normalise: "all" })).toThrow(
      new TypeError("confusionMatrix: unknown option 'normalise'; known: classes, sampleWeight, normalize"),
    );
    expect(of({ normalize: "rows" })).toThrow(
      new RangeError("confusionMatrix: normalize: expected 'true', 'pred', 'all' or null, got \"rows\""),
    );
    expect(of({ sampleWeight: [1] })).toThrow(
      new ShapeError("confusionMatrix: sampleWeight: expected shape [2] or [2, 1], got [1]"),
    );
    expect(of({ sampleWeight: [[1, 2]] })).toThrow(ShapeError);
  });

  it("refuses lengths and widths that do not fit", () => {
    expect(() => confusionMatrix([0, 1], [0])).toThrow(
      new ShapeError("confusionMatrix: expected equal lengths, got 2 of yTrue and 1 of yPred"),
    );
    expect(() => confusionMatrix([[0, 1]], [[0, 0, 1]])).toThrow(
      new ShapeError("confusionMatrix: yPred: expected 2 scores per sample, one for each class, got 3"),
    );
    expect(() => confusionMatrix([0], [[0, 1]], 3)).toThrow(
      new ShapeError("confusionMatrix: yPred: expected 3 scores per sample, one for each class, got 2"),
    );
    expect(() => confusionMatrix([[[0]]], [0])).toThrow(
      new ShapeError(
        "confusionMatrix: yTrue: expected class numbers of shape [n] or [n, 1], or scores [n, k], got [1, 1, 1]",
      ),
    );
  });

  it("refuses labels and scores that are none", () => {
    expect(() => confusionMatrix([0, 1], [0, 0.75])).toThrow(
      new RangeError(
        "confusionMatrix: yPred: 0.75 at position 1 is no class number; turn the probabilities of a single output into 0 and 1, and other labels into numbers with labelEncoder",
      ),
    );
    expect(() => confusionMatrix([-1], [0])).toThrow(RangeError);
    expect(() => confusionMatrix([Number.NaN], [0])).toThrow(RangeError);
    expect(() =>
      confusionMatrix(
        [0, 3],
        [
          [1, 0],
          [0, 1],
        ],
      ),
    ).toThrow(new RangeError("confusionMatrix: yTrue: class 3 at position 1 is outside 0 to 1"));
    expect(() => confusionMatrix([0], [[1, Number.NaN]])).toThrow(
      new RangeError("confusionMatrix: yPred: row 0 has NaN in column 1"),
    );
    expect(() => confusionMatrix(["cat"] as never, [0])).toThrow(TypeError);
  });

  it("refuses class counts that are none, and empty arrays without one", () => {
    for (const classes of [0, 1.5, Number.NaN]) {
      expect(() => confusionMatrix([0], [0], classes)).toThrow(
        new RangeError(`confusionMatrix: classes: expected a positive integer, got ${classes}`),
      );
    }
    expect(() => confusionMatrix([], [])).toThrow(
      new RangeError("confusionMatrix: the number of classes cannot be read off empty arrays; pass classes"),
    );
  });
});
