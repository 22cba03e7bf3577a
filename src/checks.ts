/** Checks of plain arguments, one sentence each: where, what was expected, what came. */
import { describe } from "./arrays.js";

/** @throws TypeError or RangeError unless value is an integer of at least `least`. */
export function checkInteger(value: unknown, where: string, least: number): asserts value is number {
  if (typeof value !== "number") throw new TypeError(`${where}: expected an integer, got ${describe(value)}`);
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${where}: expected an integer of at least ${least}, got ${value}`);
  }
}

/** @throws TypeError or RangeError unless value is finite, also as float32, and `holds` says it is in range, which `range` describes. */
export function checkNumber(
  value: unknown,
  where: string,
  range = "a finite number",
  holds: (value: number) => boolean = () => true,
): asserts value is number {
  if (typeof value !== "number") throw new TypeError(`${where}: expected ${range}, got ${describe(value)}`);
  if (!Number.isFinite(Math.fround(value)) || !holds(value))
    throw new RangeError(`${where}: expected ${range}, got ${value}`);
}

/** @throws TypeError unless value is true or false. */
export function checkBoolean(value: unknown, where: string): asserts value is boolean {
  if (typeof value !== "boolean") throw new TypeError(`${where}: expected true or false, got ${describe(value)}`);
}

/** @throws TypeError unless value is a text. */
export function checkText(value: unknown, where: string): asserts value is string {
  if (typeof value !== "string") throw new TypeError(`${where}: expected a text, got ${describe(value)}`);
}

/** @throws TypeError unless options is an object without a name that is not known, so that none misspelt passes in silence. */
export function checkOptions(options: object, known: readonly string[], where: string): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new TypeError(`${where}: expected an object of options, got ${describe(options)}`);
  }
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) throw new TypeError(`${where}: unknown option '${name}'; known: ${known.join(", ")}`);
  }
}
