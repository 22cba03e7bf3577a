import { checkInteger, checkNumber, checkOptions } from "../checks.js";
import type { Callback } from "./callback.js";
import { createMonitor, type MonitorOptions } from "./monitor.js";
import { withRecipe } from "./recipe.js";
import { announce, type VerboseOptions } from "./verbose.js";

export interface ReduceLROnPlateauOptions extends MonitorOptions, VerboseOptions {
  /** The new learning rate is the old one times this, in (0, 1). Default 0.1. */
  readonly factor?: number;
  /** How many epochs without improvement to wait for one. Default 10. */
  readonly patience?: number;
  /** What counts as an improvement, at least 0. Default 1e-4. */
  readonly minDelta?: number;
  /** After a reduction, epochs that do not count. Default 0. */
  readonly cooldown?: number;
  /** The learning rate goes no lower. Default 0. */
  readonly minLr?: number;
}

/**
 * Lowers the learning rate when a figure has stopped improving (Keras: ReduceLROnPlateau), and adds the `learning_rate` that
 * an epoch had to its logs. Epochs without validation count for nothing.
 *
 * @throws TypeError, RangeError for options out of range; during training, when the figure is not among the logs.
 */
export function reduceLROnPlateau(options: ReduceLROnPlateauOptions = {}): Callback {
  const known = ["monitor", "factor", "patience", "mode", "minDelta", "cooldown", "minLr", "verbose"];
  checkOptions(options, known, "reduceLROnPlateau");
  const { factor = 0.1, patience = 10, minDelta = 1e-4, cooldown = 0, minLr = 0 } = options;
  const monitor = createMonitor("reduceLROnPlateau", options, minDelta);
  const say = announce("reduceLROnPlateau", options);
  checkNumber(factor, "reduceLROnPlateau: factor", "a number in (0, 1)", (value) => value > 0 && value < 1);
  checkInteger(patience, "reduceLROnPlateau: patience", 0);
  checkInteger(cooldown, "reduceLROnPlateau: cooldown", 0);
  checkNumber(minLr, "reduceLROnPlateau: minLr", "a number of at least 0", (value) => value >= 0);

  return withRecipe("reduceLROnPlateau", options, (run) => {
    const { model } = run;
    let best = monitor.worst;
    let wait = 0;
    let cooling = 0;
    return {
      name: "reduceLROnPlateau",
      onEpochEnd(epoch, logs) {
        logs.learning_rate = model.learningRate;
        const value = monitor.read(logs, run);
        if (value === undefined) return;
        if (cooling > 0) {
          cooling--;
          wait = 0;
        }
        if (monitor.improves(value, best)) {
          best = value;
          wait = 0;
        } else if (cooling === 0 && ++wait >= patience && model.learningRate > minLr) {
          model.learningRate = Math.max(model.learningRate * factor, minLr);
          say(`Epoch ${epoch + 1}: ReduceLROnPlateau reducing learning rate to ${model.learningRate}.`);
          cooling = cooldown;
          wait = 0;
        }
      },
      state: () => ({ best, wait, cooling }),
      restore(state) {
        ({ best, wait, cooling } = state as { readonly best: number; readonly wait: number; readonly cooling: number });
      },
    };
  });
}
