/** Finding a member of a table by its name, with help when there is none. */

/**
 * The table's member of that name. Names of Keras (`glorot_uniform`) and of TensorFlow.js (`glorotUniform`) both work.
 *
 * @throws RangeError that names the nearest known name.
 */
export function lookUp<T>(table: Readonly<Record<string, T>>, name: string, kind: string): T {
  const camel = toCamelCase(name);
  if (Object.hasOwn(table, camel)) return table[camel] as T;
  const known = Object.keys(table);
  const nearest = known.reduce((best, one) => (distance(one, camel) < distance(best, camel) ? one : best));
  const hint = distance(nearest, camel) <= Math.max(2, nearest.length / 3) ? ` Did you mean '${nearest}'?` : "";
  throw new RangeError(`unknown ${kind} '${name}'.${hint} Known are: ${known.join(", ")}`);
}

/** `glorot_uniform` as `glorotUniform`. */
export function toCamelCase(name: string): string {
  return name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `glorotUniform` as `glorot_uniform`. */
export function toSnakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
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
