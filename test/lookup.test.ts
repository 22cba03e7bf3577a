/** Members found by name, and helpful words where there is none. */
import { describe, expect, it } from "vitest";
import { activations, initializers, losses, metrics, optimizers } from "../src/index.js";
import { lookUp, toCamelCase, toSnakeCase } from "../src/lookup.js";
import { expectFailure } from "./helpers/failure.js";

const table = { relu: 1, glorotUniform: 2, mse: 3, l2: 4 };
const known = "Known are: relu, glorotUniform, mse, l2";

describe("lookUp", () => {
  it.each([
    ["relu", 1],
    ["glorotUniform", 2],
    ["glorot_uniform", 2],
    ["l2", 4],
    ["Relu", 1],
    ["MSE", 3],
    ["GlorotUniform", 2],
  ])("finds %s", (name, value) => {
    expect(lookUp(table, name, "thing")).toBe(value);
  });

  it.each([
    ["rleu", " Did you mean 'relu'?"],
    ["l3", " Did you mean 'l2'?"],
    ["glorot_normal", ""],
    ["maximum", ""],
    ["constructor", ""],
    ["__proto__", ""],
  ])("does not find %s, and hints:%s", async (name, hint) => {
    const message = `unknown thing '${name}'.${hint} ${known}`;
    await expectFailure(() => lookUp(table, name, "thing"), RangeError, message);
  });
});

describe("names", () => {
  it.each([
    ["glorot_uniform", "glorotUniform"],
    ["sparse_categorical_crossentropy", "sparseCategoricalCrossentropy"],
    ["relu6", "relu6"],
    ["top_5", "top5"],
  ])("%s is %s in camel case", (snake, camel) => {
    expect(toCamelCase(snake)).toBe(camel);
  });

  it.each([
    ["glorotUniform", "glorot_uniform"],
    ["AlphaDropout", "alpha_dropout"],
    ["mse", "mse"],
    ["topKAccuracy", "top_k_accuracy"],
    ["sparseYTrue", "sparse_y_true"],
    ["KLDivergence", "kl_divergence"],
    ["MeanIoU", "mean_io_u"],
    ["conv2dTranspose", "conv2d_transpose"],
    ["LeakyReLU", "leaky_re_lu"],
    ["PReLU", "p_re_lu"],
  ])("%s is %s in snake case", (camel, snake) => {
    expect(toSnakeCase(camel)).toBe(snake);
  });

  it.each(Object.entries({ activations, initializers, losses, metrics, optimizers }))(
    "of all %s are found in snake case",
    (_, members) => {
      for (const name of Object.keys(members)) {
        expect(lookUp<unknown>(members, toSnakeCase(name), "member")).toBe(members[name as keyof typeof members]);
      }
    },
  );
});
