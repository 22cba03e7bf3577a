/** Training that runs away ends with an error, and the weights of the last epoch in which all was finite. */
import { describe, expect, it } from "vitest";
import { type CallbackHooks, LanewiseError, layers, ndarray, optimizers, Sequential } from "../../src/index.js";
import { matrix } from "../helpers/data.js";
import { errorOf, expectFailure } from "../helpers/failure.js";
import { expectSameWeights, type Weights } from "../helpers/weights.js";

const x = matrix(12, 3, 1, 0, 4);
const y = matrix(12, 2, 2);
/** So far off that a step of 1e38 leads out of float32, while the loss does not. */
const large = ndarray(
  y.data.map((value) => value * 1000),
  y.shape,
);

describe("divergence", () => {
  it("names epoch, batch and learning rate, and puts back the last finite epoch", async () => {
    const optimizer = optimizers.sgd();
    const model = makeModel(optimizer);
    const ends: Weights[] = [];
    const callbacks: CallbackHooks = {
      onEpochBegin(epoch) {
        if (epoch === 3) optimizer.learningRate = 1e30;
      },
      onEpochEnd: () => void ends.push(model.getWeights()),
    };
    const error = await errorOf(() => model.fit(x, y, { epochs: 9, batchSize: 4, callbacks }));
    expect(error).toBeInstanceOf(LanewiseError);
    expect((error as Error).message).toMatch(
      /^training diverged: the loss of batch 2 of epoch 4 is (Infinity|NaN); try a learning rate smaller than 1e\+30 \(the weights are those of the end of epoch 3\)$/,
    );
    expect(ends).toHaveLength(3);
    expectSameWeights(model.getWeights(), ends[2] as Weights);
  });

  it("in the first epoch puts back the weights that were there", async () => {
    const model = makeModel(1e30);
    const before = model.getWeights();
    await expectFailure(
      () => model.fit(x, y, { batchSize: 4 }),
      LanewiseError,
      "training diverged: the loss of batch 2 of epoch 1 is Infinity; try a learning rate smaller than 1e+30 (the weights are as they were)",
    );
    expectSameWeights(model.getWeights(), before);
  });

  it("is noticed when only the weights are infinite", async () => {
    const model = makeModel(1e38);
    const before = model.getWeights();
    await expectFailure(
      () => model.fit(x, large),
      LanewiseError,
      "training diverged: a weight became infinite or NaN in epoch 1; try a learning rate smaller than 1e+38 (the weights are as they were)",
    );
    expectSameWeights(model.getWeights(), before);
  });

  it("ends with onTrainEnd, and a later fit goes on as if nothing had been", async () => {
    const [optimizer, calm] = [optimizers.adam({ learningRate: 0.01 }), optimizers.adam({ learningRate: 0.01 })];
    const [model, twin] = [makeModel(optimizer), makeModel(calm)];
    await Promise.all([model, twin].map((one) => one.fit(x, y, { epochs: 2, batchSize: 5 })));
    optimizer.learningRate = 1e30;
    let trainEnds = 0;
    const callbacks = { onTrainEnd: () => void trainEnds++ };
    await expect(model.fit(x, y, { epochs: 4, initialEpoch: 2, batchSize: 5, callbacks })).rejects.toThrow("diverged");
    expect(trainEnds).toBe(1);
    optimizer.learningRate = 0.01;
    const histories = await Promise.all(
      [model, twin].map((one) => one.fit(x, y, { epochs: 4, initialEpoch: 2, batchSize: 5 })),
    );
    expect(histories[0]).toEqual(histories[1]);
    expectSameWeights(model.getWeights(), twin.getWeights());
  });

  it("of a single batch changes nothing", async () => {
    const model = makeModel(0.01);
    const huge = ndarray(
      x.data.map((value) => value * 1e30),
      x.shape,
    );
    const before = model.getWeights();
    await expectFailure(
      () => model.trainOnBatch(huge, y),
      LanewiseError,
      "training diverged: the loss of the batch is Infinity; try a learning rate smaller than 0.01 (the weights are as they were)",
    );
    expectSameWeights(model.getWeights(), before);
  });

  it("of a single batch is noticed when only the weights are infinite, and leaves no trace", async () => {
    const [optimizer, calm] = [optimizers.sgd({ learningRate: 1e38 }), optimizers.sgd()];
    const [model, twin] = [makeModel(optimizer), makeModel(calm)];
    const before = model.getWeights();
    await expectFailure(
      () => model.trainOnBatch(x, large),
      LanewiseError,
      "training diverged: a weight became infinite or NaN; try a learning rate smaller than 1e+38 (the weights are as they were)",
    );
    expectSameWeights(model.getWeights(), before);
    optimizer.learningRate = calm.learningRate;
    expect(await model.trainOnBatch(x, y)).toEqual(await twin.trainOnBatch(x, y));
    expectSameWeights(model.getWeights(), twin.getWeights());
  });
});

/** A linear model that sgd throws off its feet, unless given another optimizer. */
function makeModel(optimizer: number | ReturnType<typeof optimizers.adam>): Sequential {
  const model = new Sequential(
    [layers.dense({ units: 2, inputShape: [3] }), layers.dropout({ rate: 0.1 }), layers.dense({ units: 2 })],
    { seed: 1 },
  );
  model.compile({
    optimizer: typeof optimizer === "number" ? optimizers.sgd({ learningRate: optimizer }) : optimizer,
    loss: "meanSquaredError",
  });
  return model;
}
