/** Losses against the numbers in Keras's own tests: of host arrays, and as a model measures them. */
import { describe, expect, it } from "vitest";
import { toNDArray } from "../../src/arrays.js";
import { layers, losses, type NDArray, ndarray, Sequential } from "../../src/index.js";
import type { Loss, LossFunction, LossOptions } from "../../src/losses/index.js";
import { readVectors } from "../helpers/fixtures.js";

type Nested = readonly (number | Nested)[];

interface Vector {
  readonly loss: string;
  readonly options: LossOptions & { readonly axis?: unknown; readonly fromLogits?: boolean };
  readonly yTrue: Nested;
  readonly yPred: Nested;
  readonly sampleWeight: Nested | number | null;
  readonly expected: number | Nested;
  /** What Keras 3.16 computed on NumPy. */
  readonly live: number | Nested;
  readonly tolerance: { readonly decimal: number } | { readonly atol: number; readonly rtol: number };
  readonly test: string;
}

/** Vectors that are not to be matched, and why. */
const leftOut: Readonly<Record<string, string>> = {
  "CTCTest.test_correctness": "a loss of sequences, which are not what these models put out",
};
/** On NumPy, Keras goes from logits over a probability p, and loses digits of 1 - p. */
const losesDigits = ({ loss, options }: Vector): boolean =>
  loss === "BinaryCrossentropy" && options.fromLogits === true;

const vectors = (await readVectors<Vector>("keras-losses.json")).filter(({ test }) => !(test in leftOut));

describe("losses against Keras", () => {
  it.each(vectors)("$loss of arrays in $test", (vector) => {
    const { loss, options, yTrue, yPred, sampleWeight } = vector;
    const measure = losses[toName(loss)] as LossFunction<LossOptions>;
    const value: number | NDArray = measure(yTrue, yPred, { ...options, sampleWeight: sampleWeight ?? undefined });
    const expected = toArray(vector.expected);
    const actual = typeof value === "number" ? toArray(value) : value;
    expect(actual.shape).toEqual(expected.shape);
    expected.data.forEach((wanted, i) => {
      const came = actual.data[i] as number;
      const { tolerance } = vector;
      const bound =
        "decimal" in tolerance ? 1.5 * 10 ** -tolerance.decimal : tolerance.atol + tolerance.rtol * Math.abs(wanted);
      expect(Math.abs(came - wanted)).toBeLessThanOrEqual(bound);
      const live = toArray(vector.live).data[i] as number;
      if (!losesDigits(vector)) expect(Math.abs(came - live)).toBeLessThanOrEqual(1e-6 + 1e-6 * Math.abs(live));
    });
  });

  const ofModels = vectors.filter(
    ({ options, yPred, sampleWeight }) =>
      options.reduction !== null &&
      [undefined, null, -1].includes(options.axis as never) &&
      toNDArray(yPred).shape.length === 2 &&
      typeof sampleWeight !== "number",
  );
  it.each(ofModels)("$loss of a model in $test", async ({ loss, options, yTrue, yPred, sampleWeight }) => {
    const make = losses[toName(loss)] as (options: LossOptions) => Loss;
    const measure = losses[toName(loss)] as LossFunction<LossOptions>;
    const model = new Sequential([
      layers.activation({ activation: "linear", inputShape: [toNDArray(yPred).shape[1] ?? 0] }),
    ]);
    model.compile({ optimizer: "sgd", loss: make(options) });
    const weights = sampleWeight === null ? {} : { sampleWeight };
    const logs = await model.evaluate(yPred, yTrue, weights as object);
    expect(logs.loss).toBe(measure(yTrue, yPred, { ...options, ...weights }));
  });
});

function toName(className: string): keyof typeof losses {
  return `${className.charAt(0).toLowerCase()}${className.slice(1)}`.replace(/^kLD/, "klD") as keyof typeof losses;
}

function toArray(value: number | Nested): NDArray {
  return typeof value === "number" ? ndarray(Float64Array.of(value), []) : toNDArray(value);
}
