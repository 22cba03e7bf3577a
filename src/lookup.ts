/** Finding a member of a table by its name, with help when there is none. */
import { describe } from "./arrays.js";

/**
 * The table's member of that name, in Keras's spelling (`glorot_uniform`, `GlorotUniform`) or TensorFlow.js's
 * (`glorotUniform`).
 *
 * @throws RangeError that names the nearest known name.
 */
export function lookUp<T>(table: Readonly<Record<string, T>>, name: string, kind: string): T {
  const member = findMember(table, name);
  if (member !== undefined) return member;
  const known = Object.keys(table);
  throw new RangeError(`${unknownName(kind, name, known)} Known are: ${known.join(", ")}`);
}

/** The table's member for a name in any spelling: `he_normal`, `heNormal` and `HeNormal` are one. */
export function findMember<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  if (Object.hasOwn(table, name)) return table[name];
  const wanted = plain(name);
  const key = Object.keys(table).find((candidate) => plain(candidate) === wanted);
  return key === undefined ? undefined : table[key];
}

function plain(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}

/**
 * The member itself, given by its name or as an object of the user's own.
 *
 * @param method What such an object is known by.
 * @throws RangeError for a name that is not known; TypeError for anything but a name or such an object.
 */
export function resolve<T extends object>(
  named: (name: string) => T,
  given: string | T,
  method: keyof T & string,
  kind: string,
): T {
  if (typeof given === "string") return named(given);
  if (typeof given === "object" && typeof given?.[method] === "function") return given;
  throw new TypeError(`${kind}: expected a name or an object with the method ${method}, got ${describe(given)}`);
}

/** A sentence on a name that is not known, with the nearest one that is, if it is near. */
export function unknownName(kind: string, name: string, known: readonly string[]): string {
  const [nearest] = known
    .map((one) => ({ one, steps: distance(one, toCamelCase(name)) }))
    .sort((a, b) => a.steps - b.steps);
  const hint = nearest && nearest.steps <= Math.max(2, nearest.one.length / 3) ? ` Did you mean '${nearest.one}'?` : "";
  return `unknown ${kind} '${name}'.${hint}`;
}

/** `glorot_uniform` as `glorotUniform`. */
export function toCamelCase(name: string): string {
  return name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `glorotUniform` as `glorot_uniform`, `topKAccuracy` as `top_k_accuracy`. */
export function toSnakeCase(name: string): string {
  return name
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

/** Levenshtein's distance, upper and lower case counting as equal. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1]?.toLowerCase() === b[j - 1]?.toLowerCase();
      next[j] = Math.min((row[j - 1] ?? 0) + (same ? 0 : 1), (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
