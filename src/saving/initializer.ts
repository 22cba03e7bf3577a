import { type Initializer, initializers } from "../initializers/index.js";
import { toCamelCase } from "../lookup.js";
import { asObject, asText, blameFile, findMember } from "./checks.js";

/**
 * From `"he_normal"` or `{ class_name, config }` to the initializer. Undefined for one that is not known here: as the
 * weights are in the file, the layer can do with its default.
 */
export function readInitializer(source: unknown, where: string): Initializer | undefined {
  if (typeof source === "string") return findMember<() => Initializer>(initializers, source)?.();
  const { class_name: name, config } = asObject(source, where);
  const className = asText(name, `${where}.class_name`);
  const settings = asObject(config ?? {}, `${where}.config`);
  const make = findMember<(options: never) => Initializer>(initializers, className);
  if (!make) return undefined;
  const options = Object.entries(settings)
    .filter(([key, value]) => value !== null && key !== "dtype" && (key !== "seed" || isSeed(value)))
    .map(([key, value]) => [toCamelCase(key), value]);
  return blameFile(where, () => make(Object.fromEntries(options) as never));
}

/** Elsewhere a seed may be a fraction, a negative number or a generator. As the weights are there, it is passed over. */
function isSeed(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
