/** Optimizers that make no sense are refused where they are made. */
import { describe, it } from "vitest";
import { optimizers } from "../../src/index.js";
import { expectFailure, type Refused, wrong } from "../helpers/failure.js";
import type { OptimizerName } from "./table.js";

const share = "expected a number in [0, 1)";
const common =
  "weightDecay, excludeFromWeightDecay, clipnorm, globalClipnorm, clipvalue, useEma, emaMomentum, emaOverwriteFrequency, gradientAccumulationSteps, lossScaleFactor";

const refused: readonly Refused[] = [
  ...(["adam", "sgd"] as const).flatMap((name): Refused[] => [
    ...[-1, Number.NaN, Infinity].map(
      (learningRate): Refused => [
        `${name} with the learning rate ${learningRate}`,
        () => optimizers[name]({ learningRate }),
        RangeError,
        `${name}: learningRate: expected a number of at least 0, got ${learningRate}`,
      ],
    ),
    [
      `${name} with a text`,
      () => optimizers[name](wrong({ learningRate: "0.1" })),
      TypeError,
      `${name}: learningRate: expected a number of at least 0, got "0.1"`,
    ],
    [
      `${name} of a number`,
      () => optimizers[name](wrong(0.1)),
      TypeError,
      `${name}: expected an object of options, got 0.1`,
    ],
  ]),
  ["adam with beta1 of 1", () => optimizers.adam({ beta1: 1 }), RangeError, `adam: beta1: ${share}, got 1`],
  ["adam with beta2 of -1", () => optimizers.adam({ beta2: -1 }), RangeError, `adam: beta2: ${share}, got -1`],
  [
    "adam without epsilon",
    () => optimizers.adam({ epsilon: 0 }),
    RangeError,
    "adam: epsilon: expected a positive number, got 0",
  ],
  [
    "a misspelt option of adam",
    () => optimizers.adam(wrong({ lr: 0.1 })),
    TypeError,
    `adam: unknown option 'lr'; known: learningRate, beta1, beta2, epsilon, amsgrad, ${common}`,
  ],
  [
    "sgd with momentum 2",
    () => optimizers.sgd({ momentum: 2 }),
    RangeError,
    "sgd: momentum: expected a number in [0, 1], got 2",
  ],
  [
    "a misspelt option of sgd",
    () => optimizers.sgd(wrong({ beta1: 0.1 })),
    TypeError,
    `sgd: unknown option 'beta1'; known: learningRate, momentum, nesterov, ${common}`,
  ],
];

/** What no optimizer takes, with the rest of the message behind its name. */
const refusedByAll: readonly (readonly [options: object, error: Refused[2], message: string])[] = [
  [{ learningRate: "0.1" }, TypeError, 'learningRate: expected a number of at least 0, got "0.1"'],
  [{ learningRate: -1 }, RangeError, "learningRate: expected a number of at least 0, got -1"],
  [{ lossScaleFactor: 0 }, RangeError, "lossScaleFactor: expected a positive number, got 0"],
  [{ excludeFromWeightDecay: "bias" }, TypeError, 'excludeFromWeightDecay: expected an array of names, got "bias"'],
  [
    { excludeFromWeightDecay: [""] },
    TypeError,
    "excludeFromWeightDecay: expected an array of names, got an array of 1",
  ],
  [{ weightDecay: -1 }, RangeError, "weightDecay: expected a number of at least 0, got -1"],
  [{ clipnorm: 0 }, RangeError, "clipnorm: expected a positive number, got 0"],
  [{ globalClipnorm: -1 }, RangeError, "globalClipnorm: expected a positive number, got -1"],
  [{ clipvalue: Number.NaN }, RangeError, "clipvalue: expected a positive number, got NaN"],
  [
    { clipnorm: 1, clipvalue: 1 },
    RangeError,
    "expected one of clipnorm, globalClipnorm and clipvalue, got clipnorm and clipvalue",
  ],
  [{ useEma: 1 }, TypeError, "useEma: expected true or false, got 1"],
  [{ emaMomentum: 1.1 }, RangeError, "emaMomentum: expected a number in [0, 1], got 1.1"],
  [{ emaOverwriteFrequency: 0 }, RangeError, "emaOverwriteFrequency: expected an integer of at least 1, got 0"],
  [{ gradientAccumulationSteps: 1 }, RangeError, "gradientAccumulationSteps: expected an integer of at least 2, got 1"],
  [
    { gradientAccumulationSteps: 2.5 },
    RangeError,
    "gradientAccumulationSteps: expected an integer of at least 2, got 2.5",
  ],
];

/** Options of their own, each out of range, and what is expected of them. */
const refusedByOne: readonly (readonly [name: OptimizerName, option: string, value: number, expected: string])[] = [
  ["adadelta", "rho", 1, "a number in [0, 1)"],
  ["adadelta", "epsilon", 0, "a positive number"],
  ["adagrad", "initialAccumulatorValue", -0.1, "a number of at least 0"],
  ["adagrad", "epsilon", 0, "a positive number"],
  ["adamax", "beta1", 1, "a number in [0, 1)"],
  ["adamw", "beta2", 1, "a number in [0, 1)"],
  ["ftrl", "learningRatePower", 0.5, "a number of at most 0"],
  ["ftrl", "initialAccumulatorValue", -1, "a number of at least 0"],
  ["ftrl", "l1RegularizationStrength", -1, "a number of at least 0"],
  ["ftrl", "l2RegularizationStrength", -1, "a number of at least 0"],
  ["ftrl", "l2ShrinkageRegularizationStrength", -1, "a number of at least 0"],
  ["ftrl", "beta", -1, "a number of at least 0"],
  ["lamb", "epsilon", -1, "a positive number"],
  ["lion", "beta1", 0, "a number in (0, 1]"],
  ["lion", "beta2", 1, "a number in [0, 1)"],
  ["nadam", "beta1", -0.1, "a number in [0, 1)"],
  ["rmsprop", "rho", -0.1, "a number in [0, 1)"],
  ["rmsprop", "momentum", 1.5, "a number in [0, 1]"],
  ["rmsprop", "epsilon", 0, "a positive number"],
];

describe("optimizers refuse", () => {
  it.each(refused)("%s", async (_, make, error, message) => {
    await expectFailure(make as () => unknown, error, message);
  });

  it.each(Object.keys(optimizers) as OptimizerName[])("what no optimizer takes: %s", async (name) => {
    for (const [options, error, message] of refusedByAll) {
      await expectFailure(() => optimizers[name](wrong(options)), error, `${name}: ${message}`);
    }
  });

  it.each(refusedByOne)("%s with %s of %d", async (name, option, value, expected) => {
    const message = `${name}: ${option}: expected ${expected}, got ${value}`;
    await expectFailure(() => optimizers[name](wrong({ [option]: value })), RangeError, message);
  });
});
