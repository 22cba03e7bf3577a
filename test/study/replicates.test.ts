import { describe, expect, it } from "vitest";
import { ndarray } from "../../src/arrays.js";
import { countReplicates, type ReplicatePlan, seedOf, splitRest, splitTest } from "../../src/study/replicates.js";

const y = ndarray(Int32Array.from({ length: 200 }, (_, index) => (index % 10 === 0 ? 1 : 0)));
const plan: ReplicatePlan = { seeds: 4, folds: 0, split: [60, 15, 25], seed: 3 };

const ascending = (rows: Uint32Array) => [...rows].sort((a, b) => a - b);
const rare = (rows: Uint32Array) => rows.filter((row) => y.data[row] === 1).length;

describe("splitTest", () => {
  it("holds back the same rows for every run, with the mix of classes", () => {
    const { test, rest } = splitTest(y, plan);
    expect(test.length).toBe(50);
    expect(rare(test)).toBe(5);
    expect(ascending(Uint32Array.from([...test, ...rest]))).toEqual([...y.data.keys()]);
    expect(splitTest(y, { ...plan, seeds: 9, folds: 5 })).toEqual({ test, rest });
    expect(splitTest(y, { ...plan, seed: 4 }).test).not.toEqual(test);
  });
});

describe("splitRest", () => {
  const { test, rest } = splitTest(y, plan);

  it("cuts another split for each run, and never touches the test rows", () => {
    const splits = [0, 1, 2, 3].map((replicate) => splitRest(y, rest, plan, replicate));
    for (const { train, validation } of splits) {
      expect([train.length, validation.length]).toEqual([120, 30]);
      expect([rare(train), rare(validation)]).toEqual([12, 3]);
      expect(ascending(Uint32Array.from([...train, ...validation, ...test]))).toEqual([...y.data.keys()]);
    }
    expect(new Set(splits.map(({ validation }) => validation.join())).size).toBe(4);
  });

  it("makes folds that validate each row once for each seed", () => {
    const folds: ReplicatePlan = { ...plan, seeds: 2, folds: 5 };
    expect(countReplicates(folds)).toBe(10);
    for (const start of [0, 5]) {
      const parts = [0, 1, 2, 3, 4].map((fold) => splitRest(y, rest, folds, start + fold).validation);
      expect(ascending(Uint32Array.from(parts.flatMap((rows) => [...rows])))).toEqual([...rest]);
    }
    expect(splitRest(y, rest, folds, 0)).not.toEqual(splitRest(y, rest, folds, 5));
  });

  it("has a seed for each run", () => {
    expect(new Set([0, 1, 2, 3].map((replicate) => seedOf(plan, replicate))).size).toBe(4);
    expect(seedOf(plan, 1)).toBe(seedOf({ ...plan, seeds: 1 }, 1));
  });
});
