/** The mean and the sum of plain values. */
import { type ArrayInput, isArrayInput, ndarray, toNDArray } from "../arrays.js";
import { checkOptions } from "../checks.js";
import { weightsFor } from "./host-arrays.js";
import type { NamedOptions, WeightedOptions } from "./metric.js";

/** Fed with one part of the values after the other. */
export interface RunningReduction {
  updateState(values: ArrayInput | number, options?: WeightedOptions): void;
  result(): number;
  /** Forgets what has been seen. */
  resetState(): void;
}

export interface ConfiguredReduction {
  (values: ArrayInput | number, options?: WeightedOptions): number;
  readonly name: string;
  /** The name of the class in Keras. */
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  start(): RunningReduction;
}

/** Given options or nothing, returns a configured reduction; given values of any shape, what they come to. */
export interface ReductionFactory {
  (options?: NamedOptions): ConfiguredReduction;
  /** @throws ShapeError, TypeError for values and weights that do not fit. */
  (values: ArrayInput | number, options?: WeightedOptions): number;
  readonly className: string;
}

/**
 * Σ weight · value / Σ weight, and 0 of nothing. What a sample, a row of the first dimension, comes to is a mean itself, so
 * that samples of any size count the same; and so do all values of one call with a single number as weight (as in Keras).
 * Takes values, not targets and predictions: a model can't have it.
 */
export const mean = /* @__PURE__ */ defineReduction(
  "mean",
  "Mean",
  (total, weight) => (weight === 0 ? 0 : total / weight),
  true,
);

/** Σ weight · value. Takes values, not targets and predictions: a model can't have it. */
export const sum = /* @__PURE__ */ defineReduction("sum", "Sum", (total) => total, false);

function defineReduction(
  tableName: string,
  className: string,
  finish: (total: number, weight: number) => number,
  meansSamples: boolean,
): ReductionFactory {
  const configure = (options: NamedOptions): ConfiguredReduction => {
    checkOptions(options, ["name"], tableName);
    const start = (): RunningReduction => run(finish, meansSamples, tableName);
    const call = (values: ArrayInput | number, weighted?: WeightedOptions): number => {
      const running = start();
      running.updateState(values, weighted);
      return running.result();
    };
    Object.defineProperty(call, "name", { value: options.name ?? tableName });
    return Object.assign(call, { className, config: {}, start });
  };
  const reduction = (first: NamedOptions | ArrayInput | number = {}, options?: WeightedOptions) =>
    typeof first === "number" || isArrayInput(first) ? configure({})(first, options) : configure(first);
  return Object.assign(reduction as ReductionFactory, { className });
}

function run(
  finish: (total: number, weight: number) => number,
  meansSamples: boolean,
  where: string,
): RunningReduction {
  let total = 0;
  let weight = 0;
  return {
    updateState(values, options = {}) {
      checkOptions(options, ["sampleWeight"], where);
      const { data, shape } =
        typeof values === "number" ? ndarray(Float32Array.of(values), []) : toNDArray(values, "values");
      const weights = weightsFor(shape, options.sampleWeight);
      let [ownTotal, ownWeight] = [0, 0];
      for (let i = 0; i < data.length; i++) {
        const one = weights ? (weights[i] as number) : 1;
        ownTotal += (data[i] as number) * one;
        ownWeight += one;
      }
      const samples = weights && typeof options.sampleWeight === "number" ? 1 : (shape[0] ?? 1);
      const perSample = meansSamples && samples > 0 ? data.length / samples : 1;
      total += ownTotal / perSample;
      weight += ownWeight / perSample;
    },
    result: () => finish(total, weight),
    resetState() {
      total = 0;
      weight = 0;
    },
  };
}
