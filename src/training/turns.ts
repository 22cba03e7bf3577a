/** The way to let the event loop have its turn. */

/** How long training may keep the thread to itself, in milliseconds. */
const BUDGET = 16;

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
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") setImmediate(resolve);
    else if (typeof MessageChannel === "function") {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    }
    // In pages this waits 4 ms; but not all of workerd's versions have another way
    else setTimeout(resolve, 0);
  });
}
