/** Letting the event loop have its turn, so that a page stays alive while a model trains. */

/** How long training may keep the thread to itself, in milliseconds. */
const BUDGET = 16;

/** A function that is cheap to call often, and returns a promise to wait for whenever the budget is used up. */
export function yieldOnBudget(): () => Promise<void> | undefined {
  let last = performance.now();
  return () => {
    if (performance.now() - last < BUDGET) return undefined;
    return nextTask().then(() => {
      last = performance.now();
    });
  };
}

/** Resolves in a task of its own, behind input, timers and painting that wait. */
function nextTask(): Promise<void> {
  if (typeof setImmediate === "function") return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
