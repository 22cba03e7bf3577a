/** When training lets the event loop have its turn, so that a page stays alive while a model trains. */
import { nextTask, yieldOnBudget } from "./turns.js";

/**
 * When training lets others have their turn: 'auto', whenever it has had the thread to itself for 16 milliseconds; a number,
 * that many milliseconds; 'batch' or 'epoch', after each; 'never'.
 */
export type YieldEvery = "auto" | "batch" | "epoch" | "never" | number;

/** Functions that are cheap to call often, and return a promise to wait for when it is time for others. */
export interface Pauses {
  whileLoading(): Promise<void> | undefined;
  afterBatch(): Promise<void> | undefined;
  afterEpoch(): Promise<void> | undefined;
}

export function planPauses(yieldEvery: YieldEvery): Pauses {
  const none = () => undefined;
  if (yieldEvery === "never") return { whileLoading: none, afterBatch: none, afterEpoch: none };
  const whileLoading = yieldOnBudget();
  if (yieldEvery === "batch") return { whileLoading, afterBatch: nextTask, afterEpoch: none };
  if (yieldEvery === "epoch") return { whileLoading, afterBatch: none, afterEpoch: nextTask };
  return {
    whileLoading,
    afterBatch: yieldEvery === "auto" ? whileLoading : yieldOnBudget(yieldEvery),
    afterEpoch: none,
  };
}
