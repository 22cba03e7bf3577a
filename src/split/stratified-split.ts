/** A random split that keeps the mix of classes. */
import { type ArrayInput, describe } from "../arrays.js";
import { checkSeed } from "../random.js";
import { drawParts, FRACTION_TOLERANCE, type NamedFraction } from "./draw.js";
import { groupData } from "./labels.js";
import { cut, type Data, type Part, readTable } from "./part.js";

/**
 * Data with labels `y`: class values of shape [n] or [n, 1], any numbers, or one-hot rows [n, k].
 */
export type LabelledData = Data & { readonly y: ArrayInput };

/** Names of parts with their fractions of the data, and the seed. */
export type SplitParts = Readonly<Record<string, number>> & { readonly seed?: number };

/** One `Part` for each name. */
export type Split<D extends Data, P> = { readonly [Name in Exclude<keyof P, "seed">]: Part<D> };

/**
 * Splits data at random into named parts that each hold the same mix of classes as the whole:
 *
 *     const parts = { train: 0.6, validation: 0.15, test: 0.25, seed: 7 };
 *     const { train, validation, test } = stratifiedSplit({ x, y }, parts);
 *     train.x; train.y; train.indices;
 *
 * Every sample is in at most one part, and in exactly one when the fractions sum to 1. In every part, the number of
 * samples of a class is that class's exact share rounded down or up, and so is the part's size, by largest remainders:
 * 6500 samples at 0.6, 0.15 and 0.25 are 3900, 975 and 1625. Every class is in every part.
 *
 * Which samples of a class go where is drawn under the seed. Within a part the samples keep their original order.
 *
 * @param data Arrays with one row per sample, among them the labels `y`.
 * @param parts Fractions above 0 with a sum of at most 1. The key `seed` (an integer from 0 to 2^53 - 1, default 0)
 *   is no part; the same seed gives the same split.
 * @throws TypeError when data is no object of arrays, has no `y`, or a fraction or the seed is no number.
 * @throws ShapeError when the arrays differ in length, or `y` has another shape.
 * @throws RangeError for fractions and seeds out of range, for empty data, rows of `y` that are not one-hot, reserved
 *   names, and when a class has too few samples to be in every part.
 */
export function stratifiedSplit<D extends LabelledData, P extends SplitParts>(data: D, parts: P): Split<D, P> {
  const where = "stratifiedSplit";
  const fractions = readFractions(parts, where);
  const seed = readSeed(parts, where);
  const table = readTable(data, where);
  const drawn = drawParts(groupData(table, where), fractions, seed, where);
  const entries = fractions.map(({ name }, p) => [name, cut<D>(table, drawn[p] ?? new Uint32Array())] as const);
  return Object.fromEntries(entries) as Split<D, P>;
}

function readFractions(parts: SplitParts, where: string): NamedFraction[] {
  if (typeof parts !== "object" || parts === null) {
    throw new TypeError(`${where}: expected parts such as { train: 0.8, test: 0.2 }, got ${describe(parts)}`);
  }
  const fractions = Object.entries(parts)
    .filter(([name]) => name !== "seed")
    .map(([name, fraction]) => ({ name, fraction }));
  if (fractions.length === 0) throw new RangeError(`${where}: expected at least one part, got none`);
  for (const { name, fraction } of fractions) {
    const what = `${where}: the fraction of part ${JSON.stringify(name)}`;
    if (typeof fraction !== "number") throw new TypeError(`${what} must be a number, got ${describe(fraction)}`);
    if (!(fraction > 0 && fraction <= 1)) {
      throw new RangeError(`${what} must be above 0 and at most 1, got ${fraction}`);
    }
  }
  const sum = fractions.reduce((total, { fraction }) => total + fraction, 0);
  if (sum > 1 + FRACTION_TOLERANCE) {
    const terms = fractions.map(({ name, fraction }) => `${name} ${fraction}`).join(" + ");
    throw new RangeError(`${where}: the fractions must sum to at most 1, got ${terms} = ${sum}`);
  }
  return fractions;
}

function readSeed({ seed = 0 }: SplitParts, where: string): number {
  if (typeof seed === "number" && seed > 0 && seed < 1) {
    throw new RangeError(`${where}: "seed" is reserved for the seed, an integer, and cannot name a part; got ${seed}`);
  }
  return checkSeed(seed, `${where}: seed`);
}
