/** Layers that make no sense are refused where they are made. */
import { describe, it } from "vitest";
import { activations, layers } from "../../src/index.js";
import { expectFailure, type Refused, wrong } from "../helpers/failure.js";

const activationNames = Object.keys(activations).sort().join(", ");
const initializerNames =
  "constant, glorotNormal, glorotUniform, heNormal, heUniform, identity, leCunNormal, leCunUniform, lecunNormal, " +
  "lecunUniform, ones, orthogonal, randomNormal, randomUniform, truncatedNormal, varianceScaling, zeros";

const refused: readonly Refused[] = [
  ...(["dense", "dropout", "alphaDropout", "activation", "rescaling"] as const).flatMap((layer): Refused[] => [
    [`${layer} without options`, () => layers[layer](wrong(undefined)), TypeError, noOptions(layer, "undefined")],
    [`${layer} of null`, () => layers[layer](wrong(null)), TypeError, noOptions(layer, "null")],
    [`${layer} of a number`, () => layers[layer](wrong(10)), TypeError, noOptions(layer, "10")],
  ]),
  ["flatten of an array", () => layers.flatten(wrong([28, 28])), TypeError, noOptions("flatten", "an array of 2")],
  ["dense without units", () => layers.dense(wrong({})), TypeError, "dense: units: expected an integer, got undefined"],
  ...[0, -1, 1.5, Number.NaN, Infinity].map(
    (units): Refused => [
      `dense of ${units} units`,
      () => layers.dense({ units }),
      RangeError,
      `dense: units: expected an integer of at least 1, got ${units}`,
    ],
  ),
  [
    "dense of text",
    () => layers.dense(wrong({ units: "10" })),
    TypeError,
    'dense: units: expected an integer, got "10"',
  ],
  [
    "a misspelt option of dense",
    () => layers.dense(wrong({ unit: 10 })),
    TypeError,
    "dense: unknown option 'unit'; known: name, inputShape, batchInputShape, trainable, activityRegularizer, units, " +
      "activation, useBias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer, kernelConstraint, " +
      "biasConstraint",
  ],
  [
    "a bias that is no choice",
    () => layers.dense(wrong({ units: 1, useBias: "no" })),
    TypeError,
    'dense: useBias: expected true or false, got "no"',
  ],
  [
    "an unknown activation",
    () => layers.dense({ units: 1, activation: "rellu" }),
    RangeError,
    `unknown activation 'rellu'. Did you mean 'relu'? Known are: ${activationNames}`,
  ],
  [
    "an activation like no other",
    () => layers.activation({ activation: "maxout" }),
    RangeError,
    `unknown activation 'maxout'. Known are: ${activationNames}`,
  ],
  [
    "an activation layer without one",
    () => layers.activation(wrong({})),
    TypeError,
    "activation: expected a name, a member of activations or an object with the method forward, got undefined",
  ],
  [
    "a number as activation",
    () => layers.dense(wrong({ units: 1, activation: 5 })),
    TypeError,
    "activation: expected a name, a member of activations or an object with the method forward, got 5",
  ],
  [
    "an unknown initializer",
    () => layers.dense({ units: 1, kernelInitializer: "glorot_unifrom" }),
    RangeError,
    `unknown initializer 'glorot_unifrom'. Did you mean 'glorotUniform'? Known are: ${initializerNames}`,
  ],
  [
    "a function that makes no initializer",
    () => layers.dense(wrong({ units: 1, kernelInitializer: () => 0 })),
    TypeError,
    "initializer: expected a name or an object with the method fill, got 0",
  ],
  [
    "a shape of a number",
    () => layers.dense(wrong({ units: 1, inputShape: 784 })),
    TypeError,
    "dense: inputShape: expected an array of integers, got 784",
  ],
  [
    "a shape with 0",
    () => layers.flatten({ inputShape: [28, 0] }),
    RangeError,
    "flatten: inputShape: expected an integer of at least 1, got 0",
  ],
  [
    "a text for trainable",
    () => layers.flatten(wrong({ trainable: "no" })),
    TypeError,
    'flatten: trainable: expected true or false, got "no"',
  ],
  ["a name with a slash", () => layers.dense({ units: 1, name: "a/b" }), TypeError, badName("dense", '"a/b"')],
  ["an empty name", () => layers.flatten({ name: "" }), TypeError, badName("flatten", '""')],
  ["a number as name", () => layers.flatten(wrong({ name: 5 })), TypeError, badName("flatten", "5")],
  ...[1.1, -0.1, Number.NaN].map(
    (rate): Refused => [
      `dropout of ${rate}`,
      () => layers.dropout({ rate }),
      RangeError,
      `dropout: rate: expected a number in [0, 1], got ${rate}`,
    ],
  ),
  ...[1, -0.1, Number.NaN].flatMap((rate): Refused[] => [
    [`alphaDropout of ${rate}`, () => layers.alphaDropout({ rate }), RangeError, badRate("alphaDropout", rate)],
    [
      `gaussianDropout of ${rate}`,
      () => layers.gaussianDropout({ rate }),
      RangeError,
      badRate("gaussianDropout", rate),
    ],
  ]),
  ["dropout without a rate", () => layers.alphaDropout(wrong({})), TypeError, badRate("alphaDropout", undefined)],
  [
    "rescaling without scale",
    () => layers.rescaling(wrong({})),
    TypeError,
    "rescaling: scale: expected a finite number, got undefined",
  ],
  [
    "rescaling by NaN",
    () => layers.rescaling({ scale: Number.NaN }),
    RangeError,
    "rescaling: scale: expected a finite number, got NaN",
  ],
  [
    "rescaling to infinity",
    () => layers.rescaling({ scale: 1, offset: Infinity }),
    RangeError,
    "rescaling: offset: expected a finite number, got Infinity",
  ],
];

describe("layers refuse", () => {
  it.each(refused)("%s", async (_, make, error, message) => {
    await expectFailure(make as () => unknown, error, message);
  });
});

function noOptions(layer: string, got: string): string {
  return `${layer}: expected an object of options, got ${got}`;
}

function badName(layer: string, got: string): string {
  return `${layer}: name: expected a text without '/', got ${got}`;
}

function badRate(layer: string, got: unknown): string {
  return `${layer}: rate: expected a number in [0, 1), got ${got}`;
}
