/** swapEMAWeights: when the averages stand in for the weights. */
import { describe, expect, it } from "vitest";
import { type Callback, callbacks, optimizers, Sequential, StateError } from "../../src/index.js";
import { makeClassifier, x, y } from "../helpers/classifier.js";
import { useDirectory } from "../helpers/directory.js";
import { expectFailure, wrong } from "../helpers/failure.js";
import { expectSameWeights, type Weights } from "../helpers/weights.js";

const path = useDirectory();
const makeAveraging = () =>
  makeClassifier({ optimizer: optimizers.adam({ learningRate: 0.1, useEma: true, emaMomentum: 0.5 }) });
const fit = (model: Sequential, list: readonly Callback[], epochs = 3) =>
  model.fit(x, y, { epochs, batchSize: 2, shuffle: false, validationData: [x, y], callbacks: list });

/** The averages after each epoch: a fit ends with them. */
async function averagesAfter(epochs: number): Promise<Sequential> {
  const model = makeAveraging();
  await fit(model, [], epochs);
  return model;
}

describe("swapEMAWeights", () => {
  it.each([false, true])(
    "validates on the averages, and trains on the weights (swapOnEpoch: %s)",
    async (swapOnEpoch) => {
      const [model, plain] = [makeAveraging(), makeAveraging()];
      const { history } = await fit(model, [callbacks.swapEMAWeights({ swapOnEpoch })]);
      const { history: expected } = await fit(plain, []);
      expect(history.loss).toEqual(expected.loss);
      for (const epochs of [1, 2, 3]) {
        const { loss } = await (await averagesAfter(epochs)).evaluate(x, y, { batchSize: 2 });
        expect(history.val_loss?.[epochs - 1]).toBe(loss);
      }
      expectSameWeights(model.getWeights(), plain.getWeights());
    },
  );

  it("with swapOnEpoch shows the averages to the callbacks behind it, which may save them", async () => {
    const model = makeAveraging();
    const seen: Weights[] = [];
    await fit(model, [
      callbacks.swapEMAWeights({ swapOnEpoch: true }),
      { onEpochEnd: () => void seen.push(model.getWeights()) },
      callbacks.modelCheckpoint(path("{epoch}"), { saveWeightsOnly: true }),
    ]);
    for (const epochs of [1, 2, 3]) {
      const averages = (await averagesAfter(epochs)).getWeights();
      expectSameWeights(seen[epochs - 1] as Weights, averages);
      expectSameWeights((await Sequential.load(path(`${epochs}`))).getWeights(), averages);
    }
  });

  it("fails with an optimizer that keeps no averages", async () => {
    await expectFailure(
      () => fit(makeClassifier(), [callbacks.swapEMAWeights()]),
      StateError,
      "swapAverages: the optimizer keeps no averages; make it with useEma: true",
    );
  });

  it("refuses swapOnEpoch: 1", async () => {
    await expectFailure(
      () => callbacks.swapEMAWeights({ swapOnEpoch: wrong(1) }),
      TypeError,
      "swapEMAWeights: swapOnEpoch: expected true or false, got 1",
    );
  });
});
