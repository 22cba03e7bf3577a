/** Options of fit and evaluate that make no sense: refused before anything changes. */
import { describe, expect, it } from "vitest";
import type { Callback, FitOptions } from "../../src/index.js";
import { makeClassifier, x, y } from "../helpers/classifier.js";
import { expectFailure, expectHarmlessFailure, type Refused } from "../helpers/failure.js";

const fitNames =
  "epochs, batchSize, validationData, validationSplit, shuffle, seed, callbacks, signal, verbose, initialEpoch, " +
  "stepsPerEpoch, yieldEvery, validationBatchSize, validationSteps, validationFreq, sampleWeight, classWeight";
const seedRange = "expected an integer from 0 to 2^53 - 1";

/** Whole numbers: what each of these options, with its least value, does not take. */
const badIntegers = (
  [
    ["epochs", 0],
    ["batchSize", 1],
    ["initialEpoch", 0],
    ["stepsPerEpoch", 1],
    ["validationBatchSize", 1],
    ["validationFreq", 1],
    ["validationSteps", 1],
  ] as const
).flatMap(([name, least]): Refused[] => [
  ...[least - 1, 1.5, Number.NaN, Infinity].map(
    (value): Refused => [
      `${name} ${value}`,
      { [name]: value },
      RangeError,
      `fit: ${name}: expected an integer of at least ${least}, got ${value}`,
    ],
  ),
  [`${name} as text`, { [name]: "3" }, TypeError, `fit: ${name}: expected an integer, got "3"`],
  [`no ${name}`, { [name]: null }, TypeError, `fit: ${name}: expected an integer, got null`],
]);

const badFits: readonly Refused[] = [
  ...badIntegers,
  ...[1, -0.1, Number.NaN].map(
    (value): Refused => [
      `validationSplit ${value}`,
      { validationSplit: value },
      RangeError,
      `fit: validationSplit: expected a number in [0, 1), got ${value}`,
    ],
  ),
  [
    "a split text",
    { validationSplit: "0.2" },
    TypeError,
    'fit: validationSplit: expected a number in [0, 1), got "0.2"',
  ],
  [
    "a split of no row",
    { validationSplit: 0.9 },
    RangeError,
    "fit: validationSplit: 0.9 of 6 samples leaves a part without any",
  ],
  ["seed -1", { seed: -1 }, RangeError, `fit: seed: ${seedRange}, got -1`],
  ["seed 0.5", { seed: 0.5 }, RangeError, `fit: seed: ${seedRange}, got 0.5`],
  ["a text as seed", { seed: "7" }, TypeError, 'fit: seed: expected a number, got "7"'],
  ["a number as callback", { callbacks: 5 }, TypeError, "fit: callbacks: expected objects or functions, got 5"],
  ["no callback", { callbacks: [null] }, TypeError, "fit: callbacks: expected objects or functions, got null"],
  [
    "a callback that makes no hooks",
    { callbacks: () => undefined },
    TypeError,
    "fit: callbacks: expected a function that returns hooks, got undefined",
  ],
  ["no signal", { signal: {} }, TypeError, "fit: signal: expected an AbortSignal, got Object"],
  ["verbosity in words", { verbose: "auto" }, TypeError, 'fit: verbose: expected 0, 1 or 2, got "auto"'],
  ["a way to shuffle", { shuffle: "batch" }, TypeError, 'fit: shuffle: expected true or false, got "batch"'],
  ["a misspelt option", { epoch: 3 }, TypeError, `fit: unknown option 'epoch'; known: ${fitNames}`],
  ["an option of Keras", { batch_size: 3 }, TypeError, `fit: unknown option 'batch_size'; known: ${fitNames}`],
  ["null for options", null, TypeError, "fit: expected an object of options, got null"],
  ["a number for options", 10, TypeError, "fit: expected an object of options, got 10"],
];

describe("fit refuses", () => {
  it.each(badFits)("%s", async (_, options, error, message) => {
    await expectHarmlessFailure(makeClassifier, (model) => model.fit(x, y, options as FitOptions), error, message);
  });

  it("no epoch before the first callback is asked", async () => {
    let asked = 0;
    const callbacks: Callback = () => ({ onTrainBegin: () => void asked++ });
    await expectFailure(
      () => makeClassifier().fit(x, y, { callbacks, epochs: -1 }),
      RangeError,
      "fit: epochs: expected an integer of at least 0, got -1",
    );
    expect(asked).toBe(0);
  });
});

describe("evaluate refuses", () => {
  it.each<Refused>([
    ["batches of 0", { batchSize: 0 }, RangeError, "evaluate: batchSize: expected an integer of at least 1, got 0"],
    [
      "a misspelt option",
      { verbos: 1 },
      TypeError,
      "evaluate: unknown option 'verbos'; known: batchSize, sampleWeight, steps, callbacks, verbose",
    ],
    ["a number for options", 32, TypeError, "evaluate: expected an object of options, got 32"],
  ])("%s", async (_, options, error, message) => {
    await expectHarmlessFailure(makeClassifier, (model) => model.evaluate(x, y, options as object), error, message);
  });
});
