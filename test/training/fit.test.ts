/** fit and evaluate: which rows train and which measure, what the history holds, what is printed. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { type CallbackHooks, layers, ndarray, optimizers, Sequential, take } from "../../src/index.js";
import { shuffle } from "../../src/random.js";
import { labels, makeClassifier, x, y } from "../helpers/classifier.js";
import { matrix } from "../helpers/data.js";
import { expectSameWeights } from "../helpers/weights.js";

afterEach(() => {
  vi.restoreAllMocks();
});

describe("history", () => {
  it("has loss, metrics and val_ figures of each epoch, in this order", async () => {
    const model = makeClassifier({ metrics: ["accuracy", "binaryAccuracy"] });
    const { epoch, history, seed } = await model.fit(x, y, { epochs: 3, validationData: [x, y], seed: 9 });
    expect(seed).toBe(9);
    expect(epoch).toEqual([0, 1, 2]);
    expect(Object.keys(history)).toEqual([
      "loss",
      "accuracy",
      "binaryAccuracy",
      "val_loss",
      "val_accuracy",
      "val_binaryAccuracy",
    ]);
    for (const values of Object.values(history)) expect(values).toHaveLength(3);
  });

  it.each([
    ["no epochs", { epochs: 0 }],
    ["all epochs done", { epochs: 3, initialEpoch: 3 }],
    ["more than all done", { epochs: 3, initialEpoch: 5 }],
  ])("is empty with %s", async (_, options) => {
    const model = makeClassifier();
    const before = model.getWeights();
    expect(await model.fit(x, y, { ...options, seed: 2 })).toEqual({ epoch: [], history: {}, seed: 2 });
    expectSameWeights(model.getWeights(), before);
  });

  it("counts epochs from initialEpoch", async () => {
    const { epoch, history } = await makeClassifier().fit(x, y, { epochs: 5, initialEpoch: 3 });
    expect(epoch).toEqual([3, 4]);
    expect(history.loss).toHaveLength(2);
  });

  it("holds the loss of each batch before its update, the rows of a last small batch counting as much", async () => {
    const model = makeClassifier({ optimizer: optimizers.sgd({ learningRate: 0 }) });
    const { loss, accuracy } = await model.evaluate(x, y);
    const { history } = await model.fit(x, y, { batchSize: 4, shuffle: false });
    expect(history.loss?.[0]).toBeCloseTo(loss as number, 6);
    expect(history.accuracy).toEqual([accuracy]);
  });

  it("measures validation data after the epoch, and as evaluate does", async () => {
    const model = makeClassifier();
    const [vx, vy] = [matrix(9, 4, 8), matrix(9, 3, 9)];
    const { history } = await model.fit(x, y, { epochs: 2, validationData: [vx, vy], batchSize: 4 });
    const { loss, accuracy } = await model.evaluate(vx, vy, { batchSize: 4 });
    expect([history.val_loss?.[1], history.val_accuracy?.[1]]).toEqual([loss, accuracy]);
  });
});

describe("validationSplit", () => {
  it.each([
    [0.2, 5, 4],
    [0.25, 6, 4],
    [0.5, 6, 3],
    [1 / 3, 6, 4],
    [0.1, 11, 9],
  ])("%d of %i rows leaves the first %i for training, before any shuffle", async (validationSplit, rows, kept) => {
    const [all, targets] = [matrix(rows, 4, 3), matrix(rows, 3, 4, 0, 1)];
    const [model, twin] = [makeClassifier(), makeClassifier()];
    const [head, tail] = [range(0, kept), range(kept, rows)];
    const split = await model.fit(all, targets, { validationSplit, epochs: 2 });
    const given = await twin.fit(take(all, head), take(targets, head), {
      validationData: [take(all, tail), take(targets, tail)],
      epochs: 2,
    });
    expect(split).toEqual(given);
    expectSameWeights(model.getWeights(), twin.getWeights());
  });

  it("gives way to validationData", async () => {
    const options = { validationData: [x, y], epochs: 2 } as const;
    const [both, one] = [
      await makeClassifier().fit(x, y, { ...options, validationSplit: 0.5 }),
      await makeClassifier().fit(x, y, options),
    ];
    expect(both).toEqual(one);
  });
});

describe("the order of rows", () => {
  const rows = 10;
  const all = matrix(rows, 4, 3);
  const targets = matrix(rows, 3, 4, 0, 1);

  it("is a function of seed and epoch, a new one in each epoch", async () => {
    const orders: number[][] = [];
    for (const epoch of [0, 1, 2]) {
      const expected = shuffle(range(0, rows), 7, 0x20000, epoch);
      orders.push(expected);
      const [model, twin] = [makeClassifier(), makeClassifier()];
      await model.fit(all, targets, { epochs: epoch + 1, initialEpoch: epoch, batchSize: 3, seed: 7 });
      await twin.fit(take(all, expected), take(targets, expected), { batchSize: 3, shuffle: false });
      expectSameWeights(model.getWeights(), twin.getWeights());
    }
    expect(new Set(orders.map((order) => order.join())).size).toBe(3);
  });

  it("is theirs with shuffle: false", async () => {
    const [model, twin] = [makeClassifier(), makeClassifier()];
    await model.fit(all, targets, { batchSize: 4, shuffle: false });
    for (const [start, end] of [
      [0, 4],
      [4, 8],
      [8, 10],
    ] as const) {
      await twin.trainOnBatch(take(all, range(start, end)), take(targets, range(start, end)));
    }
    expectSameWeights(model.getWeights(), twin.getWeights());
  });

  it("does not touch the data given", async () => {
    const [before, targetsBefore] = [all.data.slice(), targets.data.slice()];
    await makeClassifier().fit(all, targets, { epochs: 2, validationSplit: 0.2 });
    expect([all.data, targets.data]).toEqual([before, targetsBefore]);
  });
});

describe("batchSize", () => {
  it.each([
    [1, [1, 1, 1, 1, 1, 1]],
    [4, [4, 2]],
    [6, [6]],
    [1000, [6]],
    [Number.MAX_SAFE_INTEGER, [6]],
  ])("%i makes batches of %j", async (batchSize, sizes) => {
    const seen: number[] = [];
    const callbacks: CallbackHooks = { onBatchEnd: (_, { size }) => void seen.push(size as number) };
    await makeClassifier().fit(x, y, { batchSize, callbacks });
    expect(seen).toEqual(sizes);
  });

  it("is 32 unless given", async () => {
    const [model, many] = [makeClassifier(), matrix(65, 4, 1)];
    const seen: number[] = [];
    const callbacks: CallbackHooks = { onBatchEnd: (_, { size }) => void seen.push(size as number) };
    await model.fit(many, matrix(65, 3, 2), { callbacks });
    expect(seen).toEqual([32, 32, 1]);
  });
});

describe("verbose", () => {
  const printed = async (verbose?: 0 | 1 | 2): Promise<unknown[][]> => {
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => now);
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    const onBatchEnd = () => {
      now += 1250;
    };
    const options = { epochs: 4, initialEpoch: 2, validationData: [x, y], callbacks: { onBatchEnd } } as const;
    const model = makeClassifier({ optimizer: optimizers.sgd({ learningRate: 0 }) });
    model.setWeights(model.getWeights().map(({ data, shape }) => ndarray(new Float32Array(data.length), shape)));
    await model.fit(x, y, { ...options, ...(verbose !== undefined && { verbose }) });
    return log.mock.calls;
  };

  it.each([1, 2] as const)("%i prints a line for each epoch", async (verbose) => {
    const hits = (labels.filter((label) => label === 0).length / 6).toFixed(4);
    const figures = `loss: 1.0986 - accuracy: ${hits} - val_loss: 1.0986 - val_accuracy: ${hits}`;
    expect(await printed(verbose)).toEqual([[`Epoch 3/4 - 1.3s - ${figures}`], [`Epoch 4/4 - 1.3s - ${figures}`]]);
  });

  it("0 prints nothing, and is the default", async () => {
    expect(await printed(0)).toEqual([]);
    expect(await printed()).toEqual([]);
  });
});

describe("evaluate", () => {
  it("changes nothing", async () => {
    const [model, twin] = [makeClassifier(), makeClassifier()];
    await model.evaluate(x, y);
    await Promise.all([model, twin].map((one) => one.fit(x, y)));
    expectSameWeights(model.getWeights(), twin.getWeights());
  });

  it("drops nothing, and predicts what predict does", async () => {
    const model = new Sequential([layers.dropout({ rate: 0.5, inputShape: [4] })]);
    model.compile({ optimizer: "sgd", loss: "mse" });
    expect(await model.evaluate(x, x)).toEqual({ loss: 0 });
  });
});

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, i) => start + i);
}
