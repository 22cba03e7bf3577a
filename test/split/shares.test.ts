import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roundShares } from "../../src/split/shares.js";

/** Weights as fractions with the sum 1. */
const fractions = fc
  .array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 })
  .map((weights) => weights.map((weight) => weight / weights.reduce((a, b) => a + b)));
const randomFractions = fc
  .array(fc.double({ min: 1e-3, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 })
  .map((weights) => weights.map((weight) => weight / weights.reduce((a, b) => a + b)));

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
const whole = (share: number) => (Math.abs(share - Math.round(share)) < 1e-7 ? Math.round(share) : share);

function isRounded(value: number, share: number): boolean {
  return value === Math.floor(whole(share)) || value === Math.ceil(whole(share));
}

function checkRounding(counts: number[], fractions: number[], table: number[][]): void {
  counts.forEach((count, c) => {
    expect(sum(table[c] as number[])).toBe(count);
    fractions.forEach((fraction, p) => {
      expect(isRounded(table[c]?.[p] as number, count * fraction)).toBe(true);
    });
  });
  fractions.forEach((fraction, p) => {
    expect(isRounded(sum(table.map((row) => row[p] as number)), sum(counts) * fraction)).toBe(true);
  });
}

/** Whether any table of rounded shares has rounded totals and no 0, by trying them all. */
function someRounding(counts: number[], fractions: number[]): boolean {
  const rows = counts.map((count) => {
    let choices: number[][] = [[]];
    for (const fraction of fractions) {
      const share = whole(count * fraction);
      const values = [...new Set([Math.floor(share), Math.ceil(share)])].filter((value) => value > 0);
      choices = choices.flatMap((choice) => values.map((value) => [...choice, value]));
    }
    return choices.filter((choice) => sum(choice) === count);
  });
  let totals = [fractions.map(() => 0)];
  for (const choices of rows) {
    const next = totals.flatMap((total) => choices.map((row) => row.map((value, p) => value + (total[p] as number))));
    totals = [...new Map(next.map((total) => [total.join(), total])).values()];
  }
  return totals.some((total) => total.every((value, p) => isRounded(value, sum(counts) * (fractions[p] as number))));
}

describe("roundShares", () => {
  it.each([
    ["simple fractions", fractions],
    ["random fractions", randomFractions],
  ])("always finds a table with every entry, row and column rounded: %s", (_, fractions) => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 25 }),
        fractions,
        (counts, fractions) => {
          const table = roundShares(counts, fractions, 0);
          expect(table).toBeDefined();
          checkRounding(counts, fractions, table as number[][]);
        },
      ),
      { seed: 4, numRuns: 2000 },
    );
  });

  it("finds a table without zeros exactly when trying all of them does", () => {
    const found = { yes: 0, no: 0 };
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 14 }), { minLength: 1, maxLength: 5 }),
        fractions,
        (counts, fractions) => {
          const table = roundShares(counts, fractions, fractions.length);
          expect(table !== undefined).toBe(someRounding(counts, fractions));
          found[table ? "yes" : "no"]++;
          if (!table) return;
          checkRounding(counts, fractions, table);
          expect(table.flat()).not.toContain(0);
        },
      ),
      { seed: 5, numRuns: 3000 },
    );
    expect(Math.min(found.yes, found.no)).toBeGreaterThan(300);
  });

  it("rounds a single class by largest remainder, the first part first", () => {
    expect(roundShares([10], [0.25, 0.25, 0.5], 0)).toEqual([[3, 2, 5]]);
    expect(roundShares([10], [0.14, 0.67, 0.19], 0)).toEqual([[1, 7, 2]]);
  });

  it("takes products that miss a whole number by rounding errors as whole: 0.15 · 20 is 3", () => {
    expect(roundShares([20, 20], [0.15, 0.85], 0)).toEqual([
      [3, 17],
      [3, 17],
    ]);
    expect(roundShares([3, 6], [1 / 3, 1 / 3, 1 / 3], 3)).toEqual([
      [1, 1, 1],
      [2, 2, 2],
    ]);
  });

  it("rounds thousands of classes", () => {
    const counts = Array.from({ length: 5000 }, (_, c) => 7 + (c % 5));
    const table = roundShares(counts, [0.6, 0.15, 0.25], 3);
    checkRounding(counts, [0.6, 0.15, 0.25], table as number[][]);
  });
});
