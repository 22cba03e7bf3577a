import { describe } from "../arrays.js";
import { lookUp } from "../lookup.js";
import { binaryCrossentropy } from "./binary-crossentropy.js";
import { binaryFocalCrossentropy } from "./binary-focal-crossentropy.js";
import { categoricalCrossentropy, sparseCategoricalCrossentropy } from "./categorical-crossentropy.js";
import { categoricalFocalCrossentropy } from "./categorical-focal-crossentropy.js";
import { categoricalGeneralizedCrossEntropy } from "./categorical-generalized-cross-entropy.js";
import { categoricalHinge } from "./categorical-hinge.js";
import { circle } from "./circle.js";
import { cosineSimilarity } from "./cosine-similarity.js";
import { crossentropy } from "./crossentropy.js";
import { type CustomLoss, customLoss } from "./custom.js";
import { hinge, squaredHinge } from "./hinge.js";
import { huber } from "./huber.js";
import { kullbackLeiblerDivergence } from "./kullback-leibler-divergence.js";
import { logCosh } from "./log-cosh.js";
import type { CallableLoss, Loss, LossFunction, LossOptions } from "./loss.js";
import { meanAbsoluteError } from "./mean-absolute-error.js";
import { meanAbsolutePercentageError } from "./mean-absolute-percentage-error.js";
import { meanSquaredError } from "./mean-squared-error.js";
import { meanSquaredLogarithmicError } from "./mean-squared-logarithmic-error.js";
import { dice, tversky } from "./overlap.js";
import { poisson } from "./poisson.js";

/** Every loss by its name; the short ones stand behind. */
export const losses = {
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  categoricalGeneralizedCrossEntropy,
  categoricalHinge,
  circle,
  cosineSimilarity,
  dice,
  hinge,
  huber,
  kullbackLeiblerDivergence,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
  sparseCategoricalCrossentropy,
  squaredHinge,
  tversky,

  bce: binaryCrossentropy,
  cosineProximity: cosineSimilarity,
  klDivergence: kullbackLeiblerDivergence,
  kld: kullbackLeiblerDivergence,
  logcosh: logCosh,
  mae: meanAbsoluteError,
  mape: meanAbsolutePercentageError,
  mse: meanSquaredError,
  msle: meanSquaredLogarithmicError,
} as const;

export type LossName = keyof typeof losses | "crossentropy" | "ce";

/** What `compile` takes: a name, a configured loss, a member of `losses` for its defaults, or a loss of the user's own. */
export type LossInput = LossName | (string & {}) | Loss | LossFunction<LossOptions> | CustomLoss;

/** @throws RangeError for a name that is not in the table; TypeError for what is no loss. */
export function getLoss(given: LossInput): Loss {
  if (given === "crossentropy" || given === "ce") return crossentropy();
  if (typeof given === "string") return lookUp<() => Loss>(losses, given, "loss")();
  if (given !== null && (typeof given === "object" || typeof given === "function")) {
    if ("forward" in given) return given;
    if ("className" in given) return (given as () => CallableLoss<number>)();
    if ("value" in given && typeof given.value === "function" && typeof given.gradient === "function") {
      return customLoss(given);
    }
  }
  throw new TypeError(`loss: expected a name, a loss or an object with value and gradient, got ${describe(given)}`);
}

/**
 * The same for a model's loss: of batches of vectors, reduced to one number.
 *
 * @throws RangeError for no reduction, or another axis than the last.
 */
export function getModelLoss(given: LossInput): Loss {
  const loss = getLoss(given);
  const { name, reduction, axis = -1 } = loss;
  if (reduction === "none") {
    throw new RangeError(`${name}: reduction: expected one that gives a model one number for a batch, got 'none'`);
  }
  const last = [axis].flat();
  if (axis !== null && !(last.length === 1 && (last[0] === -1 || last[0] === 1))) {
    throw new RangeError(`${name}: axis: expected the last, -1, for the loss of a model, got ${last.join(", ")}`);
  }
  return loss;
}

export type { CustomLoss } from "./custom.js";
export type { Loss, LossFunction, LossOptions } from "./loss.js";
