import { lookUp } from "../lookup.js";
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

/** @throws RangeError for a name that is not in the table. */
export function getLoss(loss: LossName | (string & {}) | Loss): Loss {
  return typeof loss === "string" ? lookUp<Loss>(losses, loss, "loss") : loss;
}

export type { Loss } from "./loss.js";
