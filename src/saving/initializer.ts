import { type Initializer, initializers } from "../initializers/index.js";
import { toCamelCase } from "../lookup.js";
import { asObject, asText, blameFile, findMember, type JsonObject } from "./checks.js";

/**
 * From `"he_normal"` or `{ class_name, config }` to the initializer. Undefined for one that is not known here: as the
 * weights are in the file, the layer can do with its default.
 */
export function readInitializer(source: unknown, where: string): Initializer | undefined {
  if (typeof source === "string") return findMember<() => Initializer>(initializers, source)?.();
  const { class_name: name, config } = asObject(source, where);
  const className = asText(name, `${where}.class_name`);
  const settings = asObject(config ?? {}, `${where}.config`);
  if (className === "VarianceScaling") return findVarianceScaling(settings);
  const make = findMember<(options: never) => Initializer>(initializers, className);
  if (!make) return undefined;
  const options = Object.entries(settings)
    .filter(([key, value]) => value !== null && key !== "seed" && key !== "dtype")
    .map(([key, value]) => [toCamelCase(key), value]);
  return blameFile(where, () => make(Object.fromEntries(options) as never));
}

/** What TensorFlow.js calls glorotNormal, heUniform and so on is known by its settings in a saved model. */
function findVarianceScaling({ scale, mode, distribution }: JsonObject): Initializer | undefined {
  const form = distribution === "truncated_normal" ? "normal" : distribution;
  return Object.values(initializers)
    .map((make) => make())
    .find(({ config }) => config.scale === scale && config.mode === mode && config.distribution === form);
}
