import { lookUp } from "../lookup.js";
import { constant, ones, zeros } from "./constant.js";
import type { Initializer } from "./initializer.js";
import { glorotNormal, glorotUniform, heNormal, heUniform, lecunNormal, lecunUniform } from "./variance-scaling.js";

/** Every initializer by its name. */
export const initializers = {
  constant,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
  ones,
  zeros,
} as const;

export type InitializerName = keyof typeof initializers;

/** @throws RangeError for a name that is not in the table. */
export function getInitializer(initializer: InitializerName | (string & {}) | Initializer): Initializer {
  return typeof initializer === "string"
    ? lookUp<() => Initializer>(initializers, initializer, "initializer")()
    : initializer;
}

export type { Initializer } from "./initializer.js";
