import { findMember, lookUp, resolve } from "../lookup.js";
import { constant, ones, zeros } from "./constant.js";
import { identity } from "./identity.js";
import type { Initializer } from "./initializer.js";
import { orthogonal } from "./orthogonal.js";
import { randomNormal, randomUniform, truncatedNormal } from "./random.js";
import {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
  varianceScaling,
} from "./variance-scaling.js";

/** Every initializer by its name. */
export const initializers = {
  constant,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  identity,
  leCunNormal: lecunNormal,
  leCunUniform: lecunUniform,
  lecunNormal,
  lecunUniform,
  ones,
  orthogonal,
  randomNormal,
  randomUniform,
  truncatedNormal,
  varianceScaling,
  zeros,
} as const;

export type InitializerName = keyof typeof initializers;

/** Other names of Keras's. */
const aliases: Readonly<Record<string, InitializerName>> = {
  normal: "randomNormal",
  one: "ones",
  orthogonalInitializer: "orthogonal",
  uniform: "randomUniform",
  zero: "zeros",
};

/** @throws RangeError for a name that is not in the table; TypeError for what is no initializer. */
export function getInitializer(initializer: InitializerName | (string & {}) | Initializer): Initializer {
  return resolve<Initializer>(
    (name) => lookUp<() => Initializer>(initializers, findMember(aliases, name) ?? name, "initializer")(),
    initializer,
    "fill",
    "initializer",
  );
}

export type { Initializer } from "./initializer.js";
