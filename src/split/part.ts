/** What goes into a split, several arrays with a row per sample, and what comes out of it. */
import { type ArrayInput, describe, type NDArray, toNDArray } from "../arrays.js";
import { ShapeError } from "../errors.js";
import { type Rows, take } from "./take.js";

/** Arrays whose first axes count the same samples. The key `indices` is taken. */
export type Data = Readonly<Record<string, ArrayInput>>;

/** Some of the samples: the rows of every array, and the samples' row numbers in the whole, ascending. */
export type Part<D extends Data> = { readonly [K in keyof D]: Rows<D[K]> } & { readonly indices: Uint32Array };

/** Data that has been checked. */
export interface Table {
  readonly arrays: Readonly<Record<string, NDArray>>;
  readonly length: number;
}

/** @throws TypeError, ShapeError or RangeError, each naming `where`, when the data is no table of samples. */
export function readTable(data: Data, where: string): Table {
  if (typeof data !== "object" || data === null || Object.keys(data).length === 0) {
    throw new TypeError(`${where}: expected an object of arrays such as { x, y }, got ${describe(data)}`);
  }
  if ("indices" in data) throw new RangeError(`${where}: "indices" is reserved and cannot name an array`);
  const arrays: Record<string, NDArray> = {};
  let first: { key: string; length: number } | undefined;
  for (const [key, input] of Object.entries(data)) {
    const array = toNDArray(input, `${where}: ${key}`);
    const [length] = array.shape;
    if (length === undefined) throw new ShapeError(`${where}: ${key}: expected at least one axis, got shape []`);
    first ??= { key, length };
    if (length !== first.length) {
      throw new ShapeError(
        `${where}: expected equal lengths, got ${first.length} of ${first.key} and ${length} of ${key}`,
      );
    }
    arrays[key] = array;
  }
  if (!first?.length) throw new RangeError(`${where}: expected at least one sample, got none`);
  return { arrays, length: first.length };
}

/** Copies the rows of a part. D is the data that the table was read from. */
export function cut<D extends Data>({ arrays }: Table, indices: Uint32Array): Part<D> {
  const rows = Object.entries(arrays).map(([key, array]) => [key, take(array, indices)] as const);
  return { ...Object.fromEntries(rows), indices } as Part<D>;
}
