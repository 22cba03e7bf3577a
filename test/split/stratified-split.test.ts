import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type NDArray, ndarray } from "../../src/arrays.js";
import { ShapeError } from "../../src/errors.js";
import { oneHot } from "../../src/preprocessing/index.js";
import { shuffle } from "../../src/random.js";
import { stratifiedSplit } from "../../src/split/index.js";
import golden from "../fixtures/sklearn-metrics.json" with { type: "json" };

/** Labels 0, 1, … as often as the counts say, in random order. */
function labelsOf(counts: readonly number[]): Uint8Array {
  return Uint8Array.from(
    shuffle(
      counts.flatMap((count, label) => Array<number>(count).fill(label)),
      1,
      0,
    ),
  );
}

function countsOf(labels: ArrayLike<number>, classes: number): number[] {
  const counts = Array<number>(classes).fill(0);
  for (const label of Array.from(labels)) counts[label] = (counts[label] as number) + 1;
  return counts;
}

describe("stratifiedSplit", () => {
  it("gives every part the rows of every array and their numbers, ascending", () => {
    const y = labelsOf([10, 20]);
    const x = ndarray(
      Float32Array.from({ length: 60 }, (_, i) => i),
      [30, 2],
    );
    const split = stratifiedSplit({ x, y, weights: Array.from(y) }, { train: 0.7, test: 0.3, seed: 3 });
    const trainX: NDArray<Float32Array> = split.train.x;
    const trainY: NDArray<Uint8Array> = split.train.y;
    const weights: NDArray<Float32Array> = split.train.weights;
    const indices: Uint32Array = split.train.indices;

    expect(trainX.shape).toEqual([21, 2]);
    expect([...trainX.data]).toEqual([...indices].flatMap((row) => [2 * row, 2 * row + 1]));
    expect([...trainY.data]).toEqual([...indices].map((row) => y[row]));
    expect([...weights.data]).toEqual([...trainY.data]);
    expect([...indices]).toEqual([...indices].sort((a, b) => a - b));
    expect(Object.keys(split)).toEqual(["train", "test"]);
    expect([...indices, ...split.test.indices].sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i));
  });

  it("splits 6500 samples of ten classes into exactly 3900, 975 and 1625", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 100, max: 700 }), { minLength: 9, maxLength: 9 }), (counts) => {
        const y = labelsOf([...counts, 6500 - counts.reduce((a, b) => a + b)].map((count) => Math.max(count, 0)));
        fc.pre(y.length === 6500);
        const { train, validation, test } = stratifiedSplit({ y }, { train: 0.6, validation: 0.15, test: 0.25 });
        expect([train, validation, test].map((part) => part.indices.length)).toEqual([3900, 975, 1625]);
      }),
      { seed: 6, numRuns: 50 },
    );
  });

  it.each(golden.vectors.filter((vector) => vector.fn === "stratified_split_60_15_25_class_counts"))(
    "agrees with scikit-learn's class counts within one: $name",
    ({ class_counts: counts = [], n, expected_counts: expected }) => {
      const split = stratifiedSplit({ y: labelsOf(counts) }, { train: 0.6, val: 0.15, test: 0.25, seed: 7 });
      for (const name of ["train", "val", "test"] as const) {
        expect(split[name].indices.length).toBe(n?.[name]);
        countsOf(split[name].y.data, counts.length).forEach((count, label) => {
          expect(Math.abs(count - (expected?.[name][label] as number))).toBeLessThanOrEqual(1);
        });
      }
    },
  );

  it("keeps each class and each part within one sample of its exact share, every sample in at most one part", () => {
    let splits = 0;
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 4, max: 60 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 }),
        fc.nat(10),
        fc.maxSafeNat(),
        (counts, weights, rest, seed) => {
          const whole = weights.reduce((a, b) => a + b, rest);
          const fractions = Object.fromEntries(weights.map((weight, p) => [`part${p}`, weight / whole]));
          const y = labelsOf(counts);
          let split: ReturnType<typeof stratifiedSplit<{ y: Uint8Array }, Record<string, number>>>;
          try {
            split = stratifiedSplit({ y }, { ...fractions, seed });
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
            expect((error as Error).message).toMatch(/too few samples/);
            return;
          }
          splits++;
          const used = Object.values(split).flatMap((part) => [...part.indices]);
          expect(new Set(used).size).toBe(used.length);
          if (rest === 0) expect(used.length).toBe(y.length);
          for (const [name, part] of Object.entries(split)) {
            const fraction = fractions[name] as number;
            expect(Math.abs(part.indices.length - fraction * y.length)).toBeLessThan(1);
            countsOf(part.y.data, counts.length).forEach((count, label) => {
              expect(count).toBeGreaterThan(0);
              expect(Math.abs(count - fraction * (counts[label] as number))).toBeLessThan(1);
            });
          }
        },
      ),
      { seed: 7, numRuns: 1000 },
    );
    expect(splits).toBeGreaterThan(300);
  });

  it("depends on the seed alone, whose default is 0", () => {
    const y = labelsOf([30, 30]);
    const trainOf = (seed?: number) =>
      stratifiedSplit({ y }, { train: 0.5, test: 0.5, ...(seed === undefined ? {} : { seed }) }).train.indices;
    expect(trainOf(5)).toEqual(trainOf(5));
    expect(trainOf(5)).not.toEqual(trainOf(6));
    expect(trainOf()).toEqual(trainOf(0));
    expect(trainOf(2 ** 32)).not.toEqual(trainOf(0));
  });

  it("splits the same by labels, by columns of labels and by one-hot rows", () => {
    const y = labelsOf([6, 9, 12]);
    const parts = { train: 0.6, test: 0.4, seed: 1 };
    const expected = stratifiedSplit({ y }, parts).test.indices;
    expect(stratifiedSplit({ y: ndarray(Float64Array.from(y), [27, 1]) }, parts).test.indices).toEqual(expected);
    const split = stratifiedSplit({ y: oneHot(y, 5) }, parts);
    expect(split.test.indices).toEqual(expected);
    expect(split.test.y.shape).toEqual([expected.length, 5]);
    expect(stratifiedSplit({ y: Float64Array.from(y, (label) => label / 2 - 1) }, parts).test.indices).toEqual(
      expected,
    );
  });

  it("draws every sample equally often: between 200 and 300 of 500 splits in half", () => {
    const y = labelsOf([10, 14]);
    const counts = Array<number>(24).fill(0);
    for (let seed = 0; seed < 500; seed++) {
      for (const row of stratifiedSplit({ y }, { half: 0.5, seed }).half.indices)
        counts[row] = (counts[row] as number) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 250)).toBeLessThan(50);
  });

  it("takes fractions whose sum misses 1 by rounding errors as all of the data", () => {
    const split = stratifiedSplit({ y: labelsOf([10, 30]) }, { a: 0.1, b: 0.2, c: 0.7 });
    expect([split.a, split.b, split.c].map((part) => part.indices.length)).toEqual([4, 8, 28]);
    const thirds = stratifiedSplit({ y: labelsOf([3, 3]) }, { a: 1 / 3, b: 1 / 3, c: 1 / 3 });
    expect([thirds.a, thirds.b, thirds.c].map((part) => part.indices.length)).toEqual([2, 2, 2]);
  });

  it("names a class that is too small, and the part", () => {
    const y = [0, 0, 0, 0, 0, 0, 0, 0, 7, 7];
    expect(() => stratifiedSplit({ y }, { train: 0.6, validation: 0.15, test: 0.25 })).toThrow(
      new RangeError(
        'stratifiedSplit: class 7 has too few samples (2) to give at least one to the part "validation" (0.15)',
      ),
    );
  });

  it("refuses data that is no table with labels", () => {
    const parts = { train: 0.5, test: 0.5 };
    expect(() => stratifiedSplit({ x: [1, 2], y: [0, 0, 0] }, parts)).toThrow(
      new ShapeError("stratifiedSplit: expected equal lengths, got 2 of x and 3 of y"),
    );
    expect(() => stratifiedSplit({ x: [1], labels: [0] } as never, parts)).toThrow(
      new TypeError("stratifiedSplit: the labels must be among the data as y, got only x, labels"),
    );
    expect(() => stratifiedSplit({ x: new Float32Array(0), y: [] }, parts)).toThrow(
      new RangeError("stratifiedSplit: expected at least one sample, got none"),
    );
    expect(() => stratifiedSplit({ y: [0, 0], indices: [0, 1] }, parts)).toThrow(
      new RangeError('stratifiedSplit: "indices" is reserved and cannot name an array'),
    );
    for (const data of [null, {}, 3]) expect(() => stratifiedSplit(data as never, parts)).toThrow(TypeError);
    expect(() => stratifiedSplit({ y: ["a", "b"] } as never, parts)).toThrow(TypeError);
    expect(() => stratifiedSplit({ y: ndarray(new Uint8Array(1), []) }, parts)).toThrow(
      new ShapeError("stratifiedSplit: y: expected at least one axis, got shape []"),
    );
  });

  it("refuses labels that name no class", () => {
    const parts = { train: 0.5, test: 0.5 };
    expect(() => stratifiedSplit({ y: [0, Number.NaN] }, parts)).toThrow(
      new RangeError("stratifiedSplit: y: NaN at row 1 is no label"),
    );
    for (const row of [
      [0, 0],
      [1, 1],
      [0.5, 0.5],
      [0, 2],
      [Number.NaN, 1],
    ]) {
      expect(() => stratifiedSplit({ y: [[0, 1], row] }, parts)).toThrow(
        new RangeError("stratifiedSplit: y: row 1 is not one-hot: expected a single 1 among zeros"),
      );
    }
    expect(() => stratifiedSplit({ y: [[[0, 1]]] }, parts)).toThrow(
      new ShapeError(
        "stratifiedSplit: y: expected labels of shape [n] or [n, 1], or one-hot rows [n, k], got [1, 1, 2]",
      ),
    );
  });

  it("refuses fractions that are none", () => {
    const y = [0, 0, 0, 0];
    for (const train of [0, -0.1, 1.5, Number.NaN]) {
      expect(() => stratifiedSplit({ y }, { train })).toThrow(
        new RangeError(`stratifiedSplit: the fraction of part "train" must be above 0 and at most 1, got ${train}`),
      );
    }
    expect(() => stratifiedSplit({ y }, { train: "0.5" } as never)).toThrow(
      new TypeError('stratifiedSplit: the fraction of part "train" must be a number, got "0.5"'),
    );
    expect(() => stratifiedSplit({ y }, { train: 0.75, test: 0.5 })).toThrow(
      new RangeError("stratifiedSplit: the fractions must sum to at most 1, got train 0.75 + test 0.5 = 1.25"),
    );
    expect(() => stratifiedSplit({ y }, { seed: 1 })).toThrow(
      new RangeError("stratifiedSplit: expected at least one part, got none"),
    );
    expect(() => stratifiedSplit({ y }, null as never)).toThrow(TypeError);
  });

  it("refuses bad seeds, and a part of the name seed", () => {
    const y = [0, 0, 0, 0];
    expect(() => stratifiedSplit({ y }, { train: 0.5, seed: 0.5 })).toThrow(
      new RangeError('stratifiedSplit: "seed" is reserved for the seed, an integer, and cannot name a part; got 0.5'),
    );
    expect(() => stratifiedSplit({ y }, { train: 0.5, seed: -1 })).toThrow(
      new RangeError("stratifiedSplit: seed: expected an integer from 0 to 2^53 - 1, got -1"),
    );
    expect(() => stratifiedSplit({ y }, { train: 0.5, seed: "7" } as never)).toThrow(TypeError);
  });
});
