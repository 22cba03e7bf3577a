import { vi } from "vitest";

/** Counts how often others are given their turn from now on: by setImmediate, or by a message where there is none. */
export function countTurns(): () => number {
  const hasImmediate = typeof setImmediate === "function";
  const spy = hasImmediate ? vi.spyOn(globalThis, "setImmediate") : vi.spyOn(MessagePort.prototype, "postMessage");
  return () => spy.mock.calls.length;
}
