/** Watching a figure: which way is up, and whether it has become better. */
import { describe } from "../arrays.js";
import { checkNumber } from "../checks.js";
import type { Logs, TrainingRun } from "./callback.js";

export interface MonitorOptions {
  /** The figure to watch. Default 'val_loss'. */
  readonly monitor?: string;
  /** Default 'auto': 'max' for figures that are named like one that should rise, 'min' for those like one that should fall. */
  readonly mode?: "auto" | "min" | "max";
}

export interface Monitor {
  /** No value is worse. */
  readonly worst: number;
  improves(value: number, on: number): boolean;
  /**
   * The figure's value; undefined after an epoch without validation.
   *
   * @throws RangeError when no logs of this run have it.
   */
  read(logs: Logs, run: TrainingRun): number | undefined;
}

/** Accuracies, areas, shares of what is right, scores and correlations. */
const UPWARD =
  /acc|auc|precision|recall|specificity|sensitivity|f1|f_?beta|r2|iou|true_?(pos|neg)|corr|kappa|similarity/i;
/** Losses and errors. */
const DOWNWARD = /loss|error|entropy|hinge|divergence|poisson|cosh|huber|false_?(pos|neg)|mse|msle|mae|mape|kld|bce/i;

/**
 * @param where The callback's name, for messages.
 * @throws TypeError, RangeError for options out of range, or a name that does not tell which way is up.
 */
export function createMonitor(
  where: string,
  { monitor = "val_loss", mode = "auto" }: MonitorOptions,
  minDelta = 0,
): Monitor {
  if (typeof monitor !== "string") {
    throw new TypeError(`${where}: monitor: expected the name of a figure, got ${describe(monitor)}`);
  }
  if (!["auto", "min", "max"].includes(mode)) {
    throw new RangeError(`${where}: mode: expected 'auto', 'min' or 'max', got ${describe(mode)}`);
  }
  checkNumber(minDelta, `${where}: minDelta`, "a number of at least 0", (value) => value >= 0);
  const upward = mode === "max" || (mode === "auto" && UPWARD.test(monitor));
  if (mode === "auto" && !upward && !DOWNWARD.test(monitor)) {
    throw new RangeError(
      `${where}: mode: expected 'min' or 'max', as the name '${monitor}' does not tell whether it should rise, got 'auto'`,
    );
  }
  return {
    worst: upward ? -Infinity : Infinity,
    improves: (value, on) => (upward ? value - minDelta > on : value + minDelta < on),
    read(logs, { figures }) {
      const value = logs[monitor];
      if (value !== undefined || figures.includes(monitor)) return value;
      throw new RangeError(`${where}: expected '${monitor}' among the logs, got ${Object.keys(logs).join(", ")}`);
    },
  };
}
