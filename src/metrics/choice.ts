import { describe } from "../arrays.js";

/** @throws RangeError unless value is one of the known texts, in upper or lower case. */
export function checkChoice(value: unknown, known: readonly string[], where: string): void {
  const isKnown = typeof value === "string" && known.some((one) => one.toLowerCase() === value.toLowerCase());
  if (!isKnown) throw new RangeError(`${where}: expected one of ${known.join(", ")}, got ${describe(value)}`);
}
