/** The runs of one configuration: each with a seed and a split of its own, the same ones for every configuration. */
import type { NDArray } from "../arrays.js";
import { stratifiedKFold, stratifiedSplit } from "../index.js";
import { uint32At } from "../random.js";

export interface ReplicatePlan {
  /** Splits and starts per configuration. */
  readonly seeds: number;
  /** 0: each seed draws training and validation anew. Else each seed gives so many folds, each of them a run. */
  readonly folds: number;
  /** Percent for training, validation and test. */
  readonly split: readonly [number, number, number];
  readonly seed: number;
}

/** Row numbers of the files, ascending. */
export interface RowSplit {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
}

/** See src/random.ts. */
const REPLICATE_STREAM = 0xd000_0000;

export function countReplicates({ seeds, folds }: ReplicatePlan): number {
  return seeds * Math.max(1, folds);
}

/** Of the weights and the order of samples. */
export function seedOf({ seed }: ReplicatePlan, replicate: number): number {
  return uint32At(seed, REPLICATE_STREAM, 0, replicate);
}

/** The rows that are held back for the final table: one set for the whole study, that no choice depends on. */
export function splitTest(y: NDArray, { split, seed }: ReplicatePlan): { test: Uint32Array; rest: Uint32Array } {
  const test = split[2] / 100;
  const parts = stratifiedSplit({ y }, { rest: 1 - test, test, seed });
  return { test: parts.test.indices, rest: parts.rest.indices };
}

/** Training and validation rows of one run, out of those that are not for the test. */
export function splitRest(y: NDArray, rest: Uint32Array, plan: ReplicatePlan, replicate: number): RowSplit {
  const { seed, folds, split } = plan;
  const labels = Float64Array.from(rest, (row) => y.data[row] as number);
  const rows = (positions: Uint32Array) => positions.map((position) => rest[position] as number);
  if (folds > 0) {
    const foldSeed = uint32At(seed, REPLICATE_STREAM, 1, Math.floor(replicate / folds));
    const fold = stratifiedKFold(labels, { folds, seed: foldSeed })[replicate % folds];
    if (!fold) throw new RangeError(`replicate ${replicate} has no fold`);
    return { train: rows(fold.train), validation: rows(fold.validation) };
  }
  const train = split[0] / (split[0] + split[1]);
  const parts = stratifiedSplit({ y: labels }, { train, validation: 1 - train, seed: seedOf(plan, replicate) });
  return { train: rows(parts.train.indices), validation: rows(parts.validation.indices) };
}
