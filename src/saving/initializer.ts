import type { Initializer } from "../initializers/initializer.js";
import { readMember } from "./member.js";

/**
 * From `"he_normal"` or `{ class_name, config }` to the initializer. Undefined for one that is not known here: as the
 * weights are in the file, the layer can do with its default.
 */
export function readInitializer(source: unknown, where: string): Initializer | undefined {
  return readMember<Initializer>(source, where, "initializers");
}
