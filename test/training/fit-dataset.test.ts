/** fitDataset and evaluateDataset: batches that come one after the other. */
import { describe, expect, it } from "vitest";
import {
  type CallbackHooks,
  type Dataset,
  type DatasetBatch,
  type FitDatasetOptions,
  LanewiseError,
  layers,
  type NDArray,
  Sequential,
  ShapeError,
  take,
} from "../../src/index.js";
import { makeClassifier, x, y } from "../helpers/classifier.js";
import { matrix } from "../helpers/data.js";
import { errorOf, expectFailure, type Refused, wrong } from "../helpers/failure.js";
import { expectSameWeights } from "../helpers/weights.js";

const all = matrix(12, 4, 3);
const targets = matrix(12, 3, 4, 0, 1);

const rows = (array: NDArray, start: number, end: number) =>
  take(
    array,
    Array.from({ length: end - start }, (_, i) => start + i),
  );

function makeBatches(...sizes: readonly number[]): { xs: NDArray; ys: NDArray }[] {
  let start = 0;
  return sizes.map((size) => {
    start += size;
    return { xs: rows(all, start - size, start), ys: rows(targets, start - size, start) };
  });
}

const batches = makeBatches(5, 5, 2);

/** The sizes of the batches, epoch by epoch. */
async function sizesOf(dataset: Dataset, options: FitDatasetOptions): Promise<number[][]> {
  const sizes: number[][] = [];
  const hooks: CallbackHooks = {
    onEpochBegin: () => void sizes.push([]),
    onBatchEnd: (_, { size }) => void sizes.at(-1)?.push(size as number),
  };
  await makeClassifier().fitDataset(dataset, { ...options, callbacks: hooks });
  return sizes;
}

const forms: readonly (readonly [what: string, dataset: Dataset])[] = [
  ["an array of { xs, ys }", batches],
  ["an array of [xs, ys]", batches.map(({ xs, ys }) => [xs, ys] as const)],
  ["nested arrays of numbers", batches.map(({ xs, ys }) => ({ xs: nested(xs), ys: nested(ys) }))],
  ["an object to iterate over", new Set(batches)],
  ["a function that returns an array", () => batches],
  ["a function that returns a promise", async () => batches],
  [
    "a generator function",
    function* () {
      yield* batches;
    },
  ],
  [
    "an async generator function",
    async function* () {
      for (const batch of batches) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        yield batch;
      }
    },
  ],
  [
    "an object to iterate over asynchronously",
    {
      async *[Symbol.asyncIterator]() {
        yield* batches;
      },
    },
  ],
  ["weights of 1", batches.map(({ xs, ys }) => [xs, ys, new Float32Array(xs.shape[0] ?? 0).fill(1)] as const)],
];

describe("fitDataset", () => {
  it.each(forms)("trains on %s as fit does", async (_, dataset) => {
    const [model, twin] = [makeClassifier(), makeClassifier()];
    const options = { epochs: 3, seed: 4 };
    const history = await model.fitDataset(dataset, options);
    expect(history).toEqual(await twin.fit(all, targets, { ...options, batchSize: 5, shuffle: false }));
    expectSameWeights(model.getWeights(), twin.getWeights());
  });

  it("takes batches of any sizes, each as trainOnBatch does", async () => {
    const [model, twin] = [makeClassifier(), makeClassifier()];
    const uneven = makeBatches(1, 7, 2, 1, 1);
    await model.fitDataset(uneven);
    for (const { xs, ys } of uneven) await twin.trainOnBatch(xs, ys);
    expectSameWeights(model.getWeights(), twin.getWeights());
  });

  it("takes weights of samples in any batch, and of classes", async () => {
    const weights = [undefined, [1, 2, 3, 4, 5], [0.5, 2]];
    const [model, twin] = [makeClassifier(), makeClassifier()];
    const classWeight = { 1: 3 };
    const weighted = batches.map(({ xs, ys }, i): DatasetBatch => ({ xs, ys, sampleWeight: weights[i] }));
    await model.fitDataset(weighted, { classWeight });
    for (const [i, { xs, ys }] of batches.entries()) {
      await twin.trainOnBatch(xs, ys, { classWeight, sampleWeight: weights[i] });
    }
    expectSameWeights(model.getWeights(), twin.getWeights());
  });

  it("takes the input shape from the first batch, which is read once", async () => {
    let read = 0;
    const model = new Sequential([layers.dense({ units: 3 })], { seed: 1 });
    model.compile({ optimizer: "sgd", loss: "mse" });
    await model.fitDataset(
      function* () {
        read++;
        yield* batches;
      },
      { epochs: 2 },
    );
    expect(read).toBe(2);
    expect(model.getWeights()[0]?.shape).toEqual([4, 3]);
  });

  it.each<[what: string, dataset: Dataset, batchesPerEpoch: number, sizes: number[][]]>([
    ["an object goes on from epoch to epoch, to its end", batches, 2, [[5, 5], [2], [5, 5], [2]]],
    [
      "an object of just as many",
      batches,
      3,
      [
        [5, 5, 2],
        [5, 5, 2],
        [5, 5, 2],
        [5, 5, 2],
      ],
    ],
    [
      "an object of fewer",
      batches,
      9,
      [
        [5, 5, 2],
        [5, 5, 2],
        [5, 5, 2],
        [5, 5, 2],
      ],
    ],
    [
      "a function begins anew",
      () => batches,
      2,
      [
        [5, 5],
        [5, 5],
        [5, 5],
        [5, 5],
      ],
    ],
  ])("with batchesPerEpoch: %s", async (_, dataset, batchesPerEpoch, sizes) => {
    expect(await sizesOf(dataset, { batchesPerEpoch, epochs: 4 })).toEqual(sizes);
  });

  it("takes a generator, as long as it lasts", async () => {
    function* endless(): Generator<DatasetBatch> {
      for (;;) yield batches[0] as DatasetBatch;
    }
    expect(await sizesOf(endless(), { batchesPerEpoch: 2, epochs: 2 })).toEqual([
      [5, 5],
      [5, 5],
    ]);
    expect(await sizesOf(batches.values(), {})).toEqual([[5, 5, 2]]);
  });

  const onlyOnce = "an iterator gives its batches only once: hand over a function that makes one for each epoch";

  it.each<[what: string, dataset: () => Dataset, options: FitDatasetOptions, message: string]>([
    [
      "a generator in the second epoch",
      () => batches.values(),
      { epochs: 2 },
      "epoch 2: expected at least one batch, got none",
    ],
    [
      "a generator in mid-epoch",
      () => batches.values(),
      { epochs: 2, batchesPerEpoch: 2 },
      "epoch 2: expected 2 batches, got 1",
    ],
    ["no batch at all", () => [], {}, "epoch 1: expected at least one batch, got none"],
  ])("says when batches have run dry: %s", async (_, dataset, options, message) => {
    const model = makeClassifier();
    await expectFailure(
      () => model.fitDataset(dataset(), options),
      LanewiseError,
      `fitDataset: ${message}; ${onlyOnce}`,
    );
    await model.fitDataset(batches);
  });

  it("validates on arrays and on data sets alike", async () => {
    const expected = await makeClassifier().fit(all, targets, {
      epochs: 2,
      batchSize: 5,
      shuffle: false,
      validationData: [all, targets],
    });
    for (const validationData of [[all, targets] as const, batches, () => batches, forms[1]?.[1] as Dataset]) {
      const model = makeClassifier();
      const { history } = await model.fitDataset(batches, { epochs: 2, validationData, validationBatchSize: 5 });
      expect(history).toEqual(expected.history);
    }
  });

  it("with validationBatches measures the first only, in every epoch", async () => {
    const model = makeClassifier();
    const options = { epochs: 2, validationData: batches, validationBatches: 2, validationFreq: 2 };
    const { history } = await model.fitDataset(batches, options);
    expect(history.val_loss).toEqual([(await model.evaluateDataset(batches.slice(0, 2))).loss]);
  });

  it("closes what it has opened, however it ends", async () => {
    const closed: string[] = [];
    const open = (name: string) =>
      function* () {
        try {
          yield* batches;
        } finally {
          closed.push(name);
        }
      };
    const model = makeClassifier();
    await model.fitDataset(open("read to the end"));
    await model.fitDataset(open("cut short"), { batchesPerEpoch: 1 });
    await model.fitDataset({ [Symbol.iterator]: open("of an object") }, { batchesPerEpoch: 2 });
    const onBatchEnd = () => {
      throw new Error("no more");
    };
    await expect(model.fitDataset(open("of a failure"), { callbacks: { onBatchEnd } })).rejects.toThrow("no more");
    await model.evaluateDataset(open("evaluated"), { batches: 1 });
    expect(closed).toEqual(["read to the end", "cut short", "of an object", "of a failure", "evaluated"]);
  });

  it("needs no more memory for more batches", async () => {
    const measure = async (count: number) => {
      const model = makeClassifier();
      const sizes = [3, 12, 5];
      await model.fitDataset(
        function* () {
          for (let i = 0; i < count; i++) yield makeBatches(sizes[i % 3] as number)[0] as DatasetBatch;
        },
        { callbacks: { onBatchEnd: async (batch) => void (batch % 50 === 0 && (await model.predict(x))) } },
      );
      return model.byteLength;
    };
    expect(await measure(1000)).toBe(await measure(3));
  });

  it("stops at a signal and at stopTraining", async () => {
    const controller = new AbortController();
    const model = makeClassifier();
    const abort = { onBatchEnd: () => controller.abort(new Error("enough")) };
    const error = await errorOf(() => model.fitDataset(batches, { signal: controller.signal, callbacks: abort }));
    expect(`${error}`).toBe("Error: enough");
    const onBatchEnd = () => {
      model.stopTraining = true;
    };
    expect((await model.fitDataset(batches, { epochs: 5, callbacks: { onBatchEnd } })).epoch).toEqual([0]);
  });

  const [first] = batches as [{ xs: NDArray; ys: NDArray }];
  const told = "expected batches that can be iterated over, or a function that returns them";

  it.each<Refused>([
    ["a number", 5, TypeError, `fitDataset: dataset: ${told}, got 5`],
    ["one batch", first, TypeError, `fitDataset: dataset: ${told}, got Object`],
    ["a typed array", first.xs.data, TypeError, `fitDataset: dataset: ${told}, got Float32Array`],
    ["a function that returns a number", () => 5, TypeError, `fitDataset: dataset(0): ${told}, got 5`],
    [
      "samples alone",
      [first, first.xs],
      TypeError,
      "fitDataset: batch 2 of epoch 1: expected { xs, ys }, [xs, ys] or [xs, ys, sampleWeight], got Object",
    ],
    [
      "a batch of another width",
      [first, { ...first, xs: matrix(5, 3, 1) }],
      ShapeError,
      "batch 2 of epoch 1: xs: expected shape [?, 4], got [5, 3]",
    ],
    [
      "a batch of fewer targets",
      [{ ...first, ys: rows(targets, 0, 4) }],
      ShapeError,
      "batch 1 of epoch 1: ys: expected as many targets as samples, 5, got 4",
    ],
    [
      "a weight too many",
      [[first.xs, first.ys, [1, 2, 3, 4, 5, 6]]],
      ShapeError,
      "batch 1 of epoch 1: sampleWeight: expected shape [5] or [5, 1], got [6]",
    ],
    [
      "a batch without samples",
      [{ xs: rows(all, 0, 0), ys: rows(targets, 0, 0) }],
      ShapeError,
      "batch 1 of epoch 1: xs: expected at least one sample, got none",
    ],
  ])("refuses %s", async (_, dataset, error, message) => {
    const model = makeClassifier();
    await expectFailure(() => model.fitDataset(wrong(dataset)), error, message);
    await model.fitDataset(batches);
  });

  it.each<Refused>([
    [
      "batchesPerEpoch 0",
      { batchesPerEpoch: 0 },
      RangeError,
      "batchesPerEpoch: expected an integer of at least 1, got 0",
    ],
    [
      "validationBatches 0.5",
      { validationBatches: 0.5 },
      RangeError,
      "validationBatches: expected an integer of at least 1, got 0.5",
    ],
    ["epochs -1", { epochs: -1 }, RangeError, "epochs: expected an integer of at least 0, got -1"],
    [
      "validation data of one array",
      { validationData: [all] },
      TypeError,
      "validationData: expected [x, y], [x, y, sampleWeight] or a data set, got an array of 1",
    ],
    [
      "an option of fit",
      { batchSize: 3 },
      TypeError,
      "unknown option 'batchSize'; known: epochs, initialEpoch, seed, callbacks, signal, verbose, yieldEvery, batchesPerEpoch, classWeight, validationData, validationBatchSize, validationBatches, validationFreq",
    ],
  ])("refuses %s", async (_, options, error, message) => {
    await expectFailure(() => makeClassifier().fitDataset(batches, wrong(options)), error, `fitDataset: ${message}`);
  });

  it("is refused while fit runs, and keeps others out", async () => {
    const model = makeClassifier();
    const fit = model.fitDataset(batches);
    await expectFailure(
      () => model.fitDataset(batches),
      Error,
      "StateError: fitDataset: fit is running on this model; wait for it first".replace("StateError: ", ""),
    ).catch(() => undefined);
    await expect(model.fit(x, y)).rejects.toThrow("fit: fit is running on this model");
    await fit;
    await model.fit(x, y);
  });
});

describe("evaluateDataset", () => {
  it("measures as evaluate does", async () => {
    const model = makeClassifier();
    const expected = await model.evaluate(all, targets, { batchSize: 5 });
    for (const [, dataset] of forms) expect(await model.evaluateDataset(dataset)).toEqual(expected);
  });

  it("may run many at once, in the midst of training", async () => {
    const model = makeClassifier();
    const expected = await model.evaluateDataset(batches);
    const [, slow] = forms[7] as (typeof forms)[number];
    expect(await Promise.all([1, 2, 3].map(() => model.evaluateDataset(slow)))).toEqual([expected, expected, expected]);
    const twin = makeClassifier();
    await Promise.all([model.fitDataset(slow, { epochs: 3 }), model.evaluateDataset(slow), model.predict(x)]);
    await twin.fitDataset(batches, { epochs: 3 });
    expectSameWeights(model.getWeights(), twin.getWeights());
  });

  it("refuses no batches, and batches: 0", async () => {
    const error = await errorOf(() => makeClassifier().evaluateDataset([]));
    expect(`${error}`).toMatch(/^LanewiseError: evaluateDataset: epoch 1: expected at least one batch, got none/);
    await expectFailure(
      () => makeClassifier().evaluateDataset(batches, { batches: 0 }),
      RangeError,
      "evaluateDataset: batches: expected an integer of at least 1, got 0",
    );
  });
});

it("testOnBatch measures one batch, as evaluate does", async () => {
  const model = makeClassifier();
  const { byteLength } = model;
  expect(await model.testOnBatch(all, targets)).toEqual(await model.evaluate(all, targets, { batchSize: 12 }));
  const sampleWeight = Array.from({ length: 12 }, (_, i) => i);
  expect(await model.testOnBatch(all, targets, { sampleWeight })).toEqual(
    await model.evaluate(all, targets, { sampleWeight }),
  );
  expect(byteLength).toBe(0);
});

function nested({ data, shape: [count = 0, width = 0] }: NDArray): number[][] {
  return Array.from({ length: count }, (_, row) => [...data.subarray(row * width, (row + 1) * width)]);
}
