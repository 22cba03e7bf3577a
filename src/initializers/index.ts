import { lookUp, resolve } from "../lookup.js";
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

/** @throws RangeError for a name that is not in the table; TypeError for what is no initializer. */
export function getInitializer(initializer: InitializerName | (string & {}) | Initializer): Initializer {
  return resolve<Initializer>(
    (name) => lookUp<() => Initializer>(initializers, name, "initializer")(),
    initializer,
    "fill",
    "initializer",
  );
}

export type { Initializer } from "./initializer.js";
