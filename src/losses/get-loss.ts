import { describe } from "../arrays.js";
import { lookUpRegistered } from "../registry.js";
import { type CustomLoss, customLoss } from "./custom.js";
import type * as members from "./index.js";
import type { CallableLoss, Loss, LossFunction, LossOptions } from "./loss.js";

export type LossName = keyof typeof members | "crossentropy" | "ce";

/** What `compile` takes: a name, a configured loss, a member of `losses` for its defaults, or a loss of the user's own. */
export type LossInput = LossName | (string & {}) | Loss | LossFunction<LossOptions> | CustomLoss;

/** @throws RangeError for a name that is not known; TypeError for what is no loss. */
export function getLoss(given: LossInput): Loss {
  if (typeof given === "string") return getLoss(lookUpRegistered<() => LossInput>("losses", given)());
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
