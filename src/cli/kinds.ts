/** The kinds of values that flags take. */
import { lookUp } from "../lookup.js";

export interface Kind<T> {
  /** What a good value is, to follow the word "expected". */
  readonly expected: string;
  /** The value, or undefined when the text is none. @throws RangeError with a better sentence than "expected …". */
  read(text: string): T | undefined;
}

export const path: Kind<string> = {
  expected: "a path",
  read: (text) => (text === "" ? undefined : text),
};

/** A file of one of some kinds, told by the end of its name; or `-`. */
export function fileOr(dash: string, ...endings: readonly string[]): Kind<string> {
  return {
    expected: `a path that ends in ${endings.join(" or ")}, or - for ${dash}`,
    read: (text) => (text === "-" || endings.some((ending) => text.toLowerCase().endsWith(ending)) ? text : undefined),
  };
}

/** An integer from `least` to 2^53 - 1. */
export function integer(least: number): Kind<number> {
  return {
    expected: `an integer of at least ${least}`,
    read: (text) => toInteger(text, least),
  };
}

/** A number of which `holds` is true; `range` says so in words. */
export function number(range: string, holds: (value: number) => boolean): Kind<number> {
  return {
    expected: range,
    read(text) {
      const value = toNumber(text);
      return Number.isFinite(value) && holds(value) ? value : undefined;
    },
  };
}

/** One of some names; those of Keras in snake_case work too. */
export function choice(what: string, names: readonly string[]): Kind<string> {
  const table = Object.fromEntries(names.map((name) => [name, name]));
  return {
    expected: `one of ${names.join(", ")}`,
    read: (text) => lookUp(table, text, what),
  };
}

/** Widths of layers: `256,128`; `none` or nothing for no layer. */
export const widths: Kind<readonly number[]> = {
  expected: "widths of at least 1 such as 256,128, or none",
  read(text) {
    if (text.trim() === "" || text === "none") return [];
    const values = text.split(",").map((part) => toInteger(part, 1));
    return values.some((value) => value === undefined) ? undefined : (values as number[]);
  },
};

/** Three percentages that make 100. */
export const percentages: Kind<readonly [number, number, number]> = {
  expected: "three percentages above 0 that make 100, for training, validation and test, such as 60,15,25",
  read(text) {
    const [train = 0, validation = 0, test = 0, ...rest] = text.split(",").map(toNumber);
    const sum = train + validation + test;
    const fits = train > 0 && validation > 0 && test > 0 && rest.length === 0 && Math.abs(sum - 100) < 1e-9;
    return fits ? [train, validation, test] : undefined;
  },
};

function toInteger(text: string, least: number): number | undefined {
  const value = /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) && value >= least ? value : undefined;
}

/** Decimal notation only: Number alone takes "" for 0, and hexadecimal numbers. */
function toNumber(text: string): number {
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN;
}
