/** terminateOnNaN: a training that diverges ends in peace, with the last finite weights. */
import { describe, expect, it } from "vitest";
import { type Callback, callbacks, LanewiseError, layers, Sequential } from "../../src/index.js";
import { matrix } from "../helpers/data.js";
import { errorOf, expectFailure, wrong } from "../helpers/failure.js";
import { expectSameWeights, type Weights } from "../helpers/weights.js";

const x = matrix(12, 3, 1, 0, 4);
const y = matrix(12, 2, 2);

/** Diverges in the third epoch. */
function makeDiverging() {
  const model = new Sequential([layers.dense({ units: 2, inputShape: [3] }), layers.dense({ units: 2 })], { seed: 1 });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  const ends: Weights[] = [];
  const throwOff = callbacks.learningRateScheduler((epoch) => (epoch < 2 ? 0.01 : 1e30));
  const remember = { onEpochEnd: () => void ends.push(model.getWeights()) };
  const fit = (...more: readonly Callback[]) =>
    model.fit(x, y, { epochs: 9, batchSize: 4, validationData: [x, y], callbacks: [throwOff, remember, ...more] });
  return { model, ends, fit };
}

describe("terminateOnNaN", () => {
  it("lets fit resolve: with the loss that ended it, and the weights of the epoch before", async () => {
    const { model, ends, fit } = makeDiverging();
    const { epoch, history } = await fit(callbacks.terminateOnNaN());
    expect(epoch).toEqual([0, 1, 2]);
    expect(history.loss?.map(Number.isFinite)).toEqual([true, true, false]);
    expect(history.val_loss).toHaveLength(2);
    expect(model.stopTraining).toBe(true);
    expectSameWeights(model.getWeights(), ends[1] as Weights);
  });

  it.each([
    ["without it", []],
    ["with raiseError", [callbacks.terminateOnNaN({ raiseError: true })]],
  ])("%s fit rejects, with the same weights", async (_, list) => {
    const { model, ends, fit } = makeDiverging();
    const error = await errorOf(() => fit(...list));
    expect(error).toBeInstanceOf(LanewiseError);
    expect((error as Error).message).toMatch(/^training diverged: .* epoch 3/);
    expectSameWeights(model.getWeights(), ends[1] as Weights);
  });

  it("refuses raiseError: 1", async () => {
    await expectFailure(
      () => callbacks.terminateOnNaN({ raiseError: wrong(1) }),
      TypeError,
      "terminateOnNaN: raiseError: expected true or false, got 1",
    );
  });
});
