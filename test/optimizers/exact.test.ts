/** Every optimizer, with all options, follows its formula in double precision. */
import { describe, expect, it } from "vitest";
import { type NDArray, ndarray } from "../../src/index.js";
import { numbers } from "../assembly/samples.js";
import { ExactOptimizer } from "../helpers/exact-optimizers.js";
import { type AnyOptions, cases, commonOptions, make, type OptimizerName, plainCases } from "./table.js";

/** A kernel, a bias and a scalar. */
const shapes = [[3, 5], [7], []];
const steps = 50;

it.each(cases)("$name with $options is within 1e-5 of double precision over 50 steps", ({ name, options }) => {
  expect(largestError(name, options)).toBeLessThan(1e-5);
});

describe.each(plainCases)("$name with $options", ({ name, options }) => {
  it.each(commonOptions)("and %o is, too", (common) => {
    expect(largestError(name, { ...options, ...common })).toBeLessThan(1e-5);
  });
});

/** The largest |w - exact| / max(1, |exact|) over all steps. */
function largestError(name: OptimizerName, options: AnyOptions): number {
  const optimizer = make(name, options);
  const exact = new ExactOptimizer(name, { ...options, learningRate: Number(options.learningRate) });
  let weights: NDArray<Float32Array>[] = shapes.map((shape, i) => ndarray(numbers(sizeOf(shape), i + 1), shape));
  const exactWeights = weights.map(({ data }) => [...data]);
  let worst = 0;
  for (let step = 0; step < steps; step++) {
    const gradients = shapes.map((shape, i) => ndarray(numbers(sizeOf(shape), 10 + 3 * step + i), shape));
    weights = optimizer.apply(gradients.map((gradient, i) => [gradient, weights[i] as NDArray]));
    exact.apply(
      gradients.map(({ data }) => [...data]),
      exactWeights,
    );
    weights.forEach(({ data }, i) => {
      data.forEach((value, j) => {
        const expected = exactWeights[i]?.[j] as number;
        worst = Math.max(worst, Math.abs(value - expected) / Math.max(1, Math.abs(expected)));
      });
    });
  }
  return worst;
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, dimension) => size * dimension, 1);
}
