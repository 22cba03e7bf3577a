/** Letting the event loop have its turn, so that a page stays alive while a model trains. */

/**
 * When training lets others have their turn: 'auto', whenever it has had the thread to itself for 16 milliseconds; a number,
 * that many milliseconds; 'batch' or 'epoch', after each; 'never'.
 */
export type YieldEvery = "auto" | "batch" | "epoch" | "never" | number;

/** How long training may keep the thread to itself, in milliseconds. */
const BUDGET = 16;

/** Functions that are cheap to call often, and return a promise to wait for when it is time for others. */
export interface Pauses {
  afterBatch(): Promise<void> | undefined;
  afterEpoch(): Promise<void> | undefined;
}

export function planPauses(yieldEvery: YieldEvery): Pauses {
  const none = () => undefined;
  if (yieldEvery === "never") return { afterBatch: none, afterEpoch: none };
  if (yieldEvery === "batch") return { afterBatch: nextTask, afterEpoch: none };
  if (yieldEvery === "epoch") return { afterBatch: none, afterEpoch: nextTask };
  return { afterBatch: yieldOnBudget(yieldEvery === "auto" ? BUDGET : yieldEvery), afterEpoch: none };
}

/** A function that returns a promise to wait for whenever the budget, in milliseconds, is used up. */
export function yieldOnBudget(budget = BUDGET): () => Promise<void> | undefined {
  let last = performance.now();
  return () => {
    if (performance.now() - last < budget) return undefined;
    return nextTask().then(() => {
      last = performance.now();
    });
  };
}

/** Resolves in a task of its own, behind input, timers and painting that wait. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") setImmediate(resolve);
    else if (typeof MessageChannel === "function") sendMessage(resolve);
    // In pages this waits 4 ms; but not all of workerd's versions have another way
    else setTimeout(resolve, 0);
  });
}

function sendMessage(onArrival: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    onArrival();
  };
  port2.postMessage(null);
}
