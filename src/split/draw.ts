/** Which samples go where. */
import { SPLIT_STREAM, shuffle } from "../random.js";
import { roundShares } from "./shares.js";

export interface NamedFraction {
  readonly name: string;
  readonly fraction: number;
}

/** Rows that are split together: those of one class, or all. */
export interface Group {
  /** For error messages. */
  readonly name: string;
  readonly rows: number[];
}

/** Fractions that miss 1 by no more than this are meant to use every sample. */
export const FRACTION_TOLERANCE = 1e-9;

/**
 * Draws the row numbers of every part, ascending. The rows of group number c are shuffled by the stream
 * SPLIT_STREAM + c, and the parts take them from the front in turn; what is left over belongs to no part.
 *
 * @param groups Their rows are reordered.
 * @param seed If undefined, nothing is shuffled.
 * @throws RangeError when a group has too few samples to be in every part.
 */
export function drawParts(
  groups: readonly Group[],
  parts: readonly NamedFraction[],
  seed: number | undefined,
  where: string,
): Uint32Array[] {
  const counts = groups.map(({ rows }) => rows.length);
  const fractions = parts.map(({ fraction }) => fraction);
  const rest = 1 - fractions.reduce((total, fraction) => total + fraction, 0);
  const table = roundShares(counts, rest > FRACTION_TOLERANCE ? [...fractions, rest] : fractions, parts.length);
  if (!table) {
    // Whatever stands in the way, the smallest class is the first to be missing in the smallest part.
    const group = groups.reduce((least, other) => (other.rows.length < least.rows.length ? other : least));
    const part = parts.reduce((least, other) => (other.fraction < least.fraction ? other : least));
    throw new RangeError(
      `${where}: ${group.name} has too few samples (${group.rows.length}) to give at least one to the part ` +
        `${JSON.stringify(part.name)} (${part.fraction})`,
    );
  }

  const drawn: number[][] = parts.map(() => []);
  groups.forEach(({ rows }, c) => {
    if (seed !== undefined) shuffle(rows, seed, SPLIT_STREAM + c);
    let next = 0;
    drawn.forEach((part, p) => {
      const count = table[c]?.[p] ?? 0;
      for (const row of rows.slice(next, next + count)) part.push(row);
      next += count;
    });
  });
  return drawn.map((rows) => Uint32Array.from(rows).sort());
}
