/** Checks of what a saved model says. Each error names the place, what was expected and what came. */
import { describe } from "../arrays.js";
import { FormatError, LanewiseError } from "../errors.js";

export type JsonObject = Readonly<Record<string, unknown>>;

export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FormatError(`${where}: expected JSON: ${(error as Error).message}`, { cause: error });
  }
}

export function asObject(value: unknown, where: string): JsonObject {
  const tag = Object.prototype.toString.call(value);
  if (tag !== "[object Object]") throw new FormatError(`${where}: expected an object, got ${describe(value)}`);
  return value as JsonObject;
}

export function asList(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new FormatError(`${where}: expected an array, got ${describe(value)}`);
  // A copy, which has no holes
  return [...value];
}

export function asText(value: unknown, where: string): string {
  if (typeof value !== "string") throw new FormatError(`${where}: expected a text, got ${describe(value)}`);
  return value;
}

export function asNumber(value: unknown, where: string): number {
  if (!Number.isFinite(value)) throw new FormatError(`${where}: expected a finite number, got ${describe(value)}`);
  return value as number;
}

/** An array of integers of at least `least`. */
export function asShape(value: unknown, where: string, least: number): number[] {
  return asList(value, where).map((dimension) => {
    if (Number.isSafeInteger(dimension) && (dimension as number) >= least) return dimension as number;
    throw new FormatError(`${where}: expected integers of at least ${least}, got ${describe(dimension)}`);
  });
}

/** Whatever `make` finds wrong with the settings it is given is a fault of the file. */
export function blameFile<T>(where: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    const known = error instanceof TypeError || error instanceof RangeError || error instanceof LanewiseError;
    if (!known || error instanceof FormatError) throw error;
    throw new FormatError(`${where}: ${error.message}`, { cause: error });
  }
}
