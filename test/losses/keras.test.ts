/** The losses against the numbers in Keras's own tests, as a model measures them. */
import { describe, expect, it } from "vitest";
import { layers, type losses, Sequential } from "../../src/index.js";
import { getLoss } from "../../src/losses/index.js";
import { readVectors } from "../helpers/fixtures.js";

interface Vector {
  readonly loss: string;
  readonly fromLogits: boolean;
  readonly reduction: "sum_over_batch_size" | null;
  readonly yTrue: readonly (number | readonly number[])[];
  readonly yPred: readonly (readonly number[])[];
  /** One number, or one for each row where there is no reduction. */
  readonly expected: number | readonly number[];
  readonly live: number | readonly number[] | null;
  readonly tolerance: { readonly decimal: number } | { readonly atol: number; readonly rtol: number };
  readonly test: string;
}

describe("losses against Keras", () => {
  it.each(readVectors<Vector>("keras-losses.json"))("$loss in $test", async (vector) => {
    const rows = vector.yPred.map((_, i) => [i, i + 1] as const);
    const parts = vector.reduction === null ? rows : [[0, rows.length] as const];
    const measured = await Promise.all(parts.map(([start, end]) => measure(vector, start, end)));
    for (const [i, value] of measured.entries()) {
      const expected = [vector.expected].flat()[i] as number;
      const live = [vector.live].flat()[i] ?? value;
      expect(Math.abs(value - live)).toBeLessThanOrEqual(1e-6 * Math.max(1, live));
      expect(Math.abs(value - expected)).toBeLessThanOrEqual(toleranceOf(vector, expected));
    }
  });
});

/** The loss over some rows, of a model that hands its input through, or turns logits into probabilities. */
async function measure({ loss, fromLogits, yTrue, yPred }: Vector, start: number, end: number): Promise<number> {
  const name = (loss[0]?.toLowerCase() + loss.slice(1)) as keyof typeof losses;
  const activation = fromLogits ? getLoss(name).fused?.activation : "linear";
  const inputShape = [yPred[0]?.length ?? 0];
  const model = new Sequential([layers.activation({ activation: activation ?? "none", inputShape })]);
  model.compile({ optimizer: "sgd", loss: name });
  const logs = await model.evaluate(yPred.slice(start, end), yTrue.slice(start, end));
  return logs.loss as number;
}

/** Keras's assertAlmostEqual(decimal) and assertAllClose(atol, rtol). */
function toleranceOf({ tolerance }: Vector, expected: number): number {
  if ("decimal" in tolerance) return 1.5 * 10 ** -tolerance.decimal;
  return tolerance.atol + tolerance.rtol * Math.abs(expected);
}
