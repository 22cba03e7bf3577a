/** First weights: to the bit those of the naive generator, in spread those of Keras. */
import { describe, expect, it } from "vitest";
import { type Initializer, initializers, layers, ndarray, Sequential } from "../../src/index.js";
import * as sample from "../assembly/statistics.js";
import { expectFailure, wrong } from "../helpers/failure.js";
import { expectSameWeights, type Weights } from "../helpers/weights.js";
import * as reference from "../reference.js";

type Place = Parameters<typeof reference.randomUniform>[2];

/** What an initializer draws from: the naive numbers, and what they should look like. */
interface Distribution {
  draw(place: Place, length: number): Float32Array;
  readonly mean: number;
  readonly deviation: number;
  /** Undefined where there is no bound. */
  readonly bounds?: readonly [number, number];
}

/** The standard deviation that is left of a normal distribution cut off at two: what Keras divides by. */
const TRUNCATED = 0.8796256610342398;

const same = (value: number): Distribution => ({
  draw: (_, length) => new Float32Array(length).fill(value),
  mean: value,
  deviation: 0,
  bounds: [value, value],
});
const uniform = (low: number, high: number): Distribution => ({
  draw: (place, length) => reference.randomUniform(low, high, place, length),
  mean: (low + high) / 2,
  deviation: (high - low) / Math.sqrt(12),
  bounds: [low, high],
});
const normal = (mean: number, deviation: number): Distribution => ({
  draw: (place, length) => reference.randomNormal(mean, deviation, place, length),
  mean,
  deviation,
});
/** `deviation` is that before the cut. */
const truncated = (mean: number, deviation: number): Distribution => ({
  draw: (place, length) => reference.randomTruncatedNormal(mean, deviation, place, length),
  mean,
  deviation: deviation * TRUNCATED,
  bounds: [mean - 2 * deviation, mean + 2 * deviation],
});
/** Of the variance that should be there after the cut. */
const widened = (variance: number) => truncated(0, Math.sqrt(variance) / TRUNCATED);
const centered = (variance: number) => uniform(-Math.sqrt(3 * variance), Math.sqrt(3 * variance));

type FromFans = (fanIn: number, fanOut: number) => Distribution;

/** What each does without options. A new initializer needs a line, here or among the matrices. */
const defaults: Record<Exclude<keyof typeof initializers, "identity" | "orthogonal">, FromFans> = {
  constant: () => same(0),
  glorotNormal: (fanIn, fanOut) => widened(2 / (fanIn + fanOut)),
  glorotUniform: (fanIn, fanOut) => centered(2 / (fanIn + fanOut)),
  heNormal: (fanIn) => widened(2 / fanIn),
  heUniform: (fanIn) => centered(2 / fanIn),
  leCunNormal: (fanIn) => widened(1 / fanIn),
  leCunUniform: (fanIn) => centered(1 / fanIn),
  lecunNormal: (fanIn) => widened(1 / fanIn),
  lecunUniform: (fanIn) => centered(1 / fanIn),
  ones: () => same(1),
  randomNormal: () => normal(0, 0.05),
  randomUniform: () => uniform(-0.05, 0.05),
  truncatedNormal: () => truncated(0, 0.05),
  varianceScaling: (fanIn) => widened(1 / fanIn),
  zeros: () => same(0),
};

const { constant, randomNormal, randomUniform, truncatedNormal, varianceScaling } = initializers;

const configured: readonly (readonly [string, Initializer, FromFans])[] = [
  ["constant of -0.25", constant({ value: -0.25 }), () => same(-0.25)],
  ["randomNormal around 1", randomNormal({ mean: 1, stddev: 2 }), () => normal(1, 2)],
  ["randomNormal of no width", randomNormal({ mean: 1, stddev: 0 }), () => normal(1, 0)],
  ["randomUniform from 0", randomUniform({ minval: 0, maxval: 0.5 }), () => uniform(0, 0.5)],
  ["truncatedNormal around -1", truncatedNormal({ mean: -1, stddev: 0.5 }), () => truncated(-1, 0.5)],
  ["varianceScaling by outputs", varianceScaling({ scale: 3, mode: "fanOut" }), (_, fanOut) => widened(3 / fanOut)],
  [
    "varianceScaling by both, not cut off",
    varianceScaling({ scale: 0.1, mode: "fan_avg", distribution: "untruncated_normal" }),
    (fanIn, fanOut) => normal(0, Math.sqrt(0.2 / (fanIn + fanOut))),
  ],
  [
    "varianceScaling, uniform",
    varianceScaling({ mode: "fanIn", distribution: "uniform" }),
    (fanIn) => centered(1 / fanIn),
  ],
];

const all = [...Object.entries(defaults).map(([name, make]) => [name, name, make] as const), ...configured];
const shapes = [
  [1, 1],
  [3, 5],
  [5, 3],
  [17, 33],
  [784, 16],
] as const;

describe("initializers", () => {
  it.each(all)("%s equals the naive one, in kernel and bias", (_, initializer, make) => {
    const place = { seedLow: 5, seedHigh: 3, step: 0 };
    for (const [width, units] of shapes) {
      expectSameWeights(firstWeights(initializer, width, units, 3 * 2 ** 32 + 5), [
        ndarray(make(width, units).draw({ ...place, stream: 0 }, width * units), [width, units]),
        // The fans of a vector are its length, as in Keras
        ndarray(make(units, units).draw({ ...place, stream: 1 }, units)),
      ]);
    }
  });

  it.each(all)(
    "%s has mean, deviation and bounds of its distribution, within five standard errors",
    (_, given, make) => {
      const values = kernelOf(given, 300, 200, 1);
      const { mean, deviation, bounds } = make(300, 200);
      const count = values.length;
      // The standard error of a deviation is at most that of a normal distribution, the one with the longest tails here
      expect(Math.abs(sample.mean(values) - mean)).toBeLessThanOrEqual((5 * deviation) / Math.sqrt(count) + 1e-7);
      expect(Math.abs(sample.deviation(values) - deviation)).toBeLessThanOrEqual(
        (5 * deviation) / Math.sqrt(2 * count) + 1e-7,
      );
      const [least, most] = [Math.min(...values), Math.max(...values)];
      if (bounds) {
        const [low, high] = bounds.map(Math.fround) as [number, number];
        const slack = (high - low) * 1e-6;
        expect(least).toBeGreaterThanOrEqual(low - slack);
        expect(most).toBeLessThanOrEqual(high + slack);
        expect(most - least).toBeGreaterThanOrEqual((high - low) * 0.99);
      } else if (deviation > 0) {
        // Of 60,000 normal numbers 2,730 lie beyond two deviations
        const beyond = values.filter((value) => Math.abs(value - mean) > 2 * deviation).length / count;
        expect(Math.abs(beyond - 0.0455)).toBeLessThan(5 * Math.sqrt((0.0455 * 0.9545) / count));
      }
    },
  );

  it.each([
    [[4, 5], 4, 5],
    [[2, 4, 5], 8, 10],
    [[3, 2, 4, 5], 24, 30],
  ] as const)("count the inputs and outputs of a weight of shape %j as Keras does", (inputShape, fanIn, fanOut) => {
    const size = inputShape.reduce<number>((product, length) => product * length, 1);
    for (const name of ["glorotUniform", "heUniform", "glorotNormal"] as const) {
      const layer = layers.prelu({ inputShape, alphaInitializer: name });
      const expected = defaults[name](fanIn, fanOut).draw({ seedLow: 7, seedHigh: 0, stream: 0, step: 0 }, size);
      expectSameWeights(new Sequential([layer], { seed: 7 }).getWeights(), [ndarray(expected, [...inputShape])]);
    }
  });

  it.each(["heNormal", "ones", "orthogonal"] as const)("may be handed over as they are: %s", (name) => {
    const [given, named] = [initializers[name], name].map((kernelInitializer) =>
      new Sequential([layers.dense({ units: 3, inputShape: [4], kernelInitializer })], { seed: 1 }).getWeights(),
    );
    expectSameWeights(given as Weights, named as Weights);
  });

  it("default to glorotUniform for kernels and zeros for biases", () => {
    const model = new Sequential([layers.dense({ units: 3, inputShape: [4] })], { seed: 1 });
    const [kernel] = firstWeights("glorotUniform", 4, 3, 1);
    expectSameWeights(model.getWeights(), [kernel, ndarray(new Float32Array(3))] as Weights);
  });

  it.each([
    ["glorot_uniform", "glorotUniform"],
    ["GlorotUniform", "glorotUniform"],
    ["LecunNormal", "lecunNormal"],
    ["normal", "randomNormal"],
    ["uniform", "randomUniform"],
    ["one", "ones"],
    ["zero", "zeros"],
    ["VarianceScaling", "varianceScaling"],
  ])("%s is another name of %s", (alias, name) => {
    expectSameWeights(firstWeights(alias, 4, 3, 1), firstWeights(name, 4, 3, 1));
  });
});

describe("streams", () => {
  const streams: readonly (readonly [string, Float32Array])[] = [
    ["a kernel", kernelOf("randomNormal", 300, 200, 1)],
    ["the same of another model", kernelOf("randomNormal", 300, 200, 2)],
    ["the next kernel of the first model", secondKernelOf("randomNormal", 300, 200, 1)],
    ["one with the first model's seed as its own", kernelOf(randomNormal({ seed: 1 }), 300, 200, 5)],
    ["one with another seed of its own", kernelOf(randomNormal({ seed: 2 ** 32 + 1 }), 300, 200, 5)],
  ];

  it.each(streams)("%s: neighbours do not go together, to five standard errors", (_, values) => {
    for (const lag of [1, 2, 3, 4, 200]) {
      const pairs = values.length - lag;
      expect(Math.abs(sample.correlation(values.subarray(lag), values.subarray(0, pairs)))).toBeLessThan(
        5 / Math.sqrt(pairs),
      );
    }
  });

  it("do not go together with each other", () => {
    for (const [i, [, a]] of streams.entries()) {
      for (const [, b] of streams.slice(i + 1)) {
        expect(Math.abs(sample.correlation(a, b))).toBeLessThan(5 / Math.sqrt(a.length));
      }
    }
  });

  it.each(Object.keys(initializers).filter((name) => !/constant|identity|ones|zeros/.test(name)))(
    "%s with a seed depends on nothing else",
    (name) => {
      const make = initializers[name as "randomNormal"];
      const kernel = (seed: number, modelSeed: number) => kernelOf(make({ seed }), 5, 4, modelSeed);
      expect(kernel(7, 1)).toEqual(kernel(7, 2));
      expect(secondKernelOf(make({ seed: 7 }), 5, 5, 1)).toEqual(kernelOf(make({ seed: 7 }), 5, 5, 3));
      expect(kernel(8, 1)).not.toEqual(kernel(7, 1));
      expect(kernel(0, 1)).not.toEqual(kernel(7, 1));
      expect(kernel(0, 1)).toEqual(kernel(0, 2));
      expect(kernelOf(make({ seed: null }), 5, 4, 1)).toEqual(kernelOf(make(), 5, 4, 1));
    },
  );
});

describe("initializers refuse", () => {
  it.each([
    [
      "constant of NaN",
      () => constant({ value: Number.NaN }),
      RangeError,
      "constant: value: expected a finite number, got NaN",
    ],
    [
      "constant of text",
      () => constant(wrong({ value: "1" })),
      TypeError,
      'constant: value: expected a finite number, got "1"',
    ],
    [
      "an option constant has not",
      () => constant(wrong({ values: 1 })),
      TypeError,
      "constant: unknown option 'values'; known: value",
    ],
    [
      "a negative deviation",
      () => randomNormal({ stddev: -1 }),
      RangeError,
      "randomNormal: stddev: expected a number of at least 0, got -1",
    ],
    [
      "an infinite mean",
      () => truncatedNormal({ mean: Infinity }),
      RangeError,
      "truncatedNormal: mean: expected a finite number, got Infinity",
    ],
    [
      "bounds the wrong way round",
      () => randomUniform({ minval: 1, maxval: 0 }),
      RangeError,
      "randomUniform: maxval: expected a number of at least minval, 1, got 0",
    ],
    [
      "a scale of 0",
      () => varianceScaling({ scale: 0 }),
      RangeError,
      "varianceScaling: scale: expected a positive number, got 0",
    ],
    [
      "an unknown mode",
      () => varianceScaling({ mode: wrong("fan") }),
      RangeError,
      "unknown mode of varianceScaling 'fan'. Did you mean 'fanIn'? Known are: fanIn, fanOut, fanAvg",
    ],
    [
      "a distribution that is no text",
      () => varianceScaling({ distribution: wrong(1) }),
      TypeError,
      "varianceScaling: distribution: expected a text, got 1",
    ],
    [
      "a negative seed",
      () => initializers.heNormal({ seed: -1 }),
      RangeError,
      "heNormal: seed: expected an integer from 0 to 2^53 - 1, got -1",
    ],
    [
      "a seed that is text",
      () => initializers.orthogonal({ seed: wrong("1") }),
      TypeError,
      'orthogonal: seed: expected a number, got "1"',
    ],
    [
      "a scale for heNormal",
      () => initializers.heNormal(wrong({ scale: 1 })),
      TypeError,
      "heNormal: unknown option 'scale'; known: seed",
    ],
    [
      "an infinite gain",
      () => initializers.identity({ gain: Infinity }),
      RangeError,
      "identity: gain: expected a finite number, got Infinity",
    ],
  ] as const)("%s", async (_, make, error, message) => {
    await expectFailure(make, error, message);
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

function kernelOf(kernelInitializer: string | Initializer, width: number, units: number, seed: number) {
  const model = new Sequential([layers.dense({ units, inputShape: [width], kernelInitializer })], { seed });
  return model.getWeights()[0]?.data as Float32Array;
}

/** The kernel, of the same shape, of a model's second layer. */
function secondKernelOf(kernelInitializer: string | Initializer, width: number, units: number, seed: number) {
  const model = new Sequential(
    [layers.dense({ units: width, inputShape: [2] }), layers.dense({ units, kernelInitializer })],
    { seed },
  );
  return model.getWeights()[2]?.data as Float32Array;
}
