/** The accuracies against the numbers in Keras's own tests, as a model measures them. */
import { describe, expect, it } from "vitest";
import { layers, Sequential } from "../../src/index.js";
import { readVectors } from "../helpers/fixtures.js";

interface Vector {
  readonly metric: string;
  readonly yTrue: readonly (number | readonly number[])[];
  readonly yPred: readonly (readonly number[])[];
  readonly expected: number;
  readonly test: string;
}

describe("accuracies against Keras", async () => {
  it.each(await readVectors<Vector>("keras-accuracies.json"))(
    "$metric in $test",
    async ({ metric, yTrue, yPred, expected }) => {
      const model = new Sequential([layers.activation({ activation: "linear", inputShape: [yPred[0]?.length ?? 0] })]);
      const loss = metric.startsWith("Sparse") ? "sparseCategoricalCrossentropy" : "meanSquaredError";
      const named = metric === "BinaryAccuracy" ? "binaryAccuracy" : "categoricalAccuracy";
      model.compile({ optimizer: "sgd", loss, metrics: [named, "accuracy", "acc"] });
      const logs = await model.evaluate(yPred, yTrue);
      expect(logs).toEqual({ loss: logs.loss, [named]: expected, accuracy: expected, acc: expected });
    },
  );
});
