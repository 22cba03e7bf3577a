/** Losses joined with the activation before them: the same numbers, and right where the two in turn would saturate. */
import { describe, expect, it } from "vitest";
import { layers, losses, ndarray, optimizers, Sequential } from "../../src/index.js";
import { getLoss } from "../../src/losses/get-loss.js";
import { hash, matrix, numbers } from "../helpers/data.js";

const fusedNames = (Object.keys(losses) as (keyof typeof losses)[]).filter((name) => getLoss(name).fused);

describe.each(fusedNames)("%s", (name) => {
  const { fused, targets } = getLoss(name);
  const activation = fused?.activation as string;
  const targetsFor = (rows: number, width: number) =>
    targets === "indices"
      ? Int32Array.from({ length: rows }, (_, row) => hash(row, 5) % width)
      : ndarray(numbers(rows * width, 5, 0, 1), [rows, width]);

  it.each([1, 2, 5, 16, 33])("of %i moderate logits is what it is without", async (width) => {
    const x = matrix(20, width, 3, -4, 4);
    const y = targetsFor(20, width);
    const join = [layers.activation({ activation, inputShape: [width] })];
    // A linear layer in between hides one from the other
    const [together, apart] = [join, [...join, layers.activation({ activation: "linear" })]].map((stack) => {
      const model = new Sequential(stack);
      model.compile({ optimizer: "sgd", loss: name });
      return model;
    }) as [Sequential, Sequential];
    const [expected, actual] = [await apart.evaluate(x, y), await together.evaluate(x, y)];
    const loss = expected.loss as number;
    expect(Math.abs((actual.loss as number) - loss)).toBeLessThan(2e-6 * Math.max(1, loss));
  });

  it.each([20, 100, 1e4, 3e37])("learns from a mistake it is sure of by %d", async (certainty) => {
    const model = new Sequential([
      layers.dense({ units: 2, activation, useBias: false, kernelInitializer: "zeros", inputShape: [1] }),
    ]);
    model.compile({ optimizer: optimizers.sgd({ learningRate: 1 }), loss: name });
    model.setWeights([[[certainty, -certainty]]]);
    const { loss } = await model.trainOnBatch([[1]], targets === "indices" ? [1] : [[0, 1]]);
    const mistake = activation === "softmax" ? 2 * certainty : certainty;
    expect(Math.abs((loss as number) - mistake)).toBeLessThan(1e-6 * mistake);
    // A gradient of 1 for a softmax, of ½ for each of two sigmoids; the largest weight is too large to feel it
    const expected = certainty - (activation === "softmax" ? 1 : 0.5);
    expect(Math.abs((model.getWeights()[0]?.data[0] as number) - expected)).toBeLessThan(1e-6 * certainty);
  });
});
