/** Optimizers without a model. */
import { describe, expect, it } from "vitest";
import { type ArrayInput, layers, type NDArray, ndarray, optimizers, Sequential, ShapeError } from "../../src/index.js";
import { numbers } from "../assembly/samples.js";
import { matrix } from "../helpers/data.js";
import { expectFailure, type Refused, wrong } from "../helpers/failure.js";
import { expectSameWeights } from "../helpers/weights.js";
import { commonOptions, make, plainCases } from "./table.js";

describe("apply", () => {
  it("takes numbers, typed arrays, nested arrays and NDArrays, and gives fresh float32 arrays of their shapes", () => {
    const optimizer = optimizers.sgd({ learningRate: 0.5 });
    const parameter = Float64Array.of(1, 2);
    const [scalar, vector, matrix, cube] = optimizer.apply([
      [1, 3],
      [[2, 4], parameter],
      [
        ndarray(Int8Array.of(1, 2, 3, 4, 5, 6), [2, 3]),
        [
          [0, 0, 0],
          [0, 0, 0],
        ],
      ],
      [[[[1]], [[2]]], ndarray(Float32Array.of(5, 5), [2, 1, 1])],
    ]);
    expect(scalar).toEqual(ndarray(Float32Array.of(2.5), []));
    expect(vector).toEqual(ndarray(Float32Array.of(0, 0), [2]));
    expect(matrix).toEqual(ndarray(Float32Array.of(-0.5, -1, -1.5, -2, -2.5, -3), [2, 3]));
    expect(cube).toEqual(ndarray(Float32Array.of(4.5, 4), [2, 1, 1]));
    expect([...parameter]).toEqual([1, 2]);
  });

  it("remembers by place, and shows what", () => {
    const optimizer = optimizers.sgd({ learningRate: 1, momentum: 0.5 });
    expect([optimizer.iterations, optimizer.variables]).toEqual([0, []]);
    optimizer.apply([
      [
        [1, 2],
        [0, 0],
      ],
      [3, 0],
    ]);
    const [w, b] = optimizer.apply([
      [
        [0, 0],
        [0, 0],
      ],
      [0, 0],
    ]);
    expect([...(w as NDArray).data, ...(b as NDArray).data]).toEqual([-0.5, -1, -1.5]);
    expect(optimizer.variables).toEqual([ndarray(Float32Array.of(-0.5, -1)), ndarray(Float32Array.of(-1.5), [])]);
    expect(optimizer.iterations).toBe(2);
  });

  it("counts updates, as Keras does, when it accumulates", () => {
    const optimizer = optimizers.sgd({ learningRate: 1, gradientAccumulationSteps: 3 });
    let w = ndarray(Float32Array.of(0)) as NDArray;
    const after = [1, 2, 6, 1].map((gradient) => {
      [w] = optimizer.apply([[[gradient], w]]) as [NDArray];
      return [w.data[0], optimizer.iterations];
    });
    expect(after).toEqual([
      [0, 0],
      [0, 0],
      [-3, 1],
      [-3, 1],
    ]);
  });

  it("lets the weights decay that are not excluded by a part of their names, or by their paths", () => {
    const optimizer = optimizers.sgd({
      learningRate: 0.5,
      weightDecay: 0.5,
      excludeFromWeightDecay: ["bias", "gam", "dense_1/kernel"],
    });
    const names = [
      "kernel",
      "dense/kernel",
      "dense_1/kernel",
      "in/dense_1/kernel",
      "dense/bias",
      "norm/gamma",
      "bias/kernel",
    ];
    const after = optimizer.apply([...names.map((name) => [0, 4, name] as const), [0, 4]]);
    expect(after.map(({ data: [value] }) => value)).toEqual([3, 3, 4, 3, 4, 4, 3, 3]);
  });

  it.each(plainCases)("divides the gradients of a scaled loss, first of all: $name", ({ name, options }) => {
    for (const common of [{}, ...commonOptions]) {
      const [scaled, plain] = [{ lossScaleFactor: 8 }, {}].map((own) => make(name, { ...options, ...common, ...own }));
      let weights: [ArrayInput, ArrayInput] = [numbers(5, 1), numbers(5, 1)];
      for (let step = 0; step < 8; step++) {
        const gradient = numbers(5, 2 + step);
        weights = [
          scaled?.apply([[gradient.map((value) => 8 * value), weights[0]]])[0] as NDArray,
          plain?.apply([[gradient, weights[1]]])[0] as NDArray,
        ];
        expect(weights[0]).toEqual(weights[1]);
      }
    }
  });

  it("does nothing to no pairs, and takes empty arrays", () => {
    const optimizer = optimizers.adam();
    expect(optimizer.apply([])).toEqual([]);
    expect(optimizer.iterations).toBe(0);
    expect(optimizer.apply([[[], []]])).toEqual([ndarray(new Float32Array(0))]);
  });

  it("shares no state with the models that the optimizer stands in", async () => {
    const make = (optimizer = optimizers.adam({ learningRate: 0.01 })) => {
      const model = new Sequential([layers.dense({ units: 3, inputShape: [4] })], { seed: 1 });
      model.compile({ optimizer, loss: "mse" });
      return model;
    };
    const [x, y] = [matrix(10, 4, 1), matrix(10, 3, 2)];
    const shared = optimizers.adam({ learningRate: 0.01 });
    const [alone, first, second] = [make(), make(shared), make(shared)];
    await alone.fit(x, y, { seed: 1, epochs: 4 });
    for (let epoch = 0; epoch < 4; epoch++) {
      for (const model of [first, second]) await model.fit(x, y, { seed: 1, initialEpoch: epoch, epochs: epoch + 1 });
      shared.apply([
        [
          [1, 2],
          [3, 4],
        ],
      ]);
    }
    expect(shared.iterations).toBe(4);
    expectSameWeights(first.getWeights(), alone.getWeights());
    expectSameWeights(second.getWeights(), alone.getWeights());
  });

  it("gives the same bits as a model", async () => {
    const model = new Sequential([layers.dense({ units: 3, inputShape: [4] })], { seed: 1 });
    const [applied, inModel] = [0, 1].map(() => optimizers.lamb({ learningRate: 0.01, globalClipnorm: 0.1 }));
    model.compile({ optimizer: inModel as ReturnType<typeof optimizers.lamb>, loss: "mse" });
    const before = model.getWeights();
    // With a target of 0 and inputs of unit vectors the gradient is a row of the kernel and more, all of it known
    await model.trainOnBatch([[1, 0, 0, 0]], [[0, 0, 0]]);
    const [kernel] = before as [NDArray];
    const gradient = ndarray(new Float32Array(12), [4, 3]);
    const output = [...kernel.data.subarray(0, 3)];
    output.forEach((value, i) => {
      gradient.data[i] = Math.fround(Math.fround(2 / 3) * value);
    });
    const bias = ndarray(gradient.data.slice(0, 3));
    const after = applied?.apply([
      [gradient, kernel],
      [bias, before[1] as NDArray],
    ]);
    expectSameWeights(model.getWeights(), after ?? []);
  });

  const refused: readonly Refused[] = [
    [
      "what is no list",
      () => optimizers.sgd().apply(wrong(3)),
      TypeError,
      "apply: expected an array of [gradient, parameter] pairs, got 3",
    ],
    [
      "what is no pair",
      () => optimizers.sgd().apply([wrong([1])]),
      TypeError,
      "apply: pair 0: expected [gradient, parameter] or [gradient, parameter, name], got an array of 1",
    ],
    [
      "a name that is none",
      () => optimizers.sgd().apply([[1, 1, wrong(5)]]),
      TypeError,
      "apply: pair 0: name: expected a text, got 5",
    ],
    [
      "a text",
      () => optimizers.sgd().apply([[1, wrong("1")]]),
      TypeError,
      'apply: parameter 0: expected an NDArray, a typed array or nested arrays of numbers, got "1"',
    ],
    [
      "a gradient of another shape",
      () => optimizers.sgd().apply([[[1, 2], [1]]]),
      ShapeError,
      "apply: pair 0: expected a gradient of the parameter's shape [1], got [2]",
    ],
  ];

  it.each(refused)("refuses %s", async (_, call, error, message) => {
    await expectFailure(call as () => unknown, error, message);
  });

  it("refuses other places or shapes than in the first call, and is as it was", async () => {
    const [optimizer, twin] = [optimizers.adam(), optimizers.adam()];
    const pair = [numbers(3, 1), numbers(3, 2)] as const;
    for (const one of [optimizer, twin]) one.apply([pair]);
    const another = "apply: expected 1 pairs, as in the first call, got 2";
    await expectFailure(() => optimizer.apply([pair, pair]), ShapeError, another);
    const longer = "apply: pair 0: expected shape [3], as in the first call, got [4]";
    await expectFailure(() => optimizer.apply([[numbers(4), numbers(4)]]), ShapeError, longer);
    expect(optimizer.apply([pair])).toEqual(twin.apply([pair]));
  });
});
