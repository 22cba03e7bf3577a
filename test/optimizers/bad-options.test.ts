/** Optimizers that make no sense are refused where they are made. */
import { describe, it } from "vitest";
import { optimizers } from "../../src/index.js";
import { expectFailure, type Refused, wrong } from "../helpers/failure.js";

const share = "expected a number in [0, 1)";
const common =
  "weightDecay, clipnorm, globalClipnorm, clipvalue, useEma, emaMomentum, emaOverwriteFrequency, gradientAccumulationSteps";

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
    `adam: unknown option 'lr'; known: learningRate, beta1, beta2, epsilon, ${common}`,
  ],
  ["sgd with momentum 1", () => optimizers.sgd({ momentum: 1 }), RangeError, `sgd: momentum: ${share}, got 1`],
  [
    "a misspelt option of sgd",
    () => optimizers.sgd(wrong({ beta1: 0.1 })),
    TypeError,
    `sgd: unknown option 'beta1'; known: learningRate, momentum, nesterov, ${common}`,
  ],
];

describe("optimizers refuse", () => {
  it.each(refused)("%s", async (_, make, error, message) => {
    await expectFailure(make as () => unknown, error, message);
  });
});
