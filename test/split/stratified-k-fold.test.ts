import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ShapeError } from "../../src/errors.js";
import { oneHot } from "../../src/preprocessing/index.js";
import { stratifiedKFold } from "../../src/split/index.js";

const spread = (values: number[]) => Math.max(...values) - Math.min(...values);

describe("stratifiedKFold", () => {
  it("validates every sample once, with sizes and class counts that differ by at most one", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 7 }),
        fc.array(fc.nat(30), { minLength: 1, maxLength: 6 }),
        fc.maxSafeNat(),
        (folds, extra, seed) => {
          const y = extra.flatMap((count, label) => Array<number>(folds + count).fill(label * 3 - 4));
          const result = stratifiedKFold(y, { folds, seed });
          const all = y.map((_, row) => row);
          expect(result.length).toBe(folds);
          expect(result.flatMap(({ validation }) => [...validation]).sort((a, b) => a - b)).toEqual(all);
          expect(spread(result.map(({ validation }) => validation.length))).toBeLessThanOrEqual(1);
          for (const label of new Set(y)) {
            const counts = result.map(({ validation }) => [...validation].filter((row) => y[row] === label).length);
            expect(spread(counts)).toBeLessThanOrEqual(1);
          }
          for (const { train, validation } of result) {
            expect([...train]).toEqual(all.filter((row) => !validation.includes(row)));
            expect([...validation]).toEqual([...validation].sort((a, b) => a - b));
          }
        },
      ),
      { seed: 8 },
    );
  });

  it("makes 5 folds under seed 0 by default, of one-hot rows too", () => {
    const y = Uint8Array.from({ length: 25 }, (_, i) => i % 3);
    expect(stratifiedKFold(y)).toEqual(stratifiedKFold(y, { folds: 5, seed: 0 }));
    expect(stratifiedKFold(oneHot(y))).toEqual(stratifiedKFold(y));
    expect(stratifiedKFold(y, { seed: 1 })).not.toEqual(stratifiedKFold(y));
  });

  it("names a class with fewer samples than folds", () => {
    expect(() => stratifiedKFold([0, 0, 0, 4, 4], { folds: 3 })).toThrow(
      new RangeError("stratifiedKFold: class 4 has too few samples (2) for 3 folds"),
    );
  });

  it("refuses bad fold counts, bad seeds and labels that are none", () => {
    for (const folds of [1, 0, 2.5, Number.NaN]) {
      expect(() => stratifiedKFold([0, 0], { folds })).toThrow(
        new RangeError(`stratifiedKFold: folds: expected an integer from 2 up, got ${folds}`),
      );
    }
    expect(() => stratifiedKFold([0, 0], { folds: 2, seed: -3 })).toThrow(
      new RangeError("stratifiedKFold: seed: expected an integer from 0 to 2^53 - 1, got -3"),
    );
    expect(() => stratifiedKFold([])).toThrow(
      new RangeError("stratifiedKFold: expected at least one sample, got none"),
    );
    expect(() => stratifiedKFold([0, 0], { nSplits: 2 } as never)).toThrow(
      new TypeError("stratifiedKFold: unknown option 'nSplits'; known: folds, seed"),
    );
    expect(() => stratifiedKFold([0, 0], null as never)).toThrow(
      new TypeError("stratifiedKFold: expected an object of options, got null"),
    );
    expect(() => stratifiedKFold([0, 0], { folds: Symbol("two") as never })).toThrow(
      new RangeError("stratifiedKFold: folds: expected an integer from 2 up, got a symbol"),
    );
    expect(() => stratifiedKFold([[[0]]])).toThrow(ShapeError);
    expect(() => stratifiedKFold({} as never)).toThrow(TypeError);
  });
});
