/** Calls of every kind in changing order share one memory and must not get in each other's way. */
import { describe, expect, it } from "vitest";
import { layers, optimizers, Sequential } from "../../src/index.js";
import { classNumbers, hash, matrix, withDensity } from "../helpers/data.js";
import { bits, expectSameWeights } from "../helpers/weights.js";

const x = withDensity(matrix(40, 9, 1), 0.4);
const y = classNumbers(40, 3, 2);
const [few, many] = [matrix(2, 9, 3), matrix(300, 9, 4)];

const compile = (model: Sequential): void =>
  model.compile({ optimizer: optimizers.adam({ learningRate: 0.01 }), loss: "sparseCategoricalCrossentropy" });

/** What changes a model, done to it and to a twin. */
const changes: readonly ((model: Sequential, watch: boolean) => unknown)[] = [
  (model, watch) => {
    const onBatchEnd = async () => void (await ask(model, hash(0, 1)));
    return model.fit(x, y, { epochs: 2, batchSize: 16, ...(watch && { callbacks: { onBatchEnd } }) });
  },
  (model) => model.fit(few, [0, 1], { validationData: [many, classNumbers(300, 3, 5)] }),
  (model) => model.trainOnBatch(x, y),
  (model) => compile(model),
  (model) => model.setWeights(model.getWeights()),
];

/** What does not change a model. */
const questions: readonly ((model: Sequential) => unknown)[] = [
  (model) => model.predict(few),
  (model) => model.predict(many),
  (model) => model.evaluate(many, classNumbers(300, 3, 6)),
  (model) => model.evaluate(x, y, { batchSize: 7 }),
];

describe("calls in any order", () => {
  it.each([1, 2, 3, 4, 5, 6])("sequence %i: what is learnt does not depend on what is asked", async (salt) => {
    const [model, twin] = [makeModel(), makeModel()];
    for (let step = 0; step < 25; step++) {
      const change = changes[hash(step, salt) % changes.length];
      await change?.(model, true);
      await change?.(twin, false);
      await ask(model, hash(step, salt + 100));
      expectSameWeights(model.getWeights(), twin.getWeights());
    }
  });

  it.each([7, 8])("sequence %i: what is predicted depends on the weights alone", async (salt) => {
    const model = makeModel();
    for (let step = 0; step < 12; step++) {
      await changes[hash(step, salt) % changes.length]?.(model, true);
      const fresh = makeModel();
      fresh.setWeights(model.getWeights());
      for (const rows of [few, many]) {
        expect(bits([await model.predict(rows)])).toEqual(bits([await fresh.predict(rows)]));
      }
    }
  });
});

async function ask(model: Sequential, choice: number): Promise<void> {
  await questions[choice % questions.length]?.(model);
  await questions[(choice >>> 8) % questions.length]?.(model);
}

/** Without a bias in the middle, where a product starts from the zeros that all layers share. */
function makeModel(): Sequential {
  const model = new Sequential(
    [
      layers.dense({ units: 8, activation: "relu", inputShape: [9] }),
      layers.dropout({ rate: 0.2 }),
      layers.dense({ units: 5, activation: "tanh", useBias: false }),
      layers.dense({ units: 3, activation: "softmax" }),
    ],
    { seed: 1 },
  );
  compile(model);
  return model;
}
