/** Which batches an epoch has, when and on what it is validated, and when others have their turn. */
import { afterEach, describe, expect, it, vi } from "vitest";
import type { CallbackHooks, FitOptions } from "../../src/index.js";
import { take } from "../../src/index.js";
import { shuffle } from "../../src/random.js";
import { makeClassifier, x, y } from "../helpers/classifier.js";
import { matrix } from "../helpers/data.js";
import { expectFailure, wrong } from "../helpers/failure.js";
import { countTurns } from "../helpers/turns.js";
import { expectSameWeights } from "../helpers/weights.js";

const all = matrix(10, 4, 3);
const targets = matrix(10, 3, 4, 0, 1);

afterEach(() => {
  vi.restoreAllMocks();
});

/** The sizes of the batches, epoch by epoch. */
async function sizesOf(options: FitOptions): Promise<number[][]> {
  const sizes: number[][] = [];
  const callbacks: CallbackHooks = {
    onEpochBegin: () => void sizes.push([]),
    onBatchEnd: (_, { size }) => void sizes.at(-1)?.push(size as number),
  };
  await makeClassifier().fit(all, targets, { batchSize: 3, callbacks, ...options });
  return sizes;
}

describe("stepsPerEpoch", () => {
  it.each<[number, number[][]]>([
    // Ten rows make batches of 3, 3, 3 and 1
    [1, [[3], [3], [3], [1], [3]]],
    [
      2,
      [
        [3, 3],
        [3, 1],
        [3, 3],
        [3, 1],
        [3, 3],
      ],
    ],
    [3, [[3, 3, 3], [1], [3, 3, 3], [1], [3, 3, 3]]],
    [4, Array.from({ length: 5 }, () => [3, 3, 3, 1])],
    [9, Array.from({ length: 5 }, () => [3, 3, 3, 1])],
  ])("%i: an epoch goes on where the one before ended, to the end of the rows", async (stepsPerEpoch, expected) => {
    expect(await sizesOf({ stepsPerEpoch, epochs: 5 })).toEqual(expected);
  });

  it("has a new order of rows in each pass, wherever training begins", async () => {
    const [model, twin] = [makeClassifier(), makeClassifier()];
    const options = { batchSize: 3, stepsPerEpoch: 3, seed: 7 };
    await model.fit(all, targets, { ...options, epochs: 4, initialEpoch: 2 });
    const order = shuffle(
      Array.from({ length: 10 }, (_, i) => i),
      7,
      0x20000,
      1,
    );
    await twin.fit(take(all, order), take(targets, order), { batchSize: 3, shuffle: false });
    expectSameWeights(model.getWeights(), twin.getWeights());
  });

  it("tells callbacks how many batches an epoch has", async () => {
    const seen: unknown[] = [];
    const callbacks = ({ batchesPerEpoch }: { batchesPerEpoch: number | undefined }) => {
      seen.push(batchesPerEpoch);
      return {};
    };
    for (const stepsPerEpoch of [2, 9]) await makeClassifier().fit(all, targets, { stepsPerEpoch, callbacks });
    await makeClassifier().fit(all, targets, { stepsPerEpoch: 3, batchSize: 2, callbacks });
    expect(seen).toEqual([1, 1, 3]);
  });
});

describe("validation", () => {
  it.each<[number | readonly number[], (0 | 1)[]]>([
    [1, [1, 1, 1, 1, 1]],
    [2, [0, 1, 0, 1, 0]],
    [3, [0, 0, 1, 0, 0]],
    [9, [0, 0, 0, 0, 0]],
    [
      [1, 4],
      [1, 0, 0, 1, 0],
    ],
    [[], [0, 0, 0, 0, 0]],
  ])("with validationFreq %j: of five epochs those with a 1 are measured", async (validationFreq, expected) => {
    const seen: (0 | 1)[] = [];
    const onEpochEnd = (_: number, logs: object) => void seen.push("val_loss" in logs ? 1 : 0);
    const options = { epochs: 5, validationData: [x, y], validationFreq, callbacks: { onEpochEnd } } as const;
    const { epoch, history } = await makeClassifier().fit(x, y, options);
    expect(seen).toEqual(expected);
    expect(epoch).toHaveLength(5);
    expect(history.loss).toHaveLength(5);
    expect(history.val_loss ?? []).toHaveLength(seen.filter((one) => one === 1).length);
  });

  it("counts epochs from the very first, not from initialEpoch", async () => {
    const options = { validationData: [x, y], validationFreq: 3, initialEpoch: 1, epochs: 3 } as const;
    const { epoch, history } = await makeClassifier().fit(x, y, options);
    expect(epoch).toEqual([1, 2]);
    expect(history.val_loss).toHaveLength(1);
  });

  it("with validationSteps measures the first batches only, of validationBatchSize rows", async () => {
    const model = makeClassifier();
    const options = { validationData: [all, targets], validationSteps: 2, validationBatchSize: 3 } as const;
    const { history } = await model.fit(x, y, options);
    const rows = [0, 1, 2, 3, 4, 5];
    const figures = await model.evaluate(take(all, rows), take(targets, rows), { batchSize: 3 });
    expect([history.val_loss, history.val_accuracy]).toEqual([[figures.loss], [figures.accuracy]]);
  });

  it("takes validationSteps of more batches than there are for all", async () => {
    const one = await makeClassifier().fit(x, y, { validationSplit: 0.5 });
    expect(await makeClassifier().fit(x, y, { validationSplit: 0.5, validationSteps: 99 })).toEqual(one);
  });
});

describe("yieldEvery", () => {
  it.each([
    ["batch", 9],
    ["epoch", 3],
    ["never", 0],
    [0, 9],
    [20, 4],
    ["auto", 9],
  ] as const)("%s: in 3 epochs of 3 batches, each of 16 milliseconds, others have %i turns", async (every, turns) => {
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => now);
    const turnsTaken = countTurns();
    const onBatchEnd = () => {
      now += 16;
    };
    await makeClassifier().fit(x, y, { epochs: 3, batchSize: 2, yieldEvery: every, callbacks: { onBatchEnd } });
    expect(turnsTaken()).toBe(turns);
  });

  it.each([
    ["a negative time", -1, RangeError, "-1"],
    ["NaN", Number.NaN, RangeError, "NaN"],
    ["another word", "sometimes", TypeError, '"sometimes"'],
    ["true", true, TypeError, "true"],
  ])("refuses %s", async (_, yieldEvery, error, came) => {
    await expectFailure(
      () => makeClassifier().fit(x, y, { yieldEvery: wrong(yieldEvery) }),
      error,
      `fit: yieldEvery: expected 'auto', 'batch', 'epoch', 'never' or a number of milliseconds, got ${came}`,
    );
  });
});

it("compile in between keeps the weights and starts the optimizer anew", async () => {
  const [model, twin] = [makeClassifier(), makeClassifier()];
  await model.fit(x, y, { epochs: 3 });
  const weights = model.getWeights();
  const options = { optimizer: "adam", loss: "categoricalCrossentropy" };
  model.compile(options);
  expectSameWeights(model.getWeights(), weights);
  twin.setWeights(weights);
  twin.compile(options);
  expect(await model.fit(x, y)).toEqual(await twin.fit(x, y));
  expectSameWeights(model.getWeights(), twin.getWeights());
});
