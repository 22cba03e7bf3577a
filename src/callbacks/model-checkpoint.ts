import { describe } from "../arrays.js";
import { checkBoolean, checkInteger, checkNumber, checkOptions } from "../checks.js";
import type { Callback, Logs } from "./callback.js";
import { withLeading } from "./leading.js";
import { createMonitor, type MonitorOptions } from "./monitor.js";
import { withRecipe } from "./recipe.js";
import { fillTemplate } from "./template.js";
import { announce, type VerboseOptions } from "./verbose.js";

export interface ModelCheckpointOptions extends MonitorOptions, VerboseOptions {
  /**
   * Where to save: what `model.save` takes, with figures in braces, formatted as in Python: `run/{epoch:02d}-{val_loss:.2f}`.
   * There is `epoch`, from 1, every figure of the logs, and when batches are counted `batch`, from 1.
   */
  readonly filepath: string | URL;
  /** Save only when the figure is better than ever before. Default false. */
  readonly saveBestOnly?: boolean;
  /** Leave out the state of the optimizer. Default false. */
  readonly saveWeightsOnly?: boolean;
  /** After each epoch (the default), or after every so many batches, counted on from epoch to epoch. */
  readonly saveFreq?: "epoch" | number;
  /** The first value to beat. */
  readonly initialValueThreshold?: number;
}

const NAMES = ["filepath", "monitor", "mode", "saveBestOnly", "saveWeightsOnly", "saveFreq", "initialValueThreshold"];

/**
 * Saves the model, and with it the state of the optimizer, while it trains (Keras: ModelCheckpoint). With saveBestOnly,
 * epochs without validation are passed over.
 *
 * @throws TypeError, RangeError for options out of range; during training, RangeError when the figure is not among the logs,
 *   LanewiseError when the model cannot be saved.
 */
export function modelCheckpoint(
  filepath: ModelCheckpointOptions | ModelCheckpointOptions["filepath"],
  rest: Omit<ModelCheckpointOptions, "filepath"> = {},
): Callback {
  const options = withLeading<ModelCheckpointOptions, "filepath">("filepath", filepath, rest);
  checkOptions(options, [...NAMES, "verbose"], "modelCheckpoint");
  const { saveBestOnly = false, saveWeightsOnly = false, saveFreq = "epoch", initialValueThreshold } = options;
  const { monitor: monitored = "val_loss" } = options;
  const template = decodeBraces(options.filepath);
  const monitor = createMonitor("modelCheckpoint", options);
  const say = announce("modelCheckpoint", options);
  checkBoolean(saveBestOnly, "modelCheckpoint: saveBestOnly");
  checkBoolean(saveWeightsOnly, "modelCheckpoint: saveWeightsOnly");
  if (saveFreq !== "epoch") checkInteger(saveFreq, "modelCheckpoint: saveFreq: 'epoch' or a number of batches", 1);
  if (initialValueThreshold !== undefined) {
    checkNumber(initialValueThreshold, "modelCheckpoint: initialValueThreshold");
  }

  return withRecipe("modelCheckpoint", { ...options, filepath: template }, (run) => {
    let best = initialValueThreshold ?? null;
    let batches = 0;
    let currentEpoch = 0;
    const isWanted = (logs: Logs): boolean => {
      if (!saveBestOnly) return true;
      const value = monitor.read(logs, run);
      if (value === undefined) return false;
      const from = best === null ? "None" : best.toFixed(5);
      if (!monitor.improves(value, best ?? monitor.worst)) {
        say(`Epoch ${currentEpoch + 1}: ${monitored} did not improve from ${from}`);
        return false;
      }
      say(`Epoch ${currentEpoch + 1}: ${monitored} improved from ${from} to ${value.toFixed(5)}`);
      best = value;
      return true;
    };
    const save = async (logs: Logs): Promise<void> => {
      if (!isWanted(logs)) return;
      const path = fillTemplate(template, { ...logs, epoch: currentEpoch + 1 }, "modelCheckpoint");
      say(`Epoch ${currentEpoch + 1}: saving model to ${path}`);
      await run.model.save(path, { includeOptimizer: !saveWeightsOnly });
    };
    return {
      name: "modelCheckpoint",
      onEpochBegin(epoch) {
        currentEpoch = epoch;
      },
      onBatchEnd(batch, logs) {
        if (saveFreq === "epoch" || ++batches < saveFreq) return undefined;
        batches = 0;
        return save({ ...logs, batch: batch + 1 });
      },
      onEpochEnd: (_, logs) => (saveFreq === "epoch" ? save(logs) : undefined),
      state: () => ({ best, batches }),
      restore(state) {
        ({ best, batches } = state as { readonly best: number | null; readonly batches: number });
      },
    };
  });
}

/** A URL has its braces encoded. */
function decodeBraces(filepath: unknown): string {
  const path = typeof filepath === "string" || filepath instanceof URL ? `${filepath}` : "";
  if (path === "") {
    throw new TypeError(`modelCheckpoint: filepath: expected a directory or a URL, got ${describe(filepath)}`);
  }
  return filepath instanceof URL ? path.replaceAll("%7B", "{").replaceAll("%7D", "}") : path;
}
