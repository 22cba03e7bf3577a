/** Options of compile that make no sense: refused, and the model is trained on as it was compiled before. */
import { describe, it } from "vitest";
import { type CompileOptions, losses, metrics, optimizers } from "../../src/index.js";
import { makeClassifier } from "../helpers/classifier.js";
import { expectHarmlessFailure, type Refused } from "../helpers/failure.js";

const badCompilations: readonly Refused[] = [
  ["nothing", undefined, TypeError, "compile: expected an object of options, got undefined"],
  ["a name", "adam", TypeError, 'compile: expected an object of options, got "adam"'],
  ["no optimizer", { loss: "mse" }, TypeError, "compile: an optimizer is needed, such as 'adam'"],
  ["no loss", { optimizer: "adam" }, TypeError, "compile: a loss is needed, such as 'categoricalCrossentropy'"],
  [
    "a misspelt option",
    { optimiser: "adam", loss: "mse" },
    TypeError,
    "compile: unknown option 'optimiser'; known: optimizer, loss, metrics, weightedMetrics",
  ],
  [
    "an unknown optimizer",
    { optimizer: "adm", loss: "mse" },
    RangeError,
    `unknown optimizer 'adm'. Did you mean 'adam'? Known are: ${Object.keys(optimizers).sort().join(", ")}`,
  ],
  [
    "an unknown loss",
    { optimizer: "adam", loss: "meanSquareError" },
    RangeError,
    `unknown loss 'meanSquareError'. Did you mean 'meanSquaredError'? Known are: ${[...Object.keys(losses), "ce", "crossentropy"].sort().join(", ")}`,
  ],
  [
    "an unknown metric",
    { optimizer: "adam", loss: "mse", metrics: ["acuracy"] },
    RangeError,
    `unknown metric 'acuracy'. Did you mean 'accuracy'? Known are: ${[...Object.keys(metrics), "ce", "crossentropy"].sort().join(", ")}`,
  ],
  [
    "a metric alone",
    { optimizer: "adam", loss: "mse", metrics: "accuracy" },
    TypeError,
    'compile: metrics: expected an array, got "accuracy"',
  ],
  [
    "a number as optimizer",
    { optimizer: 5, loss: "mse" },
    TypeError,
    "optimizer: expected a name or an object with the method step, got 5",
  ],
  [
    "an optimizer not made",
    { optimizer: optimizers.adam, loss: "mse" },
    TypeError,
    "optimizer: expected a name or an object with the method step, got a function",
  ],
  [
    "null as loss",
    { optimizer: "sgd", loss: null },
    TypeError,
    "loss: expected a name, a loss or an object with value and gradient, got null",
  ],
  [
    "an object as metric",
    { optimizer: "sgd", loss: "mse", metrics: [{}] },
    TypeError,
    "metric: expected a name or an object with the method start, got Object",
  ],
];

describe("compile refuses", () => {
  it.each(badCompilations)("%s", async (_, options, error, message) => {
    await expectHarmlessFailure(makeClassifier, (model) => model.compile(options as CompileOptions), error, message);
  });
});
