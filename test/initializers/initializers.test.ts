/** First weights: to the bit those of the naive generator, in spread those of Keras. */
import { describe, expect, it } from "vitest";
import { type Initializer, initializers, layers, ndarray, Sequential } from "../../src/index.js";
import { expectFailure, wrong } from "../helpers/failure.js";
import { expectSameWeights, type Weights } from "../helpers/weights.js";
import * as reference from "../reference.js";

/** The standard deviation that is left of a normal distribution cut off at two: what Keras divides by. */
const TRUNCATED = 0.8796256610342398;

type Spread =
  | { readonly value: number }
  | { readonly uniform: (fanIn: number, fanOut: number) => number }
  | { readonly normal: (fanIn: number, fanOut: number) => number };

/** Half the range of the uniform ones, the standard deviation of the normal ones. A new initializer needs a line. */
const spreads: Record<keyof typeof initializers, Spread> = {
  constant: { value: 0 },
  glorotNormal: { normal: (fanIn, fanOut) => Math.sqrt(2 / (fanIn + fanOut)) },
  glorotUniform: { uniform: (fanIn, fanOut) => Math.sqrt(6 / (fanIn + fanOut)) },
  heNormal: { normal: (fanIn) => Math.sqrt(2 / fanIn) },
  heUniform: { uniform: (fanIn) => Math.sqrt(6 / fanIn) },
  lecunNormal: { normal: (fanIn) => Math.sqrt(1 / fanIn) },
  lecunUniform: { uniform: (fanIn) => Math.sqrt(3 / fanIn) },
  ones: { value: 1 },
  zeros: { value: 0 },
};

const cases = Object.entries(spreads).flatMap(([name, spread]) =>
  [
    [1, 1],
    [3, 5],
    [5, 3],
    [17, 33],
    [784, 16],
  ].map(([width, units]) => ({ name, spread, width, units })),
) as readonly { name: keyof typeof initializers; spread: Spread; width: number; units: number }[];

describe("initializers", () => {
  it.each(cases)("$name of [$width, $units] and its bias", ({ name, spread, width, units }) => {
    const seed = 3 * 2 ** 32 + 5;
    const expected = [
      ndarray(draw(spread, width, units, 0), [width, units]),
      // The fans of a vector are its length, as in Keras
      ndarray(draw(spread, units, units, 1).subarray(0, units)),
    ];
    expectSameWeights(firstWeights(name, width, units, seed), expected);
  });

  it.each(Object.entries(spreads))("%s has its spread and no more", (name, spread) => {
    const [kernel] = firstWeights(name, 300, 200, 1);
    const values = [...(kernel?.data ?? [])];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    const furthest = Math.max(...values.map(Math.abs));
    if ("value" in spread) {
      expect([mean, deviation]).toEqual([spread.value, 0]);
      return;
    }
    const limit = "uniform" in spread ? spread.uniform(300, 200) : (2 * spread.normal(300, 200)) / TRUNCATED;
    const expected = "uniform" in spread ? limit / Math.sqrt(3) : spread.normal(300, 200);
    // 60,000 samples: the mean is off by a 245th of the deviation, the deviation itself by less than a 300th
    expect(Math.abs(mean)).toBeLessThan(expected / 60);
    expect(Math.abs(deviation / expected - 1)).toBeLessThan(0.01);
    expect(furthest).toBeLessThanOrEqual(Math.fround(limit) * (1 + 1e-6));
    expect(furthest).toBeGreaterThan(limit * 0.99);
  });

  it("are found by Keras's names too", () => {
    expectSameWeights(firstWeights("glorot_uniform", 4, 3, 1), firstWeights("glorotUniform", 4, 3, 1));
  });

  it("default to glorotUniform for kernels and zeros for biases", () => {
    const model = new Sequential([layers.dense({ units: 3, inputShape: [4] })], { seed: 1 });
    const [kernel] = firstWeights("glorotUniform", 4, 3, 1);
    expectSameWeights(model.getWeights(), [kernel, ndarray(new Float32Array(3))] as Weights);
  });

  it("constant takes its value", async () => {
    expectSameWeights(firstWeights(initializers.constant({ value: -0.25 }), 1, 1, 1), [
      ndarray(Float32Array.of(-0.25), [1, 1]),
      ndarray(Float32Array.of(-0.25)),
    ]);
    await expectFailure(
      () => initializers.constant({ value: Number.NaN }),
      RangeError,
      "constant: value: expected a finite number, got NaN",
    );
    await expectFailure(
      () => initializers.constant(wrong({ value: "1" })),
      TypeError,
      'constant: value: expected a finite number, got "1"',
    );
  });
});

/** Kernel and bias of a dense layer, both made by the initializer. */
function firstWeights(initializer: string | Initializer, width: number, units: number, seed: number): Weights {
  const layer = layers.dense({
    units,
    inputShape: [width],
    kernelInitializer: initializer,
    biasInitializer: initializer,
  });
  return new Sequential([layer], { seed }).getWeights();
}

/** What the naive generator gives for a weight's fans; each weight of a model has a stream of its own. */
function draw(spread: Spread, fanIn: number, fanOut: number, stream: number): Float32Array {
  const place = { seedLow: 5, seedHigh: 3, stream, step: 0 };
  const length = fanIn * fanOut;
  if ("value" in spread) return new Float32Array(length).fill(spread.value);
  if ("uniform" in spread) {
    const limit = spread.uniform(fanIn, fanOut);
    return reference.randomUniform(-limit, limit, place, length);
  }
  return reference.randomTruncatedNormal(0, spread.normal(fanIn, fanOut) / TRUNCATED, place, length);
}
