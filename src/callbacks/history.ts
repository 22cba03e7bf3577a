import type { CallbackHooks } from "./callback.js";

/** The figures of each epoch. */
export interface HistoryCallback extends CallbackHooks {
  /** The epochs that were run, from 0. */
  readonly epoch: number[];
  /** Per figure, its value in each of them. A figure that is not there in every epoch has fewer values. */
  readonly history: Record<string, number[]>;
}

/** Writes down the figures of each epoch of a `fit`, which returns the same (Keras: History). */
export function history(): HistoryCallback {
  const epoch: number[] = [];
  const figures: Record<string, number[]> = {};
  return {
    epoch,
    history: figures,
    onTrainBegin() {
      epoch.length = 0;
      for (const name of Object.keys(figures)) delete figures[name];
    },
    onEpochEnd(number, logs) {
      epoch.push(number);
      for (const [name, value] of Object.entries(logs)) {
        figures[name] ??= [];
        figures[name].push(value);
      }
    },
  };
}
