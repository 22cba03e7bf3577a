import { type NDArray, ndarray } from "../arrays.js";
import { checkInteger, checkNumber, checkOptions } from "../checks.js";
import type { Callback } from "./callback.js";
import { createMonitor, type MonitorOptions } from "./monitor.js";
import { withRecipe } from "./recipe.js";
import { announce, type VerboseOptions } from "./verbose.js";

export interface EarlyStoppingOptions extends MonitorOptions, VerboseOptions {
  /** What counts as an improvement, at least 0. Default 0. */
  readonly minDelta?: number;
  /** How many epochs without improvement to wait for one. Default 0. */
  readonly patience?: number;
  /** The first value to beat. */
  readonly baseline?: number;
  /** At the end, however it comes, put back the weights of the best epoch. Default false. */
  readonly restoreBestWeights?: boolean;
  /** Epochs before this one do not count. Default 0. */
  readonly startFromEpoch?: number;
}

/**
 * Stops training when a figure has stopped improving (Keras: EarlyStopping). Epochs without validation count for nothing.
 *
 * @throws TypeError, RangeError for options out of range; during training, when the figure is not among the logs.
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): Callback {
  const known = ["monitor", "minDelta", "patience", "mode", "baseline", "restoreBestWeights", "startFromEpoch"];
  checkOptions(options, [...known, "verbose"], "earlyStopping");
  const { patience = 0, baseline, restoreBestWeights = false, startFromEpoch = 0 } = options;
  const monitor = createMonitor("earlyStopping", options, options.minDelta);
  const say = announce("earlyStopping", options);
  checkInteger(patience, "earlyStopping: patience", 0);
  checkInteger(startFromEpoch, "earlyStopping: startFromEpoch", 0);
  if (baseline !== undefined) checkNumber(baseline, "earlyStopping: baseline");

  return withRecipe("earlyStopping", options, (run) => {
    const { model } = run;
    let best = monitor.worst;
    let bestEpoch = 0;
    let bestWeights: NDArray<Float32Array>[] | undefined;
    let stoppedEpoch = -1;
    let wait = 0;
    return {
      name: "earlyStopping",
      onEpochEnd(epoch, logs) {
        const value = monitor.read(logs, run);
        if (value === undefined || epoch < startFromEpoch) return;
        const remember = () => {
          if (!restoreBestWeights) return;
          bestEpoch = epoch;
          bestWeights = model.getWeights();
        };
        if (bestWeights === undefined) remember();
        wait++;
        if (monitor.improves(value, best)) {
          best = value;
          remember();
          if (baseline === undefined || monitor.improves(value, baseline)) wait = 0;
          return;
        }
        if (wait >= patience && epoch > 0) {
          stoppedEpoch = epoch;
          model.stopTraining = true;
        }
      },
      onTrainEnd() {
        if (stoppedEpoch >= 0) say(`Epoch ${stoppedEpoch + 1}: early stopping`);
        if (bestWeights === undefined) return;
        say(`Restoring model weights from the end of the best epoch: ${bestEpoch + 1}.`);
        model.setWeights(bestWeights);
      },
      state: () => ({
        best,
        bestEpoch,
        stoppedEpoch,
        wait,
        bestWeights: bestWeights?.map(({ data, shape }) => ({ data, shape })) ?? null,
      }),
      restore(state) {
        const kept = state as {
          readonly best: number;
          readonly bestEpoch: number;
          readonly stoppedEpoch: number;
          readonly wait: number;
          readonly bestWeights: readonly { readonly data: Float32Array; readonly shape: readonly number[] }[] | null;
        };
        ({ best, bestEpoch, stoppedEpoch, wait } = kept);
        bestWeights = kept.bestWeights?.map(({ data, shape }) => ndarray(data, shape));
      },
    };
  });
}
