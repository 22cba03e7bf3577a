/** Calling the hooks of a list of callbacks, each after the one before. */
import { describe } from "../arrays.js";
import type { Callback, CallbackHooks, TrainingRun } from "./callback.js";

/** The hooks of a callback in this run. @throws TypeError for a function that returns none, and for a hook that is no function. */
export function toHooks(callback: Callback, run: TrainingRun): CallbackHooks {
  const hooks = typeof callback === "function" ? callback(run) : callback;
  if (typeof hooks !== "object" || hooks === null) {
    throw new TypeError(`fit: callbacks: expected a function that returns hooks, got ${describe(hooks)}`);
  }
  for (const [name, hook] of Object.entries(hooks)) {
    if (/^on[A-Z]/.test(name) && hook != null && typeof hook !== "function") {
      throw new TypeError(`fit: callbacks: ${name}: expected a function, got ${describe(hook)}`);
    }
  }
  return hooks;
}

/** Calls a hook of each callback in turn; waits only for those that are asynchronous. */
export function forEachHook(
  hooks: readonly CallbackHooks[],
  call: (hook: CallbackHooks) => unknown,
): Promise<void> | undefined {
  for (const [index, hook] of hooks.entries()) {
    const result = call(hook);
    if (result instanceof Promise) return result.then(() => waitForEach(hooks.slice(index + 1), call));
  }
  return undefined;
}

async function waitForEach(hooks: readonly CallbackHooks[], call: (hook: CallbackHooks) => unknown): Promise<void> {
  for (const hook of hooks) await call(hook);
}
