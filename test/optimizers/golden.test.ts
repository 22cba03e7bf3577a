/** The optimizers against the numbers that Keras, TensorFlow.js and ONNX give. */
import { describe, expect, it } from "vitest";
import { type ArrayInput, type NDArray, type Optimizer, optimizers } from "../../src/index.js";
import { Arena } from "../../src/wasm/arena.js";
import { readVectors } from "../helpers/fixtures.js";
import { type AnyOptions, make, type OptimizerName } from "./table.js";

interface Vector {
  /** Keras's name of the class. */
  readonly optimizer: string;
  readonly config: AnyOptions;
  readonly weights: ArrayInput | number;
  readonly steps: readonly { readonly gradient: ArrayInput | number; readonly expected?: ArrayInput | number }[];
  readonly source: string;
  readonly test: string;
}

interface OnnxVector {
  readonly name: string;
  readonly learningRate: number;
  readonly alpha: number | null;
  readonly beta: number | null;
  readonly epsilon: number | null;
  readonly normCoefficient: number;
  readonly weights: readonly number[];
  readonly gradient: readonly number[];
  readonly state: readonly (readonly number[])[];
  readonly expected: readonly number[];
  readonly expectedState: readonly (readonly number[])[];
}

/** Vectors that are left out, and why. */
const leftOut: readonly (readonly [optimizer: string, source: RegExp, why: string])[] = [
  ["Adafactor", /^keras/, "there is none here"],
  [
    "Adadelta",
    /^tfjs/,
    "TensorFlow.js divides by the mean of squares before this step's is in it, Keras and the paper after",
  ],
];

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
  ...(await readVectors<Vector>("keras-optimizers.json")),
  ...(await readVectors<Vector>("tfjs-optimizers.json")),
  nesterov,
].filter(({ optimizer, source }) => !leftOut.some(([name, where]) => name === optimizer && where.test(source)));

describe("optimizers", async () => {
  it.each(vectors)("$optimizer as in $source, $test", ({ optimizer: className, config, weights, steps, source }) => {
    const optimizer = make(className.toLowerCase() as OptimizerName, config);
    expect(optimizer.className).toBe(className);
    // Keras takes 1 - beta2^t in float32, which puts its step off by up to 1 in 150,000. TensorFlow.js's tests are written
    // to four or five digits, and want three
    const ofKeras = "beta2" in config ? 1e-6 + 7e-6 * optimizer.learningRate : 1e-6;
    const tolerance = source.startsWith("tfjs") ? 2e-4 : ofKeras;
    let current: ArrayInput | number = weights;
    for (const { gradient, expected } of steps) {
      const [after] = optimizer.apply([[gradient, current]]) as [NDArray<Float32Array>];
      if (expected !== undefined) expectClose([...after.data], [expected].flat(3) as number[], tolerance);
      current = after;
    }
  });

  it.each(await readVectors<OnnxVector>("onnx-optimizers.json"))("$name of ONNX", (vector) => {
    const { learningRate, alpha, beta, epsilon, normCoefficient, weights, state } = vector;
    const gradient = vector.gradient.map((value, i) => value + normCoefficient * (weights[i] as number));
    // Keras's velocity is -learningRate times that of ONNX; Adam's correction of the bias is gone after many steps; at
    // Adagrad's epsilon it does not show whether it is inside of the root
    const [optimizer, unit] =
      alpha === null || beta === null
        ? [optimizers.adagrad({ learningRate, epsilon: epsilon as number }), 1]
        : epsilon === null
          ? [optimizers.sgd({ learningRate, momentum: alpha }), -learningRate]
          : [optimizers.adam({ learningRate, beta1: alpha, beta2: beta, epsilon }), 1];
    const after = stepFrom(
      optimizer,
      weights,
      state.map((slot) => slot.map((value) => value * unit)),
      gradient,
    );
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

/** The ten thousandth step, from a state that is given. */
function stepFrom(
  optimizer: Optimizer,
  weights: readonly number[],
  state: readonly (readonly number[])[],
  gradient: readonly number[],
) {
  const { length } = weights;
  const arena = new Arena();
  const place = (values: readonly number[]) => {
    const pointer = arena.allocate(length);
    arena.floats(pointer, length).set(values);
    return pointer;
  };
  const parameter = { pointer: place(weights), state: state.map(place), length };
  optimizer.step(10_000)(arena.kernels, parameter.pointer, parameter.state, place(gradient), length);
  return {
    weights: [...arena.floats(parameter.pointer, length)],
    state: parameter.state.map((slot) => [...arena.floats(slot, length)]),
  };
}

function expectClose(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs((actual[i] as number) - value)).toBeLessThanOrEqual(tolerance);
  });
}
