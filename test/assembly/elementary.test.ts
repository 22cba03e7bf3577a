/**
 * How close the elementary functions come to the truth, in double precision.
 *
 * Each is measured twice: the reference, which is the kernel's arithmetic operation by operation, over its whole domain;
 * and, for each build, a kernel through which the function can be seen.
 */
import { describe, expect, it } from "vitest";
import * as reference from "../reference.js";
import { largestRelativeError } from "./expect.js";
import { builds, instantiate, type Space } from "./harness.js";
import { concatenate, geometric, linear } from "./samples.js";

interface Measured {
  readonly name: string;
  readonly bound: number;
  readonly points: Float32Array;
  readonly exact: (x: number) => number;
}

const points = 20_001;

const functions: readonly (Measured & { readonly evaluate: (x: number) => number })[] = [
  {
    name: "exp on [-87, 0]",
    bound: 1e-7,
    points: concatenate(linear(-87, 0, points), geometric(-1e-38, -87, points)),
    exact: Math.exp,
    evaluate: reference.expNegative,
  },
  {
    name: "expm1 below 0",
    bound: 1e-7,
    points: concatenate(linear(-100, -1, points), geometric(-1e-38, -1, points)),
    exact: Math.expm1,
    evaluate: reference.expm1Negative,
  },
  {
    name: "exp of squares, by their halves, on [-87, 0]",
    bound: 1e-7,
    points: linear(0, 13.19, points),
    exact: (x) => Math.exp((-x * x) / 2),
    evaluate(x) {
      const high = Math.fround(Math.round(x * 128) / 128);
      return reference.expNegativeOffset((-high * high) / 2, Math.fround((-(x - high) * (x + high)) / 2), 0);
    },
  },
  {
    name: "exp - 1 below 0, by its offset,",
    bound: 1e-7,
    points: concatenate(linear(-100, -1, points), geometric(-1e-38, -1, points)),
    exact: Math.expm1,
    evaluate: (x) => reference.expNegativeOffset(x, 0, -1),
  },
  {
    name: "normalDistribution on [-13.1, 0]",
    bound: 5e-7,
    points: concatenate(linear(-13.1, 0, points), geometric(-1e-20, -1, points)),
    exact: (x) => tail(-x),
    evaluate: (x) => reference.normalDistribution(x, Math.fround(Math.exp((-x * x) / 2))),
  },
  {
    name: "log of normal numbers",
    bound: 1e-7,
    points: concatenate(linear(0.5, 2, points), geometric(1.2e-38, 3.4e38, points)),
    exact: Math.log,
    evaluate: reference.log,
  },
  {
    name: "log1p on [0, 1]",
    bound: 2e-7,
    points: concatenate(linear(0, 1, points), geometric(1e-38, 1, points)),
    exact: Math.log1p,
    evaluate: reference.log1p,
  },
  {
    name: "x^1.5 on [1e-6, 1]",
    bound: 2e-6,
    points: concatenate(linear(0.1, 1, points), geometric(1e-6, 1, points)),
    exact: (x) => x ** 1.5,
    evaluate: (x) => reference.power(x, 1.5),
  },
  {
    name: "sigmoid on [-87, 87]",
    bound: 2e-7,
    points: linear(-87, 87, 2 * points),
    exact: logistic,
    evaluate: reference.sigmoid,
  },
  {
    name: "tanh",
    bound: 2e-7,
    points: concatenate(linear(-10, 10, points), geometric(1e-38, 100, points)),
    exact: Math.tanh,
    evaluate: reference.tanh,
  },
  {
    name: "normalQuantile on ±(1 - 2^-24)",
    bound: 5e-7,
    points: concatenate(
      linear(2 ** -24 - 1, 1 - 2 ** -24, points),
      geometric(1e-30, 0.996, points),
      geometric(2 ** -24, 0.01, points).map((rest) => 1 - rest),
    ),
    exact: normalQuantile,
    evaluate: reference.normalQuantile,
  },
];

/** What a kernel makes of each point. */
type Kernel = (space: Space, x: Float32Array) => Float32Array;

const kernels: readonly (Measured & { readonly evaluate: Kernel })[] = [
  {
    name: "exp, as the softmax of x and 0,",
    bound: 2e-7,
    points: linear(-87, 0, points),
    exact: logistic,
    evaluate: (space, x) => {
      const shape = { rows: x.length, width: 2, stride: 4 };
      const pairs = Float32Array.from({ length: 2 * x.length }, (_, i) => (i % 2 ? 0 : (x[i / 2] as number)));
      const y = space.output(shape);
      space.call("softmaxForward", y, space.input(pairs, shape), shape.stride, x.length, 2);
      return y.floats().filter((_, i) => i % 2 === 0);
    },
  },
  {
    name: "expm1, as elu,",
    bound: 1e-7,
    points: concatenate(linear(-20, -1, points), geometric(-1e-38, -1, points)),
    exact: Math.expm1,
    evaluate: (space, x) => elementwise(space, "eluForward", x, 1, 1),
  },
  {
    name: "log, as binaryCrossentropy of a hit,",
    bound: 1e-7,
    points: geometric(1.001e-7, 0.9999998, points),
    exact: (x) => -Math.log(x),
    evaluate: (space, x) => {
      const column = { rows: x.length, width: 1, stride: 4 };
      const loss = space.output(x.length);
      const p = space.input(x, column);
      const hits = space.input(new Float32Array(x.length).fill(1), column);
      space.call("binaryCrossentropyForward", loss, p, 4, hits, 4, x.length, 1, space.output(1));
      return loss.floats();
    },
  },
  {
    name: "log1p of exp, as sigmoidCrossentropy of a miss,",
    bound: 3e-7,
    points: linear(-87, 0, points),
    exact: (x) => Math.log1p(Math.exp(x)),
    evaluate: (space, x) => {
      const column = { rows: x.length, width: 1, stride: 4 };
      const loss = space.output(x.length);
      const z = space.input(x, column);
      const misses = space.input(new Float32Array(x.length), column);
      const p = space.output(column);
      space.call("sigmoidCrossentropyForward", loss, p, z, 4, misses, 4, x.length, 1, space.output(1));
      return loss.floats();
    },
  },
  {
    name: "sigmoid on [-87, 87]",
    bound: 2e-7,
    points: linear(-87, 87, 2 * points),
    exact: logistic,
    evaluate: (space, x) => elementwise(space, "sigmoidForward", x),
  },
  {
    name: "exp on [-87, 88.7]",
    bound: 4e-7,
    points: concatenate(linear(-87, 88.7, 2 * points), geometric(1e-38, 1, points)),
    exact: Math.exp,
    evaluate: (space, x) => elementwise(space, "transcendentalForward", x, 0, 1),
  },
  {
    name: "softplus from -87",
    bound: 3e-7,
    points: concatenate(linear(-87, 100, 2 * points), geometric(100, 3.4e38, points)),
    exact: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
    evaluate: (space, x) => elementwise(space, "transcendentalForward", x, 1, 1),
  },
  {
    name: "silu from -87",
    bound: 3e-7,
    points: concatenate(linear(-87, 100, 2 * points), geometric(1e-37, 3.4e38, points), geometric(-1e-37, -1, points)),
    exact: (x) => x * logistic(x),
    evaluate: (space, x) => elementwise(space, "transcendentalForward", x, 2, 1),
  },
  {
    name: "mish from -87",
    bound: 5e-7,
    points: concatenate(linear(-87, 100, 2 * points), geometric(1e-37, 3.4e38, points), geometric(-1e-37, -1, points)),
    exact: (x) => x * Math.tanh(Math.log1p(Math.exp(Math.min(x, 300)))),
    evaluate: (space, x) => elementwise(space, "transcendentalForward", x, 3, 1),
  },
  {
    name: "gelu from -13",
    bound: 6e-7,
    points: concatenate(linear(-13, 20, 2 * points), geometric(1e-37, 3.4e38, points), geometric(-1e-37, -1, points)),
    exact: (x) => x * (x < 0 ? tail(-x) : 1 - tail(x)),
    evaluate: (space, x) => elementwise(space, "transcendentalForward", x, 4, 1),
  },
  {
    name: "squareplus",
    bound: 3e-7,
    points: concatenate(geometric(-1e30, -1e-10, points), geometric(1e-10, 3.4e38, points)),
    exact: (x) => (x < 0 ? 2 / (Math.hypot(x, 2) - x) : (x + Math.hypot(x, 2)) / 2),
    evaluate: (space, x) => elementwise(space, "algebraicForward", x, 7, 4, 0, 0, 0),
  },
  {
    name: "tanh",
    bound: 2e-7,
    points: concatenate(linear(-10, 10, points), geometric(1e-38, 100, points)),
    exact: Math.tanh,
    evaluate: (space, x) => elementwise(space, "tanhForward", x),
  },
];

describe("the reference", () => {
  for (const { name, bound, points: x, exact, evaluate } of functions) {
    it(`${name} has relative error < ${bound}`, () => {
      expect(largestRelativeError(x.map(evaluate), Array.from(x, exact))).toBeLessThan(bound);
    });
  }
});

describe.each(builds)("%s build", (build) => {
  const empty = instantiate(build);

  for (const { name, bound, points: x, exact, evaluate } of kernels) {
    it(`${name} has relative error < ${bound}`, () => {
      expect(largestRelativeError(evaluate(empty(), x), Array.from(x, exact))).toBeLessThan(bound);
    });
  }

  it("sineOfTurns, as rotationMatrices, has absolute error < 1.2e-7", () => {
    const space = empty();
    const turns = linear(-1, 1, points);
    const draws = space.input(turns, { rows: points, width: 1, stride: 4 });
    const out = space.output({ rows: points, width: 8 });
    space.call("rotationMatrices", out, draws, points, 1, 1);
    const matrices = out.floats();
    let error = 0;
    for (const [i, turn] of turns.entries()) {
      const [cosine, , , sine] = matrices.subarray(i * 8) as unknown as [number, number, number, number];
      const angle = 2 * Math.PI * turn;
      error = Math.max(error, Math.abs(sine - Math.sin(angle)), Math.abs(cosine - Math.cos(angle)));
    }
    expect(error).toBeLessThan(1.2e-7);
  });

  it.each([
    ["randomTruncatedNormal", 0.954499736103642, 8e-7, []],
    ["randomNormal", 1, 2e-6, [0]],
  ] as const)("normalQuantile, as %s, has absolute error < %f", (kernel, share, bound, row) => {
    const space = empty();
    const n = 20_000;
    const words = space.output({ rows: 1, width: n, pad: 16 });
    space.call("randomBits", words, 1, 2, 3, 4, 0, n);
    const out = space.output({ rows: 1, width: n, pad: 16 });
    space.call(kernel, out, 0, 1, 1, 2, 3, 4, ...row, n);
    // The middle of the word's 2^-24, spread over the share of the distribution
    const exact = Array.from(words.words(), (word) => normalQuantile((((word >>> 8) + 0.5) / 2 ** 23 - 1) * share));
    const error = out.floats().reduce((most, value, i) => Math.max(most, Math.abs(value - (exact[i] as number))), 0);
    expect(error).toBeLessThan(bound);
  });
});

function elementwise(space: Space, kernel: string, x: Float32Array, ...parameters: number[]): Float32Array {
  const y = space.output(x.length);
  space.call(kernel, y, space.input(x), ...parameters, x.length);
  return y.floats();
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** 1 - Φ(x) for x ≥ 0. */
function tail(x: number): number {
  return scaledTail(x) * Math.exp((-x * x) / 2);
}

/** (1 - Φ(x)) · e^(x²/2) for x ≥ 0: near 0 from Φ's series with positive terms, else by Laplace's continued fraction. */
function scaledTail(x: number): number {
  if (x > 3) {
    let fraction = x;
    for (let n = 200; n >= 1; n--) fraction = x + n / fraction;
    return 1 / (Math.sqrt(2 * Math.PI) * fraction);
  }
  let term = x;
  let total = x;
  for (let n = 1; term > 1e-18 * total; n++) {
    term *= (x * x) / (2 * n + 1);
    total += term;
  }
  return Math.exp((x * x) / 2) / 2 - total / Math.sqrt(2 * Math.PI);
}

/** The z with erf(z / √2) = x, by Newton's method on the error function's series with positive terms. */
function normalQuantile(x: number): number {
  let z = x * Math.sqrt(Math.PI / 2);
  for (let i = 0; i < 60; i++) {
    // erf(z / √2) = √(2/π) · e^(-z²/2) · Σ z^(2n+1) / (1 · 3 · 5 … (2n+1))
    let term = z;
    let total = z;
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(total); n++) {
      term *= (z * z) / (2 * n + 1);
      total += term;
    }
    const density = Math.sqrt(2 / Math.PI) * Math.exp((-z * z) / 2);
    const step = total - x / density;
    z -= step;
    if (Math.abs(step) <= 1e-14 * Math.abs(z)) break;
  }
  return z;
}
