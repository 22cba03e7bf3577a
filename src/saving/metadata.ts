/** What the user keeps with a model, and no layer needs: the names of the classes, where the data came from. */
import { describe } from "../arrays.js";

/** An object of what JSON can hold. */
export type UserDefinedMetadata = Readonly<Record<string, unknown>>;

/** Where the library keeps what TensorFlow.js has no place for. */
export const OWN_KEY = "lanewise";

/** A copy. @throws TypeError unless it is an object that JSON can hold; RangeError for the library's own key. */
export function checkMetadata(metadata: unknown, where: string): UserDefinedMetadata {
  if (!isPlainObject(metadata)) throw new TypeError(`${where}: expected an object, got ${describe(metadata)}`);
  if (Object.hasOwn(metadata, OWN_KEY)) throw new RangeError(`${where}: the key '${OWN_KEY}' is taken`);
  checkJson(metadata, where, []);
  return structuredClone(metadata);
}

/** @param above What it stands in, so that a circle is seen. */
function checkJson(value: unknown, where: string, above: readonly object[]): void {
  if (value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value)) return;
  if (!Array.isArray(value) && !isPlainObject(value)) {
    throw new TypeError(`${where}: expected what JSON can hold, got ${describe(value)}`);
  }
  if (above.includes(value)) throw new TypeError(`${where}: expected what JSON can hold, got an object within itself`);
  for (const [key, part] of Object.entries(value)) checkJson(part, `${where}.${key}`, [...above, value]);
}

export function isPlainObject(value: unknown): value is UserDefinedMetadata {
  // The tag and not the prototype, which differs for objects of another realm
  return Object.prototype.toString.call(value) === "[object Object]";
}
