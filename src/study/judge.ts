/** What probabilities are worth, where the true classes are known. */
import type { NDArray } from "../arrays.js";
import { type ClassificationReport, classificationReport, confusionMatrix } from "../index.js";

/** What is said of one sample. */
export interface Judgement {
  /** The sample's row number in the file. */
  readonly row: number;
  readonly trueClass: number;
  /** The first of those with the highest probability. */
  readonly predictedClass: number;
  /** Of the predicted class, and of the true one. */
  readonly probability: number;
  readonly probabilityOfTrue: number;
}

export interface Judged {
  readonly accuracy: number;
  /** Samples by true class (row) and predicted class (column). */
  readonly confusion: readonly (readonly number[])[];
  readonly perClass: ClassificationReport["perClass"];
  readonly macro: ClassificationReport["macro"];
  /** One for each sample, in their order. */
  readonly judgements: readonly Judgement[];
}

/**
 * @param probabilities [n, k].
 * @param labelled The classes' numbers in [0, k), [n], and the samples' row numbers in the file.
 * @param classes The labels of the k classes.
 */
export function judge(
  probabilities: NDArray<Float32Array>,
  { y, rows }: { readonly y: NDArray<Int32Array>; readonly rows: Uint32Array },
  classes: readonly number[],
): Judged {
  const width = classes.length;
  const matrix = confusionMatrix(y, probabilities, width).data;
  const { accuracy, perClass, macro } = classificationReport(y, probabilities, { labels: classes });
  return {
    accuracy,
    confusion: classes.map((_, row) => Array.from(matrix.subarray(row * width, (row + 1) * width))),
    perClass,
    macro,
    judgements: Array.from(rows, (row, index) => {
      const scores = probabilities.data.subarray(index * width, (index + 1) * width);
      const predicted = scores.reduce((best, value, at) => (value > (scores[best] ?? 0) ? at : best), 0);
      const actual = y.data[index] ?? 0;
      return {
        row,
        trueClass: classes[actual] ?? 0,
        predictedClass: classes[predicted] ?? 0,
        probability: scores[predicted] ?? 0,
        probabilityOfTrue: scores[actual] ?? 0,
      };
    }),
  };
}
