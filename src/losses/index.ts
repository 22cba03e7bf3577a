import { lookUp, resolve } from "../lookup.js";
import { binaryCrossentropy } from "./binary-crossentropy.js";
import { categoricalCrossentropy, sparseCategoricalCrossentropy } from "./categorical-crossentropy.js";
import type { Loss } from "./loss.js";
import { meanSquaredError } from "./mean-squared-error.js";

/** Every loss by its name. */
export const losses = {
  binaryCrossentropy,
  categoricalCrossentropy,
  meanSquaredError,
  mse: meanSquaredError,
  sparseCategoricalCrossentropy,
} as const;

export type LossName = keyof typeof losses;

/** @throws RangeError for a name that is not in the table; TypeError for what is no loss. */
export function getLoss(loss: LossName | (string & {}) | Loss): Loss {
  return resolve<Loss>((name) => lookUp<Loss>(losses, name, "loss"), loss, "forward", "loss");
}

export type { Loss } from "./loss.js";
