/** The optimizers against the numbers that Keras, TensorFlow.js and ONNX give. */
import { describe, expect, it } from "vitest";
import { type Optimizer, optimizers } from "../../src/index.js";
import { Arena } from "../../src/wasm/arena.js";
import { readVectors } from "../helpers/fixtures.js";

interface Vector {
  readonly optimizer: "SGD" | "Adam";
  readonly config: Readonly<Record<string, number | boolean>>;
  readonly weights: readonly number[];
  readonly steps: readonly { readonly gradient: readonly number[]; readonly expected: readonly number[] }[];
  readonly source: string;
  readonly test: string;
}

interface OnnxVector {
  readonly name: string;
  readonly learningRate: number;
  readonly alpha: number;
  readonly beta: number;
  readonly epsilon: number | null;
  readonly normCoefficient: number;
  readonly weights: readonly number[];
  readonly gradient: readonly number[];
  readonly state: readonly (readonly number[])[];
  readonly expected: readonly number[];
  readonly expectedState: readonly (readonly number[])[];
}

const make = {
  SGD: ({ learningRate, momentum, nesterov }: Vector["config"]) =>
    optimizers.sgd({ learningRate, momentum, nesterov } as Parameters<typeof optimizers.sgd>[0]),
  Adam: (config: Vector["config"]) => optimizers.adam(config as Parameters<typeof optimizers.adam>[0]),
};

/** By hand, from Keras's formula v = m · v - lr · g, w += m · v - lr · g, since no vector of Keras has both. */
const nesterov: Vector = {
  optimizer: "SGD",
  config: { learningRate: 0.1, momentum: 0.5, nesterov: true },
  weights: [1, -2],
  steps: [
    { gradient: [1, 2], expected: [0.85, -2.3] },
    { gradient: [1, -4], expected: [0.675, -1.75] },
  ],
  source: "by hand",
  test: "nesterov",
};

const vectors = [
  ...readVectors<Vector>("keras-optimizers.json"),
  ...readVectors<Vector>("tfjs-optimizers.json"),
  nesterov,
];

describe("optimizers", () => {
  it.each(vectors)("$optimizer as in $source, $test", ({ optimizer: name, config, weights, steps }) => {
    const optimizer = make[name](config);
    const { step } = place(optimizer, weights);
    // Keras takes 1 - beta2^t in float32, which puts its step off by up to 1 in 150,000
    const tolerance = name === "Adam" ? 1e-6 + 7e-6 * optimizer.learningRate : 1e-6;
    steps.forEach(({ gradient, expected }, index) => {
      expectClose(step(gradient, index + 1).weights, expected, tolerance);
    });
  });

  it.each(readVectors<OnnxVector>("onnx-optimizers.json"))("$name of ONNX", (vector) => {
    const { learningRate, alpha, beta, epsilon, normCoefficient, weights, state } = vector;
    const gradient = vector.gradient.map((value, i) => value + normCoefficient * (weights[i] as number));
    // Keras's velocity is -learningRate times that of ONNX; Adam's correction of the bias is gone after many steps
    const [optimizer, unit] =
      epsilon === null
        ? [optimizers.sgd({ learningRate, momentum: alpha }), -learningRate]
        : [optimizers.adam({ learningRate, beta1: alpha, beta2: beta, epsilon }), 1];
    const { step } = place(
      optimizer,
      weights,
      state.map((slot) => slot.map((value) => value * unit)),
    );
    const after = step(gradient, 10_000);
    expectClose(after.weights, vector.expected, 1e-6);
    vector.expectedState.forEach((slot, i) => {
      expectClose(
        after.state[i] ?? [],
        slot.map((value) => value * unit),
        2e-6,
      );
    });
  });
});

/** A weight in memory, and the optimizer's step on it. */
function place(optimizer: Optimizer, weights: readonly number[], state: readonly (readonly number[])[] = []) {
  const { length } = weights;
  const arena = new Arena();
  const weight = arena.allocate(length);
  const gradient = arena.allocate(length);
  const slots = Array.from({ length: optimizer.slots }, () => arena.allocate(length));
  arena.floats(weight, length).set(weights);
  state.forEach((values, i) => {
    const slot = slots[i];
    if (slot !== undefined) arena.floats(slot, length).set(values);
  });
  return {
    step(values: readonly number[], iteration: number) {
      arena.floats(gradient, length).set(values);
      optimizer.step(iteration)(arena.kernels, weight, slots, gradient, length);
      return {
        weights: [...arena.floats(weight, length)],
        state: slots.map((slot) => [...arena.floats(slot, length)]),
      };
    },
  };
}

function expectClose(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs((actual[i] as number) - value)).toBeLessThanOrEqual(tolerance);
  });
}
