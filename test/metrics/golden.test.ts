/** Every metric against the numbers in Keras's own tests. */
import { describe, expect, it } from "vitest";
import { type ArrayInput, metrics } from "../../src/index.js";
import { toCamelCase } from "../../src/lookup.js";
import type { ConfiguredMetric, MetricResult } from "../../src/metrics/index.js";
import { readVectors } from "../helpers/fixtures.js";

interface Update {
  readonly y_true?: ArrayInput;
  readonly y_pred?: ArrayInput;
  /** RootMeanSquaredError's arguments under the names of its parent class. */
  readonly values?: ArrayInput;
  readonly sample_weight?: ArrayInput | number | null;
}

interface Vector {
  readonly metric: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly updates: readonly Update[];
  readonly expected: number | readonly number[];
  /** What Keras 3.16 computed, in float32. */
  readonly live: number | readonly number[];
  readonly tolerance: { readonly decimal: number } | { readonly atol: number; readonly rtol: number } | { exact: true };
  readonly test: string;
}

/** Numbers in Keras's tests that are not the metric's, and why. */
const wrong: Readonly<Record<string, string>> = {
  "SparseCategoricalAccuracy SparseCategoricalAccuracyTest.test_reshape_matches":
    "what the function returns for each sample; the metric is their mean, as in `live`",
};

/** What Keras computed less precisely than its own tests ask, and why. */
const imprecise: Readonly<Record<string, string>> = {
  BinaryCrossentropy: "of logits, it takes the sigmoid first, and the float32 of 1 - sigmoid(10) has lost digits",
};

describe("metrics against Keras", async () => {
  it.each(await readVectors<Vector>("keras-metrics.json"))("$metric in $test", (vector) => {
    const { metric, config, updates, expected, live } = vector;
    const running = configured(metric, config).start();
    for (const { y_true, y_pred, values, sample_weight } of updates) {
      if (values) running.updateState(values, sample_weight as ArrayInput);
      else running.updateState(bits(y_true), bits(y_pred), { sampleWeight: sample_weight ?? null });
    }
    const figures = listOf(running.result());
    const lives = metric in imprecise ? [] : [live].flat();
    lives.forEach((number, i) => {
      expect(Math.abs((figures[i] as number) - number)).toBeLessThanOrEqual(2e-6 * Math.max(1, Math.abs(number)));
    });
    if (`${metric} ${vector.test}` in wrong) return;
    [expected].flat().forEach((number, i) => {
      expect(Math.abs((figures[i] as number) - number)).toBeLessThanOrEqual(toleranceOf(vector, number));
    });
  });
});

/** A member by its Keras class, with Keras's options in camelCase. */
function configured(className: string, config: Readonly<Record<string, unknown>>): ConfiguredMetric {
  const make = Object.values(metrics).find((member) => member.className === className);
  expect(make, className).toBeDefined();
  const options = Object.fromEntries(Object.entries(config).map(([key, value]) => [toCamelCase(key), value]));
  return (make as unknown as (given: object) => ConfiguredMetric)(options);
}

/** Truth values as numbers. */
function bits(array: ArrayInput | undefined): ArrayInput {
  return JSON.parse(JSON.stringify(array), (_, value) => (typeof value === "boolean" ? Number(value) : value));
}

function listOf(result: MetricResult): readonly number[] {
  return typeof result === "number" ? [result] : Array.from(result.data);
}

/** Keras's assertAlmostEqual(decimal), assertAllClose(atol, rtol) and assertEqual. */
function toleranceOf({ tolerance }: Vector, expected: number): number {
  if ("decimal" in tolerance) return 1.5 * 10 ** -tolerance.decimal;
  return "exact" in tolerance ? 1e-12 : tolerance.atol + tolerance.rtol * Math.abs(expected);
}
