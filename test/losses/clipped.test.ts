/** Cross-entropies of probabilities that no fused activation gave: kept in [1e-7, 1 - 1e-7], as Keras does. */
import { describe, expect, it } from "vitest";
import { layers, Sequential } from "../../src/index.js";

describe("a mistake that a probability is sure of", () => {
  // Keras's own numbers: ln 1e-7, and ln of 1 less the float32 next to 1 - 1e-7
  it.each([
    ["categoricalCrossentropy", [0, 1], [1, 0], 16.118095],
    ["sparseCategoricalCrossentropy", [0, 1], 0, 16.118095],
    ["binaryCrossentropy", [0, 0], [1, 1], 16.118095],
    ["binaryCrossentropy", [1, 1], [0, 0], 15.942385],
  ])("costs by %s, for %j where %j was right: %d", async (loss, prediction, target, expected) => {
    const model = new Sequential([layers.activation({ activation: "linear", inputShape: [2] })]);
    model.compile({ optimizer: "sgd", loss });
    const figures = await model.evaluate([prediction], [target]);
    expect(figures.loss).toBeCloseTo(expected, 5);
  });
});
