/** How well a model does on samples that it has not seen. */
import { type ClassificationReport, classificationReport, confusionMatrix, type NDArray, oneHot } from "../index.js";
import { type Classifier, predictProbabilities } from "./classifier.js";
import type { Samples } from "./data.js";

/** A sample whose class the model got wrong. */
export interface Mistake {
  /** The sample's row number in the file. */
  readonly row: number;
  readonly trueClass: number;
  readonly predictedClass: number;
  /** Of the predicted class. */
  readonly probability: number;
  readonly loss: number;
}

export interface TestResult {
  readonly samples: number;
  readonly correct: number;
  readonly loss: number;
  readonly accuracy: number;
  /** Samples by true class (row) and predicted class (column). */
  readonly confusion: readonly (readonly number[])[];
  readonly perClass: ClassificationReport["perClass"];
  readonly macro: ClassificationReport["macro"];
  /** Those with the largest losses, worst first. */
  readonly mistakes: readonly Mistake[];
}

const MISTAKES = 5;
/** The smallest probability above 0 that a float32 can hold. */
const LEAST_PROBABILITY = 2 ** -149;

export async function testModel(
  { model, classes, path }: Pick<Classifier, "model" | "classes" | "path">,
  { x, y, rows }: Samples,
): Promise<TestResult> {
  const targets = model.loss?.targets === "dense" ? oneHot(y, classes.length) : y;
  const { loss = Number.NaN } = await model.evaluate(x, targets);
  const probabilities = await predictProbabilities({ model, path }, x);
  const matrix = confusionMatrix(y, probabilities, classes.length).data;
  const { accuracy, perClass, macro } = classificationReport(y, probabilities, { labels: classes });
  const confusion = classes.map((_, row) =>
    Array.from(matrix.subarray(row * classes.length, (row + 1) * classes.length)),
  );
  return {
    samples: rows.length,
    correct: confusion.reduce((sum, row, index) => sum + (row[index] ?? 0), 0),
    loss,
    accuracy,
    confusion,
    perClass,
    macro,
    mistakes: findMistakes(probabilities, y, rows, classes),
  };
}

function findMistakes(
  { data }: NDArray<Float32Array>,
  y: NDArray<Int32Array>,
  rows: Uint32Array,
  classes: readonly number[],
): Mistake[] {
  const mistakes: Mistake[] = [];
  y.data.forEach((actual, index) => {
    const probabilities = data.subarray(index * classes.length, (index + 1) * classes.length);
    const predicted = probabilities.reduce((best, value, at) => (value > (probabilities[best] ?? 0) ? at : best), 0);
    if (predicted === actual) return;
    mistakes.push({
      row: rows[index] ?? 0,
      trueClass: classes[actual] ?? 0,
      predictedClass: classes[predicted] ?? 0,
      probability: probabilities[predicted] ?? 0,
      loss: -Math.log(Math.max(probabilities[actual] ?? 0, LEAST_PROBABILITY)),
    });
  });
  return mistakes.sort((a, b) => b.loss - a.loss).slice(0, MISTAKES);
}
