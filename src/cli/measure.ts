/** The values of an array in a few figures. */
import type { NDArray } from "../arrays.js";

export interface Measures {
  /** Of the finite values; Infinity where there is none. */
  readonly least: number;
  /** Of the finite values; -Infinity where there is none. */
  readonly largest: number;
  /** Of the finite values; NaN where there is none. */
  readonly mean: number;
  readonly nan: number;
  readonly infinite: number;
}

export function measure({ data }: NDArray): Measures {
  let least = Infinity;
  let largest = -Infinity;
  let sum = 0;
  let nan = 0;
  let infinite = 0;
  for (let i = 0; i < data.length; i++) {
    const value = data[i] as number;
    if (!Number.isFinite(value)) {
      if (Number.isNaN(value)) nan++;
      else infinite++;
      continue;
    }
    if (value < least) least = value;
    if (value > largest) largest = value;
    sum += value;
  }
  return { least, largest, mean: sum / (data.length - nan - infinite), nan, infinite };
}
