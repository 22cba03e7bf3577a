import { checkBoolean, checkOptions } from "../checks.js";
import type { Callback } from "./callback.js";
import { withRecipe } from "./recipe.js";

export interface SwapEMAWeightsOptions {
  /** Whether callbacks behind this one find the averages in the model at the end of an epoch, too. Default false. */
  readonly swapOnEpoch?: boolean;
}

/**
 * Measures validation data with the averages that an optimizer with `useEma` keeps of the weights, in their place (Keras:
 * SwapEMAWeights). With `swapOnEpoch`, a `modelCheckpoint` behind this callback saves the averages.
 *
 * @throws TypeError for options that are unknown or of another kind; during training StateError when the optimizer keeps no
 *   averages.
 */
export function swapEMAWeights(options: SwapEMAWeightsOptions = {}): Callback {
  checkOptions(options, ["swapOnEpoch"], "swapEMAWeights");
  const { swapOnEpoch = false } = options;
  checkBoolean(swapOnEpoch, "swapEMAWeights: swapOnEpoch");
  return withRecipe("swapEMAWeights", options, (run) => {
    let swapped = false;
    const swap = (wanted: boolean): void => {
      if (swapped !== wanted) run.swapAverages();
      swapped = wanted;
    };
    return {
      name: "swapEMAWeights",
      // That of an interrupted run, whose averages may have been in the model
      onTrainBegin: () => swap(false),
      onTestBegin: () => swap(true),
      onTestEnd: () => swap(false),
      onEpochEnd: () => swap(swapOnEpoch),
      afterEpoch: () => swap(false),
      state: () => swapped,
      restore(state) {
        swapped = state === true;
      },
    };
  });
}
