/**
 * Whole trainings against the numbers in the tests of TensorFlow.js.
 *
 * Left out are its trainings with class weights: their loss saturates at -ln 1e-7 and their wrong samples get no gradient,
 * because TensorFlow.js clips probabilities where this library goes back to the logits. They are not to be matched.
 */
import { describe, expect, it } from "vitest";
import { layers, optimizers, Sequential } from "../../src/index.js";
import { readVectors } from "../helpers/fixtures.js";

interface Vector {
  readonly id: string;
  readonly kernel: readonly (readonly number[])[];
  readonly bias: readonly number[] | null;
  readonly activation: string;
  readonly loss: "mse" | "cce";
  readonly learningRate: number;
  readonly x: readonly (readonly number[])[];
  readonly y: readonly (readonly number[])[];
  readonly batchSize: number;
  readonly epochs: number;
  readonly validationSplit?: number;
  readonly expected: Readonly<Record<string, readonly number[]>>;
}

describe("training against TensorFlow.js", async () => {
  it.each(await readVectors<Vector>("tfjs-training.json"))("$id", async (vector) => {
    const { kernel, bias, activation, x, y, batchSize, epochs, validationSplit = 0, expected } = vector;
    const units = kernel[0]?.length ?? 0;
    const model = new Sequential([
      layers.dense({ units, activation, useBias: bias !== null, inputShape: [kernel.length] }),
    ]);
    model.setWeights(bias ? [kernel, bias] : [kernel]);
    model.compile({
      optimizer: optimizers.sgd({ learningRate: vector.learningRate }),
      loss: vector.loss === "cce" ? "categoricalCrossentropy" : "meanSquaredError",
      metrics: ["acc"],
    });
    const { history } = await model.fit(x, y, { batchSize, epochs, validationSplit });
    for (const [name, values] of Object.entries(expected)) {
      expect(history[name]).toHaveLength(values.length);
      history[name]?.forEach((value, epoch) => {
        const wanted = values[epoch] as number;
        expect(Math.abs(value - wanted), `${name} of epoch ${epoch}`).toBeLessThanOrEqual(1e-6 * Math.max(1, wanted));
      });
    }
  });
});
