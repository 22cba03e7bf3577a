/** Constraints on host arrays and in training. */
import { describe, expect, it } from "vitest";
import type { Constraint } from "../../src/constraints/index.js";
import { constraints, type Layer, layers, type NDArray, ndarray, optimizers, Sequential } from "../../src/index.js";
import { x, y } from "../helpers/classifier.js";
import { matrix, numbers, withDensity } from "../helpers/data.js";
import { expectFailure, wrong } from "../helpers/failure.js";

const { maxNorm, minMaxNorm, nonNeg, unitNorm } = constraints;
const EPSILON = 1e-7;

/** Options, and what Keras's formulas make of a norm with them. */
const norms = {
  maxNorm: [{ maxValue: 1.5 }, (norm: number) => Math.min(norm, 1.5)],
  minMaxNorm: [
    { minValue: 0.5, maxValue: 1.5, rate: 0.25 },
    (norm: number) => 0.25 * Math.min(Math.max(norm, 0.5), 1.5) + 0.75 * norm,
  ],
  unitNorm: [{}, () => 1],
} as const;

/** The naive constraint: every value by the norm of all those that differ from it along the axes only. */
function naive({ data, shape }: NDArray, axes: readonly number[], desired: (norm: number) => number): number[] {
  const keyOf = (index: number): string => {
    const key: number[] = [];
    let rest = index;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const length = shape[axis] as number;
      key.unshift(axes.includes(axis) ? 0 : rest % length);
      rest = Math.floor(rest / length);
    }
    return key.join();
  };
  const squares = new Map<string, number>();
  data.forEach((value, i) => {
    squares.set(keyOf(i), (squares.get(keyOf(i)) ?? 0) + value * value);
  });
  return Array.from(data, (value, i) => {
    const norm = Math.sqrt(squares.get(keyOf(i)) as number);
    return (value * desired(norm)) / (EPSILON + norm);
  });
}

function unconstrained(weight: ReturnType<Layer["weights"]>[number]) {
  return { ...weight, constraint: undefined };
}

function expectClose(actual: NDArray, shape: readonly number[], expected: readonly number[]): void {
  expect(actual.shape).toEqual(shape);
  expected.forEach((value, i) => {
    expect(Math.abs((actual.data[i] as number) - value)).toBeLessThan(1e-6 * Math.max(1, Math.abs(value)));
  });
}

const cases = Object.entries(norms).flatMap(([name, [options, desired]]) =>
  (
    [
      [[5], 0, [0]],
      [[5], -1, [0]],
      [[4, 7], 0, [0]],
      [[4, 7], 1, [1]],
      [[4, 7], -1, [1]],
      [
        [4, 7],
        [0, 1],
        [0, 1],
      ],
      [
        [3, 2, 4, 5],
        [0, 1, 2],
        [0, 1, 2],
      ],
      [
        [3, 2, 4, 5],
        [1, -1],
        [1, 3],
      ],
      [[3, 2, 4, 5], 2, [2]],
      [
        [3, 2, 4, 5],
        [0, 3],
        [0, 3],
      ],
    ] as const
  ).map(([shape, axis, axes]) => ({ name: name as keyof typeof norms, options, desired, shape, axis, axes })),
);

describe("constraints of arrays", () => {
  it.each(cases)("$name over axis $axis of $shape", ({ name, options, desired, shape, axis, axes }) => {
    const length = shape.reduce<number>((size, dimension) => size * dimension, 1);
    const w = ndarray(numbers(length, 3, -2, 2), shape);
    const member = constraints[name] as (...args: readonly unknown[]) => unknown;
    const expected = naive(w, axes, desired);
    expectClose(member(w, { ...options, axis }) as NDArray, shape, expected);
    expectClose((member({ ...options, axis }) as (w: NDArray) => NDArray)(w), shape, expected);
  });

  it("nonNeg sets what is negative to 0", () => {
    const values = [
      ...nonNeg([
        [1, -2, 0],
        [-0.5, 3, 0],
      ]).data,
    ];
    expect(values).toEqual([1, 0, 0, 0, 3, 0]);
    expect(nonNeg()([-1, 2])).toEqual(ndarray(Float32Array.of(0, 2), [2]));
  });

  it("have Keras's defaults", () => {
    expect(maxNorm().config).toEqual({ max_value: 2, axis: 0 });
    expect(minMaxNorm().config).toEqual({ min_value: 0, max_value: 1, rate: 1, axis: 0 });
    expect(unitNorm().config).toEqual({ axis: 0 });
    expect(nonNeg().config).toEqual({});
  });

  it("leave zeros as they are", () => {
    for (const constraint of [maxNorm(), minMaxNorm({ minValue: 1 }), nonNeg(), unitNorm()]) {
      expect(
        [
          ...constraint([
            [0, 1],
            [0, 0],
          ]).data,
        ].filter((value) => value === 0),
      ).toHaveLength(3);
    }
  });
});

describe("constraints in training", () => {
  const target = matrix(6, 7, 5);
  const make = (own: object): Sequential => {
    const model = new Sequential([layers.dense({ units: 7, inputShape: [4], ...own })], { seed: 4 });
    model.compile({ optimizer: optimizers.adam({ learningRate: 0.3 }), loss: "meanSquaredError" });
    model.setWeights([matrix(4, 7, 9), numbers(7, 8)]);
    return model;
  };

  it.each(Object.entries(constraints))("%s is applied to kernel and bias after a step", async (_, member) => {
    const constraint = member();
    const [plain, model] = [make({}), make({ kernelConstraint: constraint, biasConstraint: constraint })];
    for (const one of [plain, model]) await one.trainOnBatch(x, target);
    for (const [i, weight] of plain.getWeights().entries()) {
      expectClose(model.getWeights()[i] as NDArray, weight.shape, [...constraint(weight).data]);
    }
  });

  it.each([0, 1, [0, 1]])("unitNorm over axis %s of a kernel", async (axis) => {
    const [plain, model] = [make({}), make({ kernelConstraint: unitNorm({ axis }) })];
    for (const one of [plain, model]) await one.trainOnBatch(x, target);
    const [kernel] = plain.getWeights() as [NDArray];
    expectClose(model.getWeights()[0] as NDArray, [4, 7], [...unitNorm({ axis })(kernel).data]);
  });

  it.each([
    ["gamma", (gammaConstraint: Constraint) => layers.layerNormalization({ axis: [1, 2], gammaConstraint })],
    ["beta", (betaConstraint: Constraint) => layers.layerNormalization({ axis: [1, 2, 3], betaConstraint })],
    ["alpha", (alphaConstraint: Constraint) => layers.prelu({ alphaConstraint, alphaInitializer: "ones" })],
  ])("norms of %s of more than one axis are those of its rows and columns", async (name, constrained) => {
    for (const constraint of [unitNorm(), unitNorm({ axis: 1 }), minMaxNorm({ minValue: 2, maxValue: 3, axis: -1 })]) {
      const train = async (layer: Layer) => {
        const model = new Sequential(
          [{ ...layer, inputShape: [3, 5, 2] }, layers.flatten(), layers.dense({ units: 2 })],
          {
            seed: 3,
          },
        );
        model.compile({ optimizer: optimizers.sgd({ learningRate: 0.3 }), loss: "meanSquaredError" });
        await model.trainOnBatch(ndarray(numbers(120, 6), [4, 3, 5, 2]), matrix(4, 2, 7));
        return model.getWeights();
      };
      const free = constrained(nonNeg());
      const index = free.weights([3, 5, 2]).findIndex((weight) => weight.name === name);
      const without = { ...free, weights: (shape: readonly number[]) => free.weights(shape).map(unconstrained) };
      const [plain, weights] = [await train(without), await train(constrained(constraint))];
      plain.forEach((weight, i) => {
        const expected = i === index ? constraint(weight) : weight;
        expectClose(weights[i] as NDArray, weight.shape, [...expected.data]);
      });
    }
  });

  it("reach the weights of pixels that are always dark", async () => {
    const dark = ndarray(
      withDensity(x, 0.3).data.map((value, i) => (i % 4 === 2 ? 0 : value)),
      x.shape,
    );
    for (const input of [dark, ndarray(new Float32Array(24), [6, 4])]) {
      const model = make({ kernelConstraint: "nonNeg" });
      await model.fit(input, target);
      expect(Math.min(...(model.getWeights()[0]?.data ?? []))).toBeGreaterThanOrEqual(0);
    }
  });

  it("leave frozen weights alone, and predictions until there is a step", async () => {
    const [plain, model] = [make({}), make({ kernelConstraint: nonNeg(), trainable: false })];
    await model.fit(x, target);
    expect(await model.predict(x)).toEqual(await plain.predict(x));
  });

  it("hold through a longer training", async () => {
    const model = new Sequential([
      layers.dense({ units: 5, inputShape: [4], kernelConstraint: maxNorm({ maxValue: 0.5 }) }),
      layers.dense({ units: 3, activation: "softmax", kernelConstraint: maxNorm({ maxValue: 0.5, axis: 1 }) }),
    ]);
    model.compile({ optimizer: optimizers.sgd({ learningRate: 1, momentum: 0.9 }), loss: "categoricalCrossentropy" });
    await model.fit(x, y, { epochs: 5, batchSize: 2 });
    const [first, , second] = model.getWeights() as [NDArray, NDArray, NDArray];
    for (const [weight, axis] of [
      [first, 0],
      [second, 1],
    ] as const) {
      expectClose(weight, weight.shape, [...maxNorm({ maxValue: 0.5, axis })(weight).data]);
    }
  });
});

describe("a constraint is found", () => {
  const nameOf = (kernelConstraint: unknown) =>
    layers.dense({ units: 1, kernelConstraint: kernelConstraint as never }).config.kernel_constraint;

  it.each(["maxNorm", "max_norm", "MaxNorm", maxNorm, maxNorm()])("by %s", (given) => {
    expect(nameOf(given)).toEqual({ class_name: "MaxNorm", config: { max_value: 2, axis: 0 } });
  });

  it.each([
    [
      "max_nrom",
      RangeError,
      "unknown constraint 'max_nrom'. Did you mean 'maxNorm'? Known are: maxNorm, minMaxNorm, nonNeg, unitNorm",
    ],
    [5, TypeError, "constraint: expected a name or an object with className and apply, got 5"],
    [() => 0, TypeError, "constraint: expected a name or an object with className and apply, got a function"],
  ] as const)("not by %s", async (given, error, message) => {
    await expectFailure(() => nameOf(given), error, message);
  });
});

describe("constraints refuse", () => {
  const noAxis = (where: string) => `${where}: axis 1: there is none in the shape [2]`;

  it.each([
    ["a negative bound", () => maxNorm({ maxValue: -1 }), "maxNorm: maxValue: expected a number of at least 0, got -1"],
    ["a rate of 2", () => minMaxNorm({ rate: 2 }), "minMaxNorm: rate: expected a number in [0, 1], got 2"],
    [
      "half an axis",
      () => unitNorm({ axis: 0.5 }),
      "unitNorm: axis: expected an integer of at least -9007199254740991, got 0.5",
    ],
    ["no axis", () => unitNorm({ axis: [] }), "unitNorm: axis: expected an integer or some, got an array of 0"],
    ["an axis that is not there", () => unitNorm({ axis: 1 })([1, 2]), noAxis("unitNorm")],
    [
      "an axis that a bias has not",
      () => {
        const layer = layers.dense({ units: 2, inputShape: [2], biasConstraint: maxNorm({ axis: 1 }) });
        return new Sequential([layer]).getWeights();
      },
      noAxis("maxNorm"),
    ],
  ] as const)("%s", async (_, make, message) => {
    await expectFailure(make, RangeError, message);
  });

  it("an option for nonNeg", async () => {
    await expectFailure(() => nonNeg(wrong({ axis: 0 })), TypeError, "nonNeg: unknown option 'axis'; known: ");
  });
});
