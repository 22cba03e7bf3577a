import { describe, expect, it } from "vitest";
import { ndarray } from "../../src/arrays.js";
import { ShapeError } from "../../src/errors.js";
import { standardize } from "../../src/preprocessing/index.js";

describe("standardize", () => {
  // The example of scikit-learn's StandardScaler, and a constant third feature.
  const train = [
    [0, 0, 0.1],
    [0, 0, 0.1],
    [1, 1, 0.1],
    [1, 1, 0.1],
  ];
  const tenth = Math.fround(0.1);

  it("takes the mean and the population's standard deviation of each feature", () => {
    const scaler = standardize(train);
    expect(scaler.mean).toEqual(Float64Array.of(0.5, 0.5, tenth));
    expect(scaler.standardDeviation).toEqual(Float64Array.of(0.5, 0.5, 0));
  });

  it("gives mean 0 and variance 1 on the training set, and 0 for a constant feature", () => {
    expect(standardize(train).transform(train)).toEqual(
      ndarray(Float32Array.of(-1, -1, 0, -1, -1, 0, 1, 1, 0, 1, 1, 0), [4, 3]),
    );
  });

  it("applies the training set's numbers to other sets, and inverts", () => {
    const scaler = standardize(train);
    const other = scaler.transform([[2, 0.5, 1.1]]);
    expect(other.data[0]).toBe(3);
    expect(other.data[1]).toBe(0);
    expect(other.data[2]).toBeCloseTo(1, 6);
    expect(scaler.inverse(other).data).toEqual(Float32Array.of(2, 0.5, 1.1));
  });

  it("takes all axes but the first as features, and vectors as one feature", () => {
    const images = standardize(ndarray(Uint8Array.of(1, 2, 3, 4, 3, 6, 3, 8), [2, 2, 2]));
    expect([...images.mean]).toEqual([2, 4, 3, 6]);
    expect(images.transform(ndarray(Uint8Array.of(3, 6, 3, 8), [1, 2, 2]))).toEqual(
      ndarray(Float32Array.of(1, 1, 0, 1), [1, 2, 2]),
    );
    expect(standardize([1, 3]).transform([5]).data[0]).toBe(3);
  });

  it("keeps its precision far from 0: standard deviation within 1e-12 of exact at an offset of 1e9", () => {
    const { standardDeviation } = standardize(Float64Array.of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16));
    expect(standardDeviation[0]).toBeCloseTo(Math.sqrt(22.5), 12);
  });

  it("refuses samples of another shape than the training set's", () => {
    const scaler = standardize(train);
    expect(() => scaler.transform([[1, 2]])).toThrow(
      new ShapeError("transform: expected shape [?, 3] as fitted, got [1, 2]"),
    );
    expect(() => scaler.inverse([1, 2, 3])).toThrow(
      new ShapeError("inverse: expected shape [?, 3] as fitted, got [3]"),
    );
    expect(() => standardize([1, 2]).transform(ndarray(new Float32Array(1), []))).toThrow(ShapeError);
  });

  it("refuses training sets without samples or with values that are not finite", () => {
    expect(() => standardize([])).toThrow(new RangeError("standardize: expected at least one sample, got none"));
    expect(() => standardize([[1, Number.NaN]])).toThrow(
      new RangeError("standardize: expected finite values, got NaN at element 1 of x"),
    );
    expect(() => standardize(ndarray(new Float32Array(1), []))).toThrow(
      new ShapeError("standardize: expected at least one axis, got shape []"),
    );
  });
});
