import { checkBoolean, checkOptions } from "../checks.js";
import type { Callback } from "./callback.js";
import { withRecipe } from "./recipe.js";

export interface TerminateOnNaNOptions {
  /** Whether `fit` rejects all the same. Default false. */
  readonly raiseError?: boolean;
}

/**
 * Ends training in peace when a loss or a weight is NaN or infinite (Keras: TerminateOnNaN): `fit` resolves. Without it,
 * `fit` rejects. Either way the weights are those of the last epoch in which all was finite. The history has the loss that
 * ended it; the validation data is not measured then.
 *
 * @throws TypeError for options that are unknown or of another kind.
 */
export function terminateOnNaN(options: TerminateOnNaNOptions = {}): Callback {
  checkOptions(options, ["raiseError"], "terminateOnNaN");
  const { raiseError = false } = options;
  checkBoolean(raiseError, "terminateOnNaN: raiseError");
  return withRecipe("terminateOnNaN", options, { onDivergence: () => !raiseError });
}
