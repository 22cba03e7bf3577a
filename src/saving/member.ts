import { toCamelCase } from "../lookup.js";
import { type Family, findRegistered, kindOf } from "../registry.js";
import { asObject, asText, blameFile } from "./checks.js";

/**
 * The member of a family for `"he_normal"` or `{ class_name, config }`. Undefined for one that is not known. Keras may have the
 * kind behind the name: `OrthogonalRegularizer`.
 */
export function readMember<T>(source: unknown, where: string, family: Family): T | undefined {
  const { class_name: className, config } =
    typeof source === "string" ? { class_name: source, config: {} } : asObject(source, where);
  const name = asText(className, `${where}.class_name`);
  const find = (key: string) => findRegistered<(options: never) => T>(family, key);
  const make = find(name) ?? find(name.replace(new RegExp(`_?${kindOf(family)}$`, "i"), ""));
  if (!make) return undefined;
  const options = Object.entries(asObject(config ?? {}, `${where}.config`))
    .filter(([key, value]) => value !== null && key !== "dtype" && (key !== "seed" || isSeed(value)))
    .map(([key, value]) => [toCamelCase(key), value]);
  return blameFile(where, () => make(Object.fromEntries(options) as never));
}

/** Elsewhere a seed may be a fraction, a negative number or a generator. As the weights are there, it is passed over. */
function isSeed(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
