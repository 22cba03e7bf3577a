/** The split in two. */
import { describe } from "../arrays.js";
import { checkBoolean, checkOptions } from "../checks.js";
import { checkSeed } from "../random.js";
import { drawParts } from "./draw.js";
import { groupData } from "./labels.js";
import { cut, type Data, type Part, readTable } from "./part.js";

export interface TrainTestSplitOptions {
  /** The fraction of the samples that go into the test set, between 0 and 1. Defaults to 0.25. */
  readonly testSize?: number;
  /** An integer from 0 to 2^53 - 1. The same seed gives the same split. Defaults to 0. */
  readonly seed?: number;
  /** Draws the samples at random. If false, the test set is the last samples. Defaults to true. */
  readonly shuffle?: boolean;
  /** Keeps the mix of the classes in `y`, as `stratifiedSplit` does. Defaults to false. */
  readonly stratify?: boolean;
}

export interface TrainTestSplit<D extends Data> {
  readonly train: Part<D>;
  readonly test: Part<D>;
}

/**
 * Splits data into a training and a test set. Every sample is in exactly one of them, in its original order.
 *
 * The size of the test set is testSize · n, rounded to the nearest whole number (a half goes to the training set),
 * but at least 1.
 *
 * @param data Arrays with one row per sample.
 * @throws TypeError when data is no object of arrays, when an option has the wrong type or is not known, or when `stratify` comes
 *   without an array `y` or without `shuffle`.
 * @throws ShapeError when the arrays differ in length.
 * @throws RangeError for options out of range, empty data, and when a set would be empty or, with `stratify`, without
 *   samples of some class.
 */
export function trainTestSplit<D extends Data>(data: D, options: TrainTestSplitOptions = {}): TrainTestSplit<D> {
  const where = "trainTestSplit";
  checkOptions(options, ["testSize", "seed", "shuffle", "stratify"], where);
  const { testSize = 0.25, shuffle = true, stratify = false } = options;
  if (typeof testSize !== "number") {
    throw new TypeError(`${where}: testSize: expected a number, got ${describe(testSize)}`);
  }
  if (!(testSize > 0 && testSize < 1)) {
    throw new RangeError(`${where}: testSize: expected a fraction between 0 and 1, got ${testSize}`);
  }
  checkBoolean(shuffle, `${where}: shuffle`);
  checkBoolean(stratify, `${where}: stratify`);
  if (stratify && !shuffle) throw new TypeError(`${where}: stratify draws samples at random and needs shuffle: true`);
  const seed = checkSeed(options.seed ?? 0, `${where}: seed`);
  const table = readTable(data, where);
  const parts = [
    { name: "train", fraction: 1 - testSize },
    { name: "test", fraction: testSize },
  ];
  const groups = stratify ? groupData(table, where) : [{ name: "the data", rows: [...Array(table.length).keys()] }];
  const [train, test] = drawParts(groups, parts, shuffle ? seed : undefined, where) as [Uint32Array, Uint32Array];
  return { train: cut(table, train), test: cut(table, test) };
}
