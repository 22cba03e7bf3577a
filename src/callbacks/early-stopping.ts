import type { NDArray } from "../arrays.js";
import { describe } from "../arrays.js";
import { checkInteger, checkNumber, checkOptions } from "../checks.js";
import type { Callback } from "./callback.js";

export interface EarlyStoppingOptions {
  /** The figure to watch. Default 'val_loss'. */
  readonly monitor?: string;
  /** What counts as an improvement, at least 0. Default 0. */
  readonly minDelta?: number;
  /** How many epochs without improvement to wait for one. Default 0. */
  readonly patience?: number;
  /** Default 'auto': 'max' for figures named after accuracy, 'min' for all others. */
  readonly mode?: "auto" | "min" | "max";
  /** The first value to beat. */
  readonly baseline?: number;
  /** At the end, however it comes, put back the weights of the best epoch. Default false. */
  readonly restoreBestWeights?: boolean;
  /** Epochs before this one do not count. Default 0. */
  readonly startFromEpoch?: number;
}

/**
 * Stops training when a figure has stopped improving (Keras: EarlyStopping).
 *
 * @throws TypeError, RangeError for options out of range; during training, when the figure is not among the logs.
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): Callback {
  const known = ["monitor", "minDelta", "patience", "mode", "baseline", "restoreBestWeights", "startFromEpoch"];
  checkOptions(options, known, "earlyStopping");
  const { monitor = "val_loss", minDelta = 0, patience = 0, mode = "auto", baseline } = options;
  const { restoreBestWeights = false, startFromEpoch = 0 } = options;
  checkNumber(minDelta, "earlyStopping: minDelta", "a number of at least 0", (value) => value >= 0);
  checkInteger(patience, "earlyStopping: patience", 0);
  checkInteger(startFromEpoch, "earlyStopping: startFromEpoch", 0);
  if (baseline !== undefined) checkNumber(baseline, "earlyStopping: baseline");
  if (!["auto", "min", "max"].includes(mode)) {
    throw new RangeError(`earlyStopping: mode: expected 'auto', 'min' or 'max', got ${describe(mode)}`);
  }
  const upward = mode === "max" || (mode === "auto" && /acc/i.test(monitor));
  const improves = (value: number, on: number): boolean => (upward ? value - minDelta > on : value + minDelta < on);

  return ({ model }) => {
    let best = upward ? -Infinity : Infinity;
    let bestWeights: NDArray<Float32Array>[] | undefined;
    let wait = 0;
    return {
      onEpochEnd(epoch, logs) {
        const value = logs[monitor];
        if (value === undefined) {
          throw new RangeError(
            `earlyStopping: expected '${monitor}' among the logs, got ${Object.keys(logs).join(", ")}`,
          );
        }
        if (epoch < startFromEpoch) return;
        if (restoreBestWeights && bestWeights === undefined) bestWeights = model.getWeights();
        wait++;
        if (improves(value, best)) {
          best = value;
          if (restoreBestWeights) bestWeights = model.getWeights();
          if (baseline === undefined || improves(value, baseline)) wait = 0;
          return;
        }
        if (wait >= patience && epoch > 0) model.stopTraining = true;
      },
      onTrainEnd() {
        if (bestWeights !== undefined) model.setWeights(bestWeights);
      },
    };
  };
}
