/** What a model can be told when it is made. */
import { describe } from "../arrays.js";
import { checkOptions } from "../checks.js";
import { checkSeed } from "../random.js";
import type { Precision } from "../wasm/instantiate.js";

export interface SequentialOptions {
  /** Default 'sequential'. */
  readonly name?: string;
  /**
   * Fixes the first weights, and every `fit` that has no seed of its own. A safe integer of at least 0. Without it the
   * weights come from the seed of the first `fit`, or else from a random one.
   */
  readonly seed?: number;
  /**
   * 'exact' (the default) gives the same bits everywhere. 'relaxed' uses fused multiply-add where the engine and the
   * processor have it: faster, and as accurate, but no longer the same on every machine.
   */
  readonly precision?: Precision;
}

export interface CheckedSequentialOptions {
  readonly name: string;
  /** False when the name is the default. */
  readonly hasName: boolean;
  readonly seed: number | undefined;
  readonly precision: Precision;
}

/** @throws TypeError, RangeError for options that are unknown or out of range. */
export function checkSequentialOptions(options: SequentialOptions): CheckedSequentialOptions {
  checkOptions(options, ["name", "seed", "precision"], "Sequential");
  const { name = "sequential", seed, precision = "exact" } = options;
  if (typeof name !== "string") throw new TypeError(`Sequential: name: expected a text, got ${describe(name)}`);
  if (precision !== "exact" && precision !== "relaxed") {
    throw new RangeError(`Sequential: precision: expected 'exact' or 'relaxed', got ${describe(precision)}`);
  }
  return {
    name,
    hasName: options.name !== undefined,
    seed: seed === undefined ? undefined : checkSeed(seed, "Sequential: seed"),
    precision,
  };
}
