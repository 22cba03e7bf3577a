import { describe, expect, it } from "vitest";
import { correctForMany, pairedTest, summarize } from "../../src/study/statistics.js";
import { twoSidedP, twoSidedT } from "../../src/study/student.js";

describe("Student's t", () => {
  // Printed tables of the distribution
  it.each([
    [1, 12.7062],
    [2, 4.30265],
    [4, 2.77645],
    [9, 2.26216],
    [30, 2.04227],
    [1000, 1.96234],
  ])("with %i degrees of freedom exceeds %f in 5 % of cases", (degrees, t) => {
    expect(twoSidedT(0.95, degrees)).toBeCloseTo(t, 4);
    expect(twoSidedP(t, degrees)).toBeCloseTo(0.05, 6);
    expect(twoSidedP(-t, degrees)).toBeCloseTo(0.05, 6);
  });

  it("has closed forms for 1 and 2 degrees", () => {
    for (const t of [0.1, 1, 3, 50]) {
      expect(twoSidedP(t, 1)).toBeCloseTo(1 - (2 * Math.atan(t)) / Math.PI, 9);
      expect(twoSidedP(t, 2)).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 9);
    }
    expect(twoSidedP(0, 5)).toBe(1);
    expect(twoSidedP(Infinity, 5)).toBe(0);
  });
});

describe("summarize", () => {
  it("gives mean, deviation and interval", () => {
    const { mean, deviation, interval } = summarize([1, 2, 3, 4, 5]);
    expect(mean).toBe(3);
    expect(deviation).toBeCloseTo(Math.sqrt(2.5), 12);
    expect(interval?.[0]).toBeCloseTo(3 - 2.776445 * Math.sqrt(0.5), 5);
    expect(interval?.[1]).toBeCloseTo(3 + 2.776445 * Math.sqrt(0.5), 5);
  });

  it("gives no interval for one number", () => {
    expect(summarize([0.9])).toEqual({ count: 1, mean: 0.9, deviation: 0, interval: null });
  });
});

describe("pairedTest", () => {
  it("is the t-test of the differences, for independent pairs", () => {
    // t = mean 2 / (deviation sqrt(2.5) / sqrt 5) = 2.8284 with 4 degrees
    const test = pairedTest([2, 3, 5, 6, 9], [2, 2, 3, 3, 5], 0);
    expect(test?.difference).toBeCloseTo(2, 12);
    expect(test?.p).toBeCloseTo(0.0474207, 6);
    expect(test?.interval[0]).toBeCloseTo(2 - 2.776445 * Math.sqrt(0.5), 5);
  });

  it("trusts runs less that share training samples", () => {
    const [a, b] = [
      [2, 3, 5, 6, 9],
      [2, 2, 3, 3, 5],
    ];
    const overlapping = pairedTest(a, b, 0.25);
    // t = 2 / (sqrt(2.5) sqrt(0.2 + 0.25))
    expect(overlapping?.p).toBeCloseTo(twoSidedP(2 / Math.sqrt(2.5 * 0.45), 4), 12);
    expect(overlapping?.p).toBeGreaterThan(pairedTest(a, b, 0)?.p ?? 1);
  });

  it("knows nothing from one pair, and everything from differences that do not vary", () => {
    expect(pairedTest([1], [2], 0)).toBeUndefined();
    expect(pairedTest([1, 2], [1, 2], 0)).toMatchObject({ difference: 0, p: 1 });
    expect(pairedTest([2, 3], [1, 2], 0)).toMatchObject({ difference: 1, p: 0 });
  });
});

describe("correctForMany", () => {
  it("is Holm's", () => {
    // As R's p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
    const corrected = correctForMany([0.01, 0.04, 0.03, 0.005]);
    [0.03, 0.06, 0.06, 0.02].forEach((value, index) => {
      expect(corrected[index]).toBeCloseTo(value, 12);
    });
    expect(correctForMany([0.9, 0.8])).toEqual([1, 1]);
    expect(correctForMany([])).toEqual([]);
  });
});
